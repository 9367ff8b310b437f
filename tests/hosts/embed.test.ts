import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { createPages } from '../../examples/embed/pages.ts'
import { freePort, startServer } from '../support/processes.ts'
import { PLAYER_FILE, readFile } from '../support/served-files.ts'

/** The example of a course site that embeds the player, and of a page that does without it. */

const ANSWERKEY = 'https://quiz.example'
const get = async (path: string) => createPages(ANSWERKEY).request(path)
const textOf = async (path: string) => (await get(path)).text()

describe('the page of a course', () => {
  it('embeds the player by a script and an element, and has a header and a footer in it', async () => {
    const text = await textOf('/')
    expect(text).toContain(`<script type="module" src="${ANSWERKEY}/player.js"></script>`)
    expect(text).toMatch(/<answerkey-quiz quiz="devops-deep-dive">.*slot="header".*slot="footer".*<\/answerkey-quiz>/s)
    expect(text).not.toContain('localhost')
  })

  it('has a policy that admits Answerkey, and nothing inline', async () => {
    const policy = (await get('/')).headers.get('Content-Security-Policy')!
    expect(policy).toContain(`script-src 'self' ${ANSWERKEY}; connect-src ${ANSWERKEY};`)
    expect(policy).not.toContain('unsafe')
    expect(await textOf('/')).not.toMatch(/<style|style=|<script[^>]*>[^<]/)
  })

  it('has a style and a script of its own, which listens to the player', async () => {
    const [style, script] = [await textOf('/course.css'), await textOf('/course.js')]
    expect(style).toMatch(/--answerkey-accent: .*answerkey-quiz::part\(/s)
    expect(parseSync('course.js', script).errors).toEqual([])
    for (const event of ['answerkey-answered', 'answerkey-finished']) expect(script).toContain(`'${event}'`)
  })
})

describe('the page with nothing but fetch', () => {
  it('is whole in forty lines', async () => {
    expect(readFileSync('examples/embed/fetch-only.html', 'utf8').trim().split('\n').length).toBeLessThanOrEqual(40)
    const text = await textOf('/fetch-only.html')
    const [, script] = /<script type="module">(.*)<\/script>/s.exec(text)!
    expect(parseSync('fetch-only.js', script!).errors).toEqual([])
    expect(script).toContain(`const api = '${ANSWERKEY}/v1'`)
    expect(text).not.toMatch(/player\.js|src=/)
  })
})

describe('the example', () => {
  it('is started by one command, on two origins', async () => {
    const [port, coursePort] = [await freePort(), await freePort()]
    const DATA_DIR = mkdtempSync(join(tmpdir(), 'answerkey-embed-'))
    const server = await startServer('node', ['examples/embed/start.ts'], {
      env: { DATA_DIR, PORT: String(port), COURSE_PORT: String(coursePort), PUBLIC_URL: '', DATABASE_URL: '' },
      ready: /The course is on/,
    })
    try {
      const page = await (await fetch(`http://localhost:${coursePort}/`)).text()
      const [, player] = /src="([^"]+player\.js)"/.exec(page)!
      expect(player).toBe(`http://localhost:${port}/player.js`)
      expect(await readFile(player!)).toMatchObject(PLAYER_FILE)
    } finally {
      await server.stop()
    }
  }, 30_000)
})
