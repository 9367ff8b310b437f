import { beforeAll, describe, expect, it } from 'vitest'
import { publish } from '../../support/actions.ts'
import { createHost, type TestHost } from '../../support/host.ts'
import { createLearner, startLearner } from './learner.ts'

/** What a learner gave is neither lost nor counted twice, whatever becomes of page and network. */

let host: TestHost
beforeAll(async () => {
  host = await createHost()
})

const started = (policy?: object) => startLearner(host, policy)

const triesAt = (learner: Awaited<ReturnType<typeof started>>, question: string) =>
  learner.play.known.results.get(question)!.try

describe('a start', () => {
  it('whose answer is lost makes one attempt, when it is sent again', async () => {
    const quiz = await publish(host)
    const learner = createLearner(host, { quiz })
    await learner.session.open()
    learner.network.fails('unheard')
    const starting = learner.session.start()
    await learner.until(() => learner.session.server.connection.isLost)
    learner.session.server.connection.wake()
    await starting
    const [, first, second] = learner.network.keys
    expect(first).toBe(second)
    expect(learner.session.phase).toBe('playing')
  })

  it('whose answer is lost with the page makes the same attempt from the next page', async () => {
    const quiz = await publish(host)
    const gone = createLearner(host, { quiz })
    await gone.session.open()
    gone.network.fails('unheard')
    void gone.session.start()
    await gone.until(() => gone.session.server.connection.isLost)
    gone.close()
    const next = gone.tab()
    await next.session.open()
    await next.session.start()
    expect(next.network.keys.at(-1)).toBe(gone.network.keys.at(-1))
  })
})

describe('a try', () => {
  it('whose answer is lost is sent again with its key, and is one try', async () => {
    const learner = await started({ tries: 2 })
    learner.play.choose('single', { response: { choice: 'a' } })
    learner.network.fails('unheard')
    learner.play.submit(learner.question('single'))
    await learner.until(() => learner.session.server.connection.isLost)
    expect(learner.play.isLocked('single')).toBe(true)
    learner.session.server.connection.wake()
    await learner.until(() => !learner.play.isWaiting('single'))
    expect(learner.network.keys.at(-1)).toBe(learner.network.keys.at(-2))
    expect(triesAt(learner, 'single')).toBe(1)
    expect(learner.play.known.results.get('single')).toMatchObject({ status: 'incorrect', triesLeft: 1 })
  })

  it('that was not acknowledged is sent by the next page, with its key', async () => {
    const gone = await started({ tries: 2 })
    gone.play.choose('single', { response: { choice: 'a' } })
    gone.network.fails('unheard')
    gone.play.submit(gone.question('single'))
    await gone.until(() => gone.session.server.connection.isLost)
    gone.close()
    const next = gone.tab()
    await next.session.open()
    await next.until(() => !next.play.isWaiting('single'))
    expect(next.network.keys.at(-1)).toBe(gone.network.keys.at(-1))
    expect(next.play.known.results.get('single')).toMatchObject({ status: 'incorrect', triesLeft: 1 })
    expect([...next.memory.keys()].filter((name) => name.includes('waiting'))).toEqual([])
  })

  it('that two pages send at once counts once', async () => {
    const gone = await started({ tries: 3 })
    gone.play.choose('single', { response: { choice: 'a' } })
    gone.network.fails('unsent')
    gone.play.submit(gone.question('single'))
    await gone.until(() => gone.session.server.connection.isLost)
    gone.close()
    const [one, other] = [gone.tab(), gone.tab()]
    await Promise.all([one.session.open(), other.session.open()])
    await Promise.all([one, other].map((page) => page.until(() => !page.play.isWaiting('single'))))
    expect(one.play.known.results.get('single')).toMatchObject({ triesLeft: 2 })
    await other.play.refresh()
    expect(other.play.known.results.get('single')).toMatchObject({ triesLeft: 2 })
  })

  it('waits for the one before it, and for the connection', async () => {
    const learner = await started()
    learner.network.fails('unsent')
    for (const [question, response] of [
      ['truth', { choice: 'true' }],
      ['single', { choice: 'b' }],
    ] as const) {
      learner.play.choose(question, { response })
      learner.play.submit(learner.question(question))
    }
    await learner.until(() => learner.session.server.connection.isLost)
    learner.session.server.connection.wake()
    await learner.until(() => !learner.play.isWaiting('single'))
    const answered = learner.events.flatMap((event) => (event.type === 'answered' ? [event.result.question] : []))
    expect(answered).toEqual(['truth', 'single'])
    expect(learner.play.attempt.score).toBe(2)
  })

  it('that was never asked for is not sent: what is chosen stays for the next page', async () => {
    const gone = await started()
    gone.play.choose('single', { response: { choice: 'c' } })
    gone.close()
    const next = gone.tab()
    await next.session.open()
    expect(next.play.draftOf('single').response).toEqual({ choice: 'c' })
    expect(next.play.known.results.get('single')!.status).toBe('unanswered')
    expect(next.network.sent).toEqual([`GET /v1/attempts/${next.play.attempt.id}`])
  })
})

describe('a save', () => {
  const saves = { feedback: 'deferred' }

  it('that is given later counts, though the one before it has to be sent again', async () => {
    const learner = await started(saves)
    learner.network.fails('unheard')
    learner.play.choose('single', { response: { choice: 'b' } })
    learner.play.sendDrafts()
    await learner.until(() => learner.session.server.connection.isLost)
    learner.play.choose('single', { response: { choice: 'a' } })
    learner.play.sendDrafts()
    expect(learner.play.draftOf('single').response).toEqual({ choice: 'a' })
    learner.session.server.connection.wake()
    await learner.until(() => !learner.play.isWaiting('single'))
    await learner.play.refresh()
    expect(learner.play.known.results.get('single')!.response).toEqual({ choice: 'a' })
  })

  it('that is given later counts, though the clock was set back before it, and the page is gone', async () => {
    const gone = await started(saves)
    gone.network.fails('unsent')
    for (const choice of ['b', 'a']) {
      gone.play.choose('single', { response: { choice } })
      gone.play.sendDrafts()
      gone.clock.now -= 3_600_000
    }
    await gone.until(() => gone.session.server.connection.isLost)
    gone.close()
    const next = gone.tab()
    await next.session.open()
    expect(next.play.draftOf('single').response).toEqual({ choice: 'a' })
    await next.until(() => !next.play.isWaiting('single'))
    expect(next.play.known.results.get('single')!.response).toEqual({ choice: 'a' })
  })

  it('is sent before the attempt is handed in', async () => {
    const learner = await started(saves)
    learner.play.choose('single', { response: { choice: 'b' } })
    await learner.play.finish()
    expect(learner.play.attempt).toMatchObject({ status: 'finished', score: 1 })
    expect(learner.network.sent.slice(-2)).toEqual([
      `POST /v1/attempts/${learner.play.attempt.id}/responses`,
      `POST /v1/attempts/${learner.play.attempt.id}/finish`,
    ])
  })
})

describe('handing in', () => {
  it('whose answer is lost has one outcome, told once', async () => {
    const learner = await started()
    learner.network.fails('unheard')
    const finishing = learner.play.finish()
    await learner.until(() => learner.session.server.connection.isLost)
    learner.session.server.connection.wake()
    await finishing
    expect(learner.events.filter(({ type }) => type === 'finished')).toHaveLength(1)
    expect(learner.play.known.receipt).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  })

  it('is the end of it: a reload shows the outcome, and leaves nothing to send', async () => {
    const gone = await started()
    await gone.play.finish()
    gone.close()
    const next = gone.tab()
    await next.session.open()
    expect(next.play.isFinished).toBe(true)
    expect(next.events.filter(({ type }) => type === 'finished')).toEqual([])
    expect([...next.memory.keys()].filter((name) => name.includes('waiting'))).toEqual([])
  })
})
