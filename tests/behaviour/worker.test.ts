import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '#test-database'
import { createWorker } from '../../src/hosts/create-worker.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { publish, start } from '../support/actions.ts'
import { createHost, PUBLIC_URL, ROOT_KEY } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'

const { db } = await openTestDatabase()
const complete = { PUBLIC_URL, ADMIN_KEY: ROOT_KEY, SIGNING_KEYS: JSON.stringify(await generateKeys()) }
const inBackground = (work: Promise<unknown>) => void work
const request = () => new Request(`${PUBLIC_URL}/healthz`)

describe('a Worker', () => {
  it('answers once it is configured', async () => {
    const worker = createWorker(() => db, inBackground)
    expect((await worker.fetch(request(), complete)).status).toBe(200)
  })

  it('without its secrets says nothing but that it cannot serve, and serves when they are there', async () => {
    const worker = createWorker(() => db, inBackground)
    const refused = await worker.fetch(request(), { ...complete, SIGNING_KEYS: 'not-a-key-set' })
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '60'])
    expect(await refused.text()).not.toContain('not-a-key-set')
    expect((await worker.fetch(request(), complete)).status).toBe(200)
  })

  it('settles by its timer an attempt whose time ran out while nobody looked', async () => {
    const host = await createHost()
    const policy = { timeLimitSeconds: 60 }
    const run = await start(host, await publish(host, quizDocument({ policy })))
    const before = await host.client.call('GET', `/v1/attempts/${run.id}`, { token: ROOT_KEY, releases: 'everything' })
    expect(before.body.attempt.status).toBe('active')
    // The Worker's own clock is the real one, which is past the deadline of a start in January 2026.
    await createWorker(() => db, inBackground).scheduled({}, complete)
    const after = await host.client.call('GET', `/v1/attempts/${run.id}`, { token: ROOT_KEY, releases: 'everything' })
    expect(after.body.attempt).toMatchObject({ status: 'finished', finishReason: 'expired', score: 0 })
  })
})
