import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate, ValidationSeverity } from 'dockerfile-utils'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { freePort } from '../support/processes.ts'
import { copiesOf, DOCKERFILE, execForm, instructionsOf, pairsOf, readStages, wordsOf } from './support/dockerfile.ts'
import { isIgnored } from './support/dockerignore.ts'
import { startInImage } from './support/image-process.ts'
import { assembleImage } from './support/image-root.ts'

const stages = readStages()
const image = stages.at(-1)!
const SHA = '0123456789abcdef0123456789abcdef01234567'

describe('the Dockerfile', () => {
  it('has nothing that a validator of Dockerfiles objects to', () => {
    const { ERROR } = ValidationSeverity
    const found = validate(DOCKERFILE, { instructionJSONInSingleQuotes: ERROR, instructionWorkdirRelative: ERROR })
    expect(found.map(({ message, range }) => [range.start.line + 1, message])).toEqual([])
  })

  it('begins with bases that are pinned by digest and named by version, and with Node as the tests run on it', () => {
    const bases = stages.map(({ from }) => from).filter((from) => !stages.some(({ name }) => name === from))
    expect(bases).toHaveLength(2)
    for (const base of bases) expect(base).toMatch(/^[\w./-]+:(?!latest)[\w.-]+@sha256:[0-9a-f]{64}$/)
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(bases[0]).toMatch(`node:${devDependencies.node}-trixie-slim@`)
    expect(process.version).toBe(`v${devDependencies.node}`)
    // A native module of Debian's C library needs the same Debian to run on.
    expect(bases[1]).toMatch(/^gcr\.io\/distroless\/cc-debian13:nonroot@/)
  })

  it('ends as a user who is a number and not root', () => {
    const user = wordsOf(instructionsOf(image, 'USER').at(-1))
    expect(user).toHaveLength(1)
    expect(user[0]).toMatch(/^[1-9]\d*:[1-9]\d*$/)
  })

  it('runs nothing through a shell, and Node as the process that gets the signals', () => {
    expect([...execForm(image, 'ENTRYPOINT'), ...execForm(image, 'CMD')]).toEqual([
      '/usr/local/bin/node',
      'src/hosts/node.ts',
    ])
    expect(execForm(image, 'HEALTHCHECK')[0]).toBe('/usr/local/bin/node')
    expect(instructionsOf(image, 'RUN').concat(instructionsOf(image, 'SHELL'))).toEqual([])
    expect(instructionsOf(image, 'STOPSIGNAL')).toEqual([])
  })

  it('says what it was made of, in labels and to the process', () => {
    expect(pairsOf(image, 'LABEL')).toMatchObject({
      'org.opencontainers.image.title': 'Answerkey',
      'org.opencontainers.image.licenses': 'MIT',
      'org.opencontainers.image.source': '$SOURCE',
      'org.opencontainers.image.revision': '$GIT_SHA',
    })
    expect(pairsOf(image, 'ENV')).toMatchObject({ GIT_SHA: '$GIT_SHA', DATA_DIR: '/data' })
    expect(execForm(image, 'VOLUME')).toEqual(['/data'])
  })

  it('takes no secret, neither as an argument nor as a variable', () => {
    const given = stages.flatMap((stage) =>
      instructionsOf(stage, 'ARG').map((found) => wordsOf(found)[0]!.split('=')[0]),
    )
    expect(new Set(given)).toEqual(new Set(['GIT_SHA', 'SOURCE']))
    expect(Object.keys(pairsOf(image, 'ENV')).toSorted()).toEqual(['DATA_DIR', 'GIT_SHA'])
    expect(stages.flatMap((stage) => instructionsOf(stage, 'ADD'))).toEqual([])
  })
})

describe('what the builder is sent', () => {
  const copied = stages.flatMap(copiesOf).flatMap(({ from, sources }) => (from === null ? sources : []))

  it('is what the Dockerfile copies, each by its name', () => {
    expect(copied.filter((source) => isIgnored(source) || !existsSync(source))).toEqual([])
    const sent = readdirSync('.').filter((name) => !isIgnored(name))
    expect(sent.filter((name) => !copied.some((source) => source === name || source.startsWith(`${name}/`)))).toEqual(
      [],
    )
  })

  it('is nothing that git ignores, and nothing of git, wherever it lies', () => {
    const ignored = readFileSync('.gitignore', 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.replaceAll('*', 'x').replace(/\/$/, '/x'))
    expect(ignored.length).toBeGreaterThan(8)
    const paths = [...ignored, '.git/config', '.env', '.npmrc.bak'].flatMap((path) => [
      path,
      ...copied.filter((source) => !source.includes('.')).map((source) => `${source}/deep/${path}`),
    ])
    expect(paths.filter((path) => !isIgnored(path))).toEqual([])
  })
})

/** The packages of a scope such as `@types`, by their full names. */
function scoped(modules: string, scope: string): string[] {
  return scope.startsWith('@') ? readdirSync(join(modules, scope)).map((name) => `${scope}/${name}`) : []
}

async function environment() {
  const port = String(await freePort())
  const env = {
    GIT_SHA: SHA,
    PORT: port,
    LISTEN_HOST: '127.0.0.1',
    PUBLIC_URL: 'https://quiz.example',
    ADMIN_KEY: 'an-admin-key-for-the-image',
    SIGNING_KEYS: JSON.stringify(await generateKeys()),
  }
  return { env, origin: `http://127.0.0.1:${port}` }
}

describe('the image', () => {
  let assembled: Awaited<ReturnType<typeof assembleImage>>
  let root: string
  beforeAll(async () => {
    assembled = await assembleImage()
    root = assembled.root
  }, 60_000)
  afterAll(() => assembled?.remove(), 60_000)

  it('serves, is published to, and ends when it is told to, as nobody who can write to its data alone', async () => {
    const { env, origin } = await environment()
    const server = startInImage(root, image, execForm(image, 'CMD'), env)
    await vi.waitUntil(() => server.output().includes('"listening"'), { timeout: 15_000 })
    const status = async (path: string) => (await fetch(`${origin}${path}`)).status
    expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 503])

    const publish = ['src/cli/main.ts', 'publish', 'questions', '--url', origin]
    const publisher = startInImage(root, image, publish, { ADMIN_KEY: env.ADMIN_KEY })
    expect([await publisher.ended, publisher.output()]).toEqual([0, expect.stringContaining('(number 1) published')])
    expect([await status('/readyz'), await status('/player.js'), await status('/assets/play.js')]).toEqual([
      200, 200, 200,
    ])
    expect(await (await fetch(`${origin}/version`)).json()).toEqual({ version: SHA })

    const check = execForm(image, 'HEALTHCHECK').slice(1)
    expect(await startInImage(root, image, check, env).ended).toBe(0)
    server.signal('SIGTERM')
    expect([await server.ended, server.output()]).toEqual([0, expect.not.stringContaining('files-not-built')])
    expect(await startInImage(root, image, check, env).ended).toBe(1)
    expect(readdirSync(join(root, 'data'))).toContain('answerkey.db')
  })

  it('is not writable to who runs it, but for its data', async () => {
    const paths = ['data/x', 'app/x', 'app/src/hosts/node.ts', 'app/public/player.js', 'app/node_modules/hono/x']
    const codes = paths.map((path) => {
      const write = `require('fs').writeFileSync(${JSON.stringify(join(root, path))}, '')`
      return startInImage(root, image, ['-e', write], {}).ended
    })
    expect(await Promise.all(codes)).toEqual([0, 1, 1, 1, 1])
  })

  it('holds packages that run, and no tools', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
    const modules = join(root, 'app/node_modules')
    const installed = readdirSync(modules).flatMap((name) => [name, ...scoped(modules, name)])
    expect(Object.keys(dependencies).filter((name) => !installed.includes(name))).toEqual([])
    const tools =
      /^(?:typescript|@typescript|@cloudflare|vite|vitest|wrangler|workerd|oxlint|esbuild|playwright-core|\.bin)$/
    expect(installed.filter((name) => tools.test(name))).toEqual([])
  })
})
