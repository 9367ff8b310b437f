import { beforeEach, describe, expect, it } from 'vitest'
import { webhookEndpoints } from '../../src/db/schema.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { GOOD_URLS, HOSTILE_URLS, OWN } from '../support/hostile-urls.ts'
import { call, createWebhook, onlyWebhook, ping, removeWebhooks } from '../support/webhooks.ts'

let host: TestHost
let received: string[]

beforeEach(async () => {
  received = []
  host = await createHost({
    publicUrl: `https://${OWN}`,
    outgoing: async (url) => {
      received.push(url)
      throw new Error('There is nothing at 10.0.0.1.')
    },
  })
  await removeWebhooks(host)
})

describe('where no webhook may go', () => {
  it('none is made for, and none is sent by a change; every refusal is the same', async () => {
    const { id } = await onlyWebhook(host)
    const refusals = new Set<string>()
    for (const url of HOSTILE_URLS.filter((each) => each.length <= 2000)) {
      const told = [await createWebhook(host, { url }), await call(host, 'PATCH', `/${id}`, { body: { url } })]
      for (const { status, body } of told) refusals.add(JSON.stringify([status, { ...body, instance: null }]))
    }
    // Text that no body may hold is refused before it is looked at.
    const [refusal, ...others] = [...refusals].filter((each) => !each.includes('invalid-text'))
    expect(others).toEqual([])
    expect(JSON.parse(refusal!)).toMatchObject([
      422,
      {
        code: 'invalid-input',
        errors: [
          { pointer: '/url', code: 'invalid-shape', detail: 'Expected an https URL of a public host, by name.' },
        ],
      },
    ])
    expect((await call(host, 'GET', '')).body.webhooks).toHaveLength(1)
    expect((await call(host, 'GET', `/${id}`)).body.url).not.toMatch(/127|local/)
  })

  it('nothing is sent to either, when it was stored by another configuration, and it looks like what is not there', async () => {
    const { id } = await onlyWebhook(host)
    await ping(host, id)
    expect(received).toHaveLength(1)
    const [{ id: _id, nextTryAt: _at, ...notThere }] = (await call(host, 'GET', `/${id}/deliveries`)).body.deliveries
    expect(notThere).toMatchObject({ status: 'pending', tries: 1, lastStatus: 'unreachable', lastAnswer: null })
    for (const url of [
      'http://127.0.0.1:9000/',
      'http://localhost:9000/',
      `https://${OWN}/v1/keys`,
      'https://10.0.0.1/',
      'https://nas.home/',
    ]) {
      const made = await onlyWebhook(host)
      await host.deps.db.batch([host.deps.db.update(webhookEndpoints).set({ url })])
      await ping(host, made.id)
      const [{ id: _refused, nextTryAt: _then, ...refused }] = (await call(host, 'GET', `/${made.id}/deliveries`)).body
        .deliveries
      expect(refused, url).toEqual(notThere)
    }
    expect(received).toHaveLength(1)
    expect(JSON.stringify(host.log)).not.toMatch(/127\.0|10\.0|localhost/)
  })
})

it('where webhooks may go, they are made for and sent to', async () => {
  for (const url of GOOD_URLS) {
    const { id } = await onlyWebhook(host, { url })
    expect((await call(host, 'PATCH', `/${id}`, { body: { url } })).body.url).toBe(url)
    await ping(host, id)
  }
  expect(received).toEqual(GOOD_URLS)
})
