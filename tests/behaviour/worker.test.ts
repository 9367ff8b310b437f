import { afterEach, describe, expect, it, vi } from 'vitest'
import { openTestDatabase } from '#test-database'
import { webhookDeliveries } from '../../src/db/schema.ts'
import { createWorker } from '../../src/hosts/create-worker.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { publish, start } from '../support/actions.ts'
import { createHost, PUBLIC_URL, ROOT_KEY, START } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { listen } from '../support/told.ts'

const { db } = await openTestDatabase()
const complete = { PUBLIC_URL, ADMIN_KEY: ROOT_KEY, SIGNING_KEYS: JSON.stringify(await generateKeys()) }
/** What the platform gives, when it records no trace. */
const platform = (background: (work: Promise<unknown>) => void = (work) => void work) => ({
  openDatabase: () => db,
  background,
  tracing: { enterSpan: <T>(_: string, work: () => T) => work(), getActiveSpan: () => undefined },
})
const request = () => new Request(`${PUBLIC_URL}/healthz`)

async function versionOf(env: object): Promise<unknown> {
  const worker = createWorker(platform())
  return (await worker.fetch(new Request(`${PUBLIC_URL}/version`), { ...complete, ...env })).json()
}

describe('a Worker', () => {
  it('answers once it is configured', async () => {
    const worker = createWorker(platform())
    expect((await worker.fetch(request(), complete)).status).toBe(200)
  })

  it('says which commit runs, and that it does not know when nobody said', async () => {
    expect(await versionOf({ GIT_SHA: 'f00d'.repeat(10) })).toEqual({ version: 'f00d'.repeat(10) })
    expect(await versionOf({})).toEqual({ version: 'unknown' })
  })

  it('without its secrets says nothing but that it cannot serve, and serves when they are there', async () => {
    const worker = createWorker(platform())
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
    await createWorker(platform()).scheduled({}, complete)
    const after = await host.client.call('GET', `/v1/attempts/${run.id}`, { token: ROOT_KEY, releases: 'everything' })
    expect(after.body.attempt).toMatchObject({ status: 'finished', finishReason: 'expired', score: 0 })
  })
})

describe('a Worker’s timer', () => {
  it('sweeps attempts that nobody has touched for days, unless that is turned off', async () => {
    // Later than what the timer has been past before.
    const host = await createHost({ clock: { now: START + 60_000 } })
    const run = await start(host, await publish(host))
    await createWorker(platform()).scheduled({}, { ...complete, UNTOUCHED_ATTEMPT_DAYS: 'off' })
    expect((await run.resume()).status).toBe(200)
    // The Worker's own clock is the real one, for which January 2026 is long ago.
    await createWorker(platform()).scheduled({}, complete)
    expect((await run.resume()).status).toBe(404)
  })
})

/** A queue that keeps what is sent to it, and a batch that remembers what became of it. */
function fakeQueue(failing = false) {
  const sent: { message: unknown; delaySeconds: number }[] = []
  const send = async (message: unknown, { delaySeconds }: { delaySeconds: number }) => {
    if (failing) throw new Error('The queue is full.')
    sent.push({ message, delaySeconds })
  }
  const fate: string[] = []
  const batch = { ackAll: () => void fate.push('acknowledged'), retryAll: () => void fate.push('again') }
  return { sent, binding: { send }, batch, fate }
}

/** A Worker on the database of the tests, whose webhooks go to a receiver that answers with what the test says. */
async function workerWithReceiver(answer: { status: number }) {
  const host = await createHost()
  await emptyDatabase(host.deps.db)
  const { id } = await listen(host, { events: ['attempt.started'] })
  const received: string[] = []
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    received.push((JSON.parse(body) as { type: string }).type)
    return new Response(null, answer)
  })
  const works: Promise<unknown>[] = []
  const worker = createWorker(platform((work) => void works.push(work)))
  const idle = async () => {
    while (works.length > 0) await Promise.all(works.splice(0))
  }
  const ping = () =>
    worker.fetch(
      new Request(`${PUBLIC_URL}/v1/webhooks/${id}/test`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${ROOT_KEY}` },
      }),
      { ...complete, WEBHOOKS: queue.binding },
    )
  let queue = fakeQueue()
  const use = (other: typeof queue) => void (queue = other)
  return { host, worker, received, idle, ping, use }
}

describe('a Worker with a queue', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('sends a wake-up that says nothing beside what goes out behind the answer', async () => {
    const { received, idle, ping, use } = await workerWithReceiver({ status: 204 })
    const queue = fakeQueue()
    use(queue)
    expect((await ping()).status).toBe(202)
    await idle()
    expect(received).toEqual(['ping'])
    expect(queue.sent).toEqual([{ message: 'wake', delaySeconds: 0 }])
  })

  it('asks to be woken when a try that failed is soon to be made again, and not when that is long', async () => {
    const { idle, ping, use, host, worker } = await workerWithReceiver({ status: 500 })
    const queue = fakeQueue()
    use(queue)
    await ping()
    await idle()
    expect(queue.sent).toHaveLength(2)
    // Five seconds, a fifth more or less.
    expect(queue.sent[1]!.delaySeconds).toBeGreaterThanOrEqual(4)
    expect(queue.sent[1]!.delaySeconds).toBeLessThanOrEqual(6)
    await host.deps.db.batch([host.deps.db.update(webhookDeliveries).set({ due: 1, leasedUntil: 0 })])
    await worker.queue(queue.batch, { ...complete, WEBHOOKS: queue.binding })
    await idle()
    // Five minutes: the cron comes before.
    expect(queue.sent).toHaveLength(2)
  })

  it('sends by a batch of messages or of dead letters what is due, once, and acknowledges it', async () => {
    const { host, worker, received } = await workerWithReceiver({ status: 204 })
    const run = await start(host, await publish(host, quizDocument()))
    // What the host of the test sent was not found, and waits.
    await host.idle()
    await host.deps.db.batch([host.deps.db.update(webhookDeliveries).set({ due: 1 })])
    const { batch, fate } = fakeQueue()
    await worker.queue(batch, complete)
    await worker.queue(batch, complete)
    expect([run.started.status, received, fate]).toEqual([201, ['attempt.started'], ['acknowledged', 'acknowledged']])
  })

  it('lets the queue bring a batch again when it is not configured', async () => {
    const { batch, fate } = fakeQueue()
    await createWorker(platform()).queue(batch, { ...complete, SIGNING_KEYS: '' })
    expect(fate).toEqual(['again'])
  })

  it('works without the queue where that fails or is none', async () => {
    const { received, idle, ping, use } = await workerWithReceiver({ status: 204 })
    use(fakeQueue(true))
    expect((await ping()).status).toBe(202)
    await idle()
    expect(received).toEqual(['ping'])
  })
})
