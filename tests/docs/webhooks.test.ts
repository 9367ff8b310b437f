import { execFileSync, spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { nextTry } from '../../src/webhooks/schedule.ts'
import { everythingTold } from '../support/everything-told.ts'
import type { Told } from '../support/told.ts'
import { jsonUnder, readPage, tablesWith } from './page.ts'

/** The page on webhooks says what is so: its fields are those that are sent, and its examples verify. */

const PAGE = readPage('../webhooks')
const [EVENTS] = tablesWith(PAGE, 'event', 'is sent when')
const [FIELDS] = tablesWith(PAGE, 'field', 'says')

let told: readonly Told[]

beforeAll(async () => {
  told = (await everythingTold()).told
})

/** The fields of an event; "those of" another one stand for that one's. */
function fieldsOf(event: string): string[] {
  const { codes } = EVENTS!.rows.find((row) => row['event']!.codes[0] === event)!['fields of data']!
  return codes.flatMap((code) => (code === event || !code.includes('.') ? [code] : fieldsOf(code)))
}

describe('the events', () => {
  it('are those that are sent, with exactly their fields', () => {
    const sent = Object.fromEntries(told.map(({ type, data }) => [type, Object.keys(data).toSorted()]))
    const written = EVENTS!.rows.map((row) => row['event']!.codes[0]!)
    expect(Object.fromEntries(written.map((event) => [event, fieldsOf(event).toSorted()]))).toEqual(sent)
  })

  it('have fields that are each explained, and no others are', () => {
    const sent = new Set(told.flatMap(({ data }) => Object.keys(data)))
    expect(FIELDS!.rows.flatMap((row) => row['field']!.codes).toSorted()).toEqual([...sent].toSorted())
  })

  it('look like the example', () => {
    const shown = jsonUnder(PAGE, 'The body of an attempt.finished:') as Told
    const sent = JSON.parse(told.find(({ type }) => type === 'attempt.finished')!.text) as Told
    expect(Object.keys(shown)).toEqual(Object.keys(sent))
    expect(Object.keys(shown.data)).toEqual(Object.keys(sent.data))
    expect([shown.data.learner, shown.data.metadata]).toEqual([sent.data.learner, sent.data.metadata])
  })
})

it('the waits are those of the schedule', () => {
  const UNITS = { s: 1000, min: 60_000, h: 3_600_000 }
  const waits = PAGE.codes.flatMap((code) => {
    const [, number, unit] = /^(\d+) (s|min|h)$/.exec(code) ?? []
    return unit === undefined ? [] : [Number(number) * UNITS[unit as keyof typeof UNITS]]
  })
  const scheduled = waits.map((_, index) => nextTry(index + 1, { now: 0, chance: 0.5, retryAfter: null }))
  expect(scheduled).toEqual(waits)
  expect(nextTry(waits.length + 1, { now: 0, chance: 0.5, retryAfter: null })).toBeNull()
})

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const OTHER = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const BODY = JSON.stringify({ type: 'ping', timestamp: '2026-01-05T09:00:00.000Z', data: { webhook: 'Zoë 😀' } })
const NOW = Math.floor(Date.now() / 1000)

function signature(secret: string, at: number): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`msg_1.${at}.${BODY}`).digest('base64')}`
}

interface Received {
  readonly headers: Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>
  readonly body: string
}

function received({ at = NOW, signatures = signature(SECRET, at), body = BODY, id = 'msg_1' } = {}): Received {
  return { headers: { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': signatures }, body }
}

const both = `${signature(OTHER, NOW)} ${signature(SECRET, NOW)}`
const CASES: [name: string, what: Received, valid: boolean][] = [
  ['takes what is signed', received(), true],
  ['takes either signature during a rotation', received({ signatures: both }), true],
  ['takes it beside a version that it does not know', received({ signatures: `v2,abc ${both}` }), true],
  ['refuses another body', received({ body: BODY.replace('ping', 'pong') }), false],
  ['refuses another id', received({ id: 'msg_2' }), false],
  ['refuses another secret', received({ signatures: signature(OTHER, NOW) }), false],
  ['refuses what is old', received({ at: NOW - 1000 }), false],
  ['refuses what is of the future', received({ at: NOW + 1000 }), false],
]

/** The code of the example below a label. */
function example(language: string, label: string): string {
  const found = PAGE.fences.filter((fence) => fence.language === language && fence.label.text.startsWith(label))
  if (found.length !== 1) throw new Error(`Expected one example below "${label}", not ${found.length}.`)
  return found[0]!.text
}

const hasTool = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0
const folder = () => mkdtempSync(join(tmpdir(), 'answerkey-webhooks-'))

const JAVASCRIPT = ['JavaScript, with npm install', 'JavaScript, with nothing but']
for (const label of JAVASCRIPT) {
  describe(`the example in ${label} …`, () => {
    for (const [name, what, valid] of CASES) {
      it(name, async () => {
        const file = join(folder(), 'read.mjs')
        const library = pathToFileURL(resolve('node_modules/standardwebhooks/dist/index.js')).href
        writeFileSync(file, example('js', label).replace("'standardwebhooks'", `'${library}'`))
        const { read } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
          read: (headers: object, body: string, secret: string) => Promise<unknown>
        }
        const said = await read(what.headers, what.body, SECRET).catch(() => null)
        expect(said).toEqual(valid ? JSON.parse(BODY) : null)
      })
    }
  })
}

const READ_AND_SAY = `
import sys
what = json.load(sys.stdin)
print(json.dumps(read(what["headers"], what["body"].encode(), what["secret"])))
`
const PYTHON: [label: string, module: string][] = [
  ['Python, with pip install', 'standardwebhooks'],
  ['Python, with nothing but', 'hmac'],
]
for (const [label, module] of PYTHON) {
  describe(`the example in ${label} …`, () => {
    const isThere = hasTool('python3', '-c', `import ${module}`)
    for (const [name, what, valid] of CASES) {
      it(name, ({ skip }) => {
        if (!isThere) skip(`python3 with ${module} is not on this machine`)
        const script = `import json\n${example('python', label)}\n${READ_AND_SAY}`
        const input = JSON.stringify({ ...what, secret: SECRET })
        const { status, stdout } = spawnSync('python3', ['-c', script], { input, encoding: 'utf8' })
        expect([status === 0, stdout && (JSON.parse(stdout) as unknown)]).toEqual([
          valid,
          valid ? JSON.parse(BODY) : '',
        ])
      })
    }
  })
}

describe('the example in the shell', () => {
  const isThere = hasTool('openssl', 'version') && hasTool('sh', '-c', 'command -v od')
  for (const [name, { headers, body }, valid] of CASES) {
    it(name, ({ skip }) => {
      if (!isThere) skip('openssl is not on this machine')
      const cwd = folder()
      writeFileSync(join(cwd, 'body.json'), body)
      const env = {
        ...process.env,
        SECRET,
        ID: headers['webhook-id'],
        TIMESTAMP: headers['webhook-timestamp'],
        SIGNATURES: headers['webhook-signature'],
      }
      const said = execFileSync('sh', ['-c', example('sh', 'A shell with openssl')], { cwd, env, encoding: 'utf8' })
      expect(said.trim() === 'valid').toBe(valid)
      expect(said.trim()).toMatch(/^(?:valid|old|forged)$/)
    })
  }
})
