import { beforeEach, expect, it } from 'vitest'
import { createHost, type TestHost } from '../support/host.ts'
import { call, createWebhook, removeWebhooks } from '../support/webhooks.ts'

let host: TestHost
let answers: string[]
let received: Headers[]
let reply: (headers: Headers) => Response

/** Stands in what is sent to the receiver, and is shown to nobody. */
const VALUE = 'Bearer value-of-a-header-0123456789'
const SHORT = 'tok7'
const PIECES = [SHORT, ...Array.from({ length: VALUE.length - 3 }, (_, from) => VALUE.slice(from, from + 4))]

beforeEach(async () => {
  answers = []
  received = []
  reply = () => new Response('')
  host = await createHost({
    outgoing: async (_url, init) => {
      const headers = new Headers(init.headers)
      received.push(headers)
      return reply(headers)
    },
  })
  await removeWebhooks(host)
})

async function see(method: string, path: string, options = {}) {
  const answer = await call(host, method, path, options)
  answers.push(JSON.stringify([...answer.headers]) + answer.text)
  return answer
}

const headers = { Authorization: VALUE, 'X-Short': SHORT }

/** Every call that there is about a webhook, well made and badly. */
async function useAll(id: string): Promise<string[]> {
  const rotated = await call(host, 'POST', `/${id}/rotations`, { headers: { 'Idempotency-Key': 'rotation' } })
  await see('POST', `/${id}/rotations`, { headers: { 'Idempotency-Key': 'rotation' } })
  const delivery = (await see('POST', `/${id}/test`)).body.id
  await host.idle()
  await see('GET', '')
  await see('GET', `/${id}`)
  await see('PATCH', `/${id}`, { body: { description: 'Changed' } })
  await see('PATCH', `/${id}`, { body: { headers: { ...headers, Host: VALUE, 'X-Bad': `${VALUE}\n` } } })
  await see('GET', `/${id}/deliveries`)
  await see('POST', `/${id}/deliveries/${delivery}/redeliver`)
  await see('POST', `/${id}/replay`, { body: { since: '2026-01-01T00:00:00Z' } })
  await host.idle()
  await see('GET', `/${id}/deliveries`)
  await see('DELETE', `/${id}`)
  return [rotated.body.secret]
}

it('a secret is shown once, and it and values of headers nowhere else: in no answer, header, problem or line of the log', async () => {
  const making = { headers: { 'Idempotency-Key': 'making' } }
  const made = await createWebhook(host, { headers }, making)
  expect(made.text).not.toContain(VALUE)
  answers.push((await createWebhook(host, { headers }, making)).text)
  answers.push((await createWebhook(host, { headers: { ...headers, Host: VALUE } })).text)
  const secrets = [made.body.secret, ...(await useAll(made.body.id))] as string[]
  expect(secrets).toEqual([expect.stringMatching(/^whsec_/), expect.stringMatching(/^whsec_/)])
  const shown = answers.join('\n') + JSON.stringify(host.log)
  for (const secret of [...secrets, ...secrets.map((each) => each.slice(6)), VALUE, 'value-of-a-header', SHORT])
    expect(shown).not.toContain(secret)
  // They are what they should be where they belong.
  expect(received.length).toBeGreaterThan(0)
  for (const each of received) expect([each.get('Authorization'), each.get('X-Short')]).toEqual([VALUE, SHORT])
  for (const each of received) for (const secret of secrets) expect(JSON.stringify([...each])).not.toContain(secret)
})

it('a receiver that echoes headers has nothing shown of their values, wherever the answer ends', async () => {
  for (let before = 0; before <= VALUE.length + 2; before++) {
    const made = await createWebhook(host, { headers })
    reply = (sent) => new Response(`${'x'.repeat(1000 - before)}${sent.get('Authorization')} ${sent.get('X-Short')}`)
    await call(host, 'POST', `/${made.body.id}/test`)
    await host.idle()
    const [{ lastAnswer }] = (await call(host, 'GET', `/${made.body.id}/deliveries`)).body.deliveries
    expect(lastAnswer, String(before)).toMatch(/^x{900}/)
    for (const piece of PIECES) expect(lastAnswer, String(before)).not.toContain(piece)
    await removeWebhooks(host)
  }
})

it('an answer that holds nothing of the kind is kept as it is', async () => {
  const made = await createWebhook(host, { headers: { 'X-One': '1' } })
  reply = () => new Response('{"got":1,"type":"application/json"}')
  await call(host, 'POST', `/${made.body.id}/test`)
  await host.idle()
  const [{ lastAnswer }] = (await call(host, 'GET', `/${made.body.id}/deliveries`)).body.deliveries
  expect(lastAnswer).toBe('{"got":1,"type":"application/json"}')
})
