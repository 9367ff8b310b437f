import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { run, startServer } from '../support/processes.ts'
import { terminal } from './terminal.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const BODY = '{"type":"ping","timestamp":"2026-01-05T09:00:00.000Z","data":{"webhook":"whk_1"}}'

interface Sent {
  readonly id?: string
  readonly at?: number
  readonly signed?: string
  readonly body?: string
  readonly secret?: string
}

/** Signed by hand, as the specification says. */
function headersFor({ id = 'msg_1', at = Math.floor(Date.now() / 1000), signed, body = BODY, secret = SECRET }: Sent) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key)
    .update(`${id}.${at}.${signed ?? body}`)
    .digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signature}` }
}

/** Runs the command on a free port, sends it these, and stops it. */
async function listening(argv: readonly string[], send: (origin: string) => Promise<void>) {
  const done = Promise.withResolvers<void>()
  let said = ''
  const stderr = (text: string) => {
    const [, origin] = /Listening on (\S+)\/\n/.exec((said += text)) ?? []
    if (origin && !text.startsWith('Refused')) void send(origin).then(done.resolve, done.reject)
  }
  return terminal(['webhooks', 'listen', '--port', '0', ...argv], {
    env: { WEBHOOK_SECRET: SECRET },
    interrupted: () => done.promise,
    stderr,
  })
}

const post = (origin: string, sent: Sent = {}, headers: Record<string, string> = headersFor(sent)) =>
  fetch(origin, { method: 'POST', body: sent.body ?? BODY, headers })

describe('answerkey webhooks listen', () => {
  it('answers 204 to what is signed, and prints each delivery with its id', async () => {
    const statuses: number[] = []
    const { code, stdout } = await listening([], async (origin) => {
      for (const id of ['msg_1', 'msg_2', 'msg_1']) statuses.push((await post(origin, { id })).status)
    })
    expect([code, statuses]).toEqual([0, [204, 204, 204]])
    const text = JSON.stringify(JSON.parse(BODY), null, 2)
    expect(stdout).toBe(`msg_1 ${text}\nmsg_2 ${text}\nmsg_1 again ${text}\n`)
  })

  it('prints one line of JSON a delivery where it is asked to', async () => {
    const at = Math.floor(Date.now() / 1000)
    const { stdout } = await listening(['--json'], async (origin) => void (await post(origin, { at })))
    expect(stdout).toBe(`{"id":"msg_1","timestamp":"${at}","again":false,"body":${BODY}}\n`)
  })

  const old = Math.floor(Date.now() / 1000) - 3600
  const refused: [name: string, sent: Sent, headers?: Record<string, string>][] = [
    ['another secret', { secret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['another body', { signed: BODY.replace('ping', 'pong') }],
    ['another id', {}, { ...headersFor({}), 'webhook-id': 'msg_2' }],
    ['a time of an hour ago', { at: old }],
    ['a time of an hour ahead', { at: old + 7200 }],
    ['no signature', {}, {}],
    ['an empty signature', {}, { ...headersFor({}), 'webhook-signature': '' }],
  ]
  for (const [name, sent, headers] of refused) {
    it(`answers 401 to ${name}, and prints nothing of it`, async () => {
      let status = 0
      const { stdout, stderr } = await listening([], async (origin) => {
        status = (await post(origin, sent, headers ?? headersFor(sent))).status
      })
      expect([status, stdout]).toEqual([401, ''])
      expect(stderr).toMatch(/Refused: no signature/)
    })
  }

  it('takes either signature while a secret is rotated', async () => {
    const other = headersFor({ secret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })['webhook-signature']
    const headers = headersFor({})
    const both = { ...headers, 'webhook-signature': `${other} ${headers['webhook-signature']}` }
    let status = 0
    await listening([], async (origin) => void (status = (await post(origin, {}, both)).status))
    expect(status).toBe(204)
  })

  it('refuses what is too large, and other methods', async () => {
    const statuses: number[] = []
    const { stdout } = await listening([], async (origin) => {
      statuses.push((await fetch(origin)).status)
      const body = JSON.stringify({ text: 'a'.repeat(70_000) })
      statuses.push((await post(origin, { body })).status)
    })
    expect([statuses, stdout]).toEqual([[405, 413], ''])
  })

  it('lets nothing through that a terminal would obey', async () => {
    const body = JSON.stringify({ name: '\u001b[2J \u009b2J \u202eevil', kept: 'Zoë' })
    const { stdout } = await listening([], async (origin) => void (await post(origin, { body })))
    expect(stdout).not.toMatch(/[^\n\P{C}]/u)
    expect(stdout).toContain('Zoë')
    expect(JSON.parse(stdout.slice(stdout.indexOf('{')))).toEqual(JSON.parse(body))
  })

  it('says which port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => void other.listen(0, 'localhost', resolve))
    const { port } = other.address() as { port: number }
    const { code, stderr } = await terminal(['webhooks', 'listen', '--secret', SECRET, '--port', String(port)])
    other.close()
    expect([code, stderr]).toEqual([1, `Port ${port} is taken.\n`])
  })

  it('as a process ends with 0 when it is told to', async () => {
    const main = 'src/cli/main.ts'
    const args = [main, 'webhooks', 'listen', '--secret', SECRET, '--port', '0']
    const server = await startServer('node', args, { env: {}, ready: /Listening on/ })
    await server.stop()
    expect(server.output()).toContain('Listening on http://localhost:')
    expect((await run('node', [main, 'webhooks', '--help'])).stdout).toContain('webhooks listen')
  })
})
