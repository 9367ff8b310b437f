import { beforeAll, describe, expect, it } from 'vitest'
import { publish, startFor } from '../../support/actions.ts'
import { createHost, type TestHost } from '../../support/host.ts'
import { quizDocument } from '../../support/quiz-document.ts'
import { createLearner, startLearner } from './learner.ts'

/** What the server refuses is told, and takes nothing away that was given. */

let host: TestHost
beforeAll(async () => {
  host = await createHost()
})

const started = (policy?: object) => startLearner(host, policy)

describe('a quiz', () => {
  it('that is not there is refused, and nothing is asked again', async () => {
    const learner = createLearner(host, { quiz: 'nowhere' })
    await learner.session.open()
    expect(learner.session.phase).toBe('refused')
    expect(learner.session.refusal!.problem.code).toBe('not-found')
    expect(learner.network.sent).toEqual(['GET /v1/quizzes/nowhere'])
  })

  it('that is not open yet says so at the start, and can be tried again', async () => {
    const opensAt = new Date(host.clock.now + 3_600_000).toISOString()
    const quiz = await publish(host, quizDocument({ policy: { opensAt } }))
    const learner = createLearner(host, { quiz })
    await learner.session.open()
    await learner.session.start()
    expect(learner.session.phase).toBe('intro')
    expect(learner.session.refusal!.problem.code).toBe('quiz-not-open')
    host.clock.now += 3_600_000
    await learner.session.start()
    expect(learner.session.phase).toBe('playing')
  })
})

describe('an attempt', () => {
  it('that this browser remembers and the server does not gives way to the quiz', async () => {
    const quiz = await publish(host)
    const learner = createLearner(host, { quiz })
    learner.memory.set(
      `answerkey/https://quiz.example/${quiz}/run`,
      JSON.stringify({ attempt: 'att_gone', token: 'a.b.c' }),
    )
    await learner.session.open()
    expect(learner.session.phase).toBe('intro')
    expect(learner.memory.size).toBe(0)
  })

  it('that a backend started is played with its token, which is kept nowhere', async () => {
    const quiz = await publish(host, quizDocument({ access: 'restricted' }))
    const { id, token } = await startFor(host, quiz, 'ada')
    const learner = createLearner(host, { quiz, given: { attempt: id, token } })
    await learner.session.open()
    learner.play.choose('single', { response: { choice: 'b' } })
    learner.play.submit(learner.question('single'))
    await learner.until(() => !learner.play.isWaiting('single'))
    expect(learner.play.attempt).toMatchObject({ learner: { id: 'ada' }, score: 1 })
    expect([...learner.memory.values()].filter((value) => value.includes(token))).toEqual([])
    expect(learner.memory.has(`answerkey/https://quiz.example/${quiz}/run`)).toBe(false)
    expect(learner.session.mayStartOver).toBe(false)
  })

  it('with a token that is not good is refused, and no other is begun', async () => {
    const quiz = await publish(host)
    const learner = createLearner(host, { quiz, given: { attempt: 'att_other', token: 'a.b.c' } })
    await learner.session.open()
    expect(learner.session).toMatchObject({ phase: 'refused', play: null })
    expect(learner.session.refusal!.status).toBe(401)
  })
})

describe('an answer', () => {
  it('that is malformed is told at its question, and stays there to be mended', async () => {
    const learner = await started()
    learner.play.choose('single', { response: { choice: 'nothing' } })
    learner.play.submit(learner.question('single'))
    await learner.until(() => learner.play.refusals.has('single'))
    expect(learner.play.refusals.get('single')!.problem.code).toBe('invalid-input')
    expect(learner.play.draftOf('single').response).toEqual({ choice: 'nothing' })
    learner.play.choose('single', { response: { choice: 'b' } })
    expect(learner.play.refusals.has('single')).toBe(false)
    learner.play.submit(learner.question('single'))
    await learner.until(() => learner.play.known.results.get('single')!.status === 'correct')
  })

  it('to a question that another page closed shows how it stands there', async () => {
    const learner = await started()
    const other = learner.tab()
    await other.session.open()
    learner.close()
    other.play.choose('single', { response: { choice: 'b' } })
    other.play.submit(other.question('single'))
    await other.until(() => other.play.known.results.get('single')!.status === 'correct')
    const late = createLearner(host, { quiz: learner.play.known.quiz.id, memory: other.memory })
    await late.session.open()
    expect(late.play.isLocked('single')).toBe(true)
    expect(late.play.canSend(late.question('single'))).toBe(false)
  })

  it('that arrives after another page has handed in is told to be late, and the outcome is shown', async () => {
    const learner = await started()
    const { token } = JSON.parse(
      learner.memory.get(`answerkey/https://quiz.example/${learner.play.known.quiz.id}/run`)!,
    )
    await host.client.call('POST', `/v1/attempts/${learner.play.attempt.id}/finish`, { token, releases: 'everything' })
    learner.play.choose('single', { response: { choice: 'b' } })
    learner.play.submit(learner.question('single'))
    await learner.until(() => learner.play.isFinished)
    expect(learner.play.refusals.get('single')!.problem.code).toBe('attempt-finished')
    expect(learner.play.known.results.get('single')!.status).toBe('unanswered')
    expect(learner.events.at(-1)).toEqual({ type: 'changed' })
  })

  it('is sent again when the database failed, before or after it was kept, and counts once', async () => {
    for (const when of ['before', 'after'] as const) {
      const learner = await started({ tries: 2 })
      host.faults[when](1)
      learner.play.choose('single', { response: { choice: 'a' } })
      learner.play.submit(learner.question('single'))
      await learner.until(() => learner.session.server.connection.isLost)
      learner.session.server.connection.wake()
      await learner.until(() => !learner.play.isWaiting('single'))
      expect(learner.play.known.results.get('single')).toMatchObject({ status: 'incorrect', triesLeft: 1 })
    }
  })
})
