import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start, startFor } from '../support/actions.ts'
import type { CallOptions } from '../support/client.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { manyAnswersQuiz, RIGHT_ANSWER, wrongAnswer } from '../support/many-answers.ts'
import { type Json, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { attemptsOf, logOf } from '../support/rows.ts'

const MINUTE = 60_000

/** Two isolates on one database and one clock: what one does, the other does not know. */
let here: TestHost
let there: TestHost

beforeAll(async () => {
  here = await createHost()
  there = await here.isolate()
})

const first = () => quizDocument({ title: 'First', questions: [singleChoice('single', { key: 'a' })] })
const second = (change = {}) =>
  quizDocument({ title: 'Second', questions: [singleChoice('single', { key: 'b' })], ...change })

const archive = (host: TestHost, quiz: string) => host.client.call('DELETE', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })
const startAt = (host: TestHost, quiz: string, options: CallOptions = {}) =>
  host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, options)
const submitAt = (host: TestHost, quiz: string, choice: string) =>
  host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
    body: { responses: [{ question: 'single', response: { choice } }] },
    releases: ['single'],
  })
const titleAt = async (host: TestHost, quiz: string, options: CallOptions = {}) =>
  (await host.client.call('GET', `/v1/quizzes/${quiz}`, options)).body.title

/** A fast and a slow isolate; an attempt started at the first is answered at both in turn. */
async function pair() {
  const fast = await createHost({ signingKeys: here.signingKeys, clock: { now: START + 10 * MINUTE } })
  const slow = await createHost({ signingKeys: here.signingKeys, clock: { now: START } })
  return { fast, slow }
}

describe('isolates whose clocks are ten minutes apart', () => {
  it('write a log in which time never goes back and no number is left out', async () => {
    const { fast, slow } = await pair()
    const run = await start(fast, await publish(fast, manyAnswersQuiz({ tries: null })))
    for (const [index, host] of [slow, fast, slow, slow, fast].entries()) {
      slow.clock.now += 1000
      fast.clock.now += 1000
      const answer = await host.client.call('POST', `/v1/attempts/${run.id}/responses`, {
        token: run.token,
        body: { responses: [{ question: 'many', response: wrongAnswer(index) }] },
        releases: ['many'],
      })
      expect(answer.body.results[0]).toMatchObject({ try: index + 1, refused: null })
    }
    const log = await logOf(slow.deps.db, run.id)
    // The slow clock is behind the start, then behind what the fast one wrote two seconds later.
    const ahead = START + 10 * MINUTE
    expect(log.map(({ seq, at }) => [seq, at - ahead])).toEqual([
      [1, 0],
      [2, 2000],
      [3, 2000],
      [4, 2000],
      [5, 5000],
    ])
  })

  it('do not let an attempt finish before its last response', async () => {
    const { fast, slow } = await pair()
    const run = await start(slow, await publish(slow, manyAnswersQuiz({ tries: 1 })))
    const path = `/v1/attempts/${run.id}`
    const body = { responses: [{ question: 'many', response: RIGHT_ANSWER }] }
    await fast.client.call('POST', `${path}/responses`, { token: run.token, body, releases: ['many'] })
    const finished = await run.finish({ releases: ['many'] })
    expect(finished.body.attempt).toMatchObject({ score: 1, finishedAt: new Date(START + 10 * MINUTE).toISOString() })
  })

  it('agree about an attempt that only one of them holds to be over', async () => {
    const { fast, slow } = await pair()
    const run = await start(slow, await publish(slow, manyAnswersQuiz({ tries: 3, timeLimitSeconds: 60 })))
    await run.respond('many', wrongAnswer(0), { releases: ['many'] })
    const seen = await fast.client.call('GET', `/v1/attempts/${run.id}`, { token: run.token, releases: ['many'] })
    expect(seen.body.attempt).toMatchObject({ status: 'finished', finishReason: 'expired' })
    const refused = await run.respond('many', wrongAnswer(1), { releases: ['many'] })
    expect(refused.body).toMatchObject({ status: 409, code: 'attempt-finished' })
    const finished = await run.finish({ releases: ['many'] })
    expect(finished.body.attempt).toEqual({ ...seen.body.attempt, serverTime: new Date(START).toISOString() })
  })

  it('count a response that one took in time while the other was writing that time is up', async () => {
    const { fast, slow } = await pair()
    const run = await start(slow, await publish(slow, manyAnswersQuiz({ tries: 1, timeLimitSeconds: 60 })))
    const path = `/v1/attempts/${run.id}`
    // The first read gets the revision, too: so the finish is the third batch.
    fast.faults.meanwhile(3, () => run.respond('many', RIGHT_ANSWER, { releases: ['many'] }))
    const seen = await fast.client.call('GET', path, { token: run.token, releases: ['many'] })
    expect(seen.body.attempt).toMatchObject({ status: 'finished', finishReason: 'expired', score: 1, passed: true })
    expect((await logOf(slow.deps.db, run.id)).map(({ type }) => type)).toEqual(['responded', 'finished'])
  })
})

describe('an isolate that has not heard of a publication', () => {
  it('starts attempts at the current revision', async () => {
    const quiz = await publish(here, first())
    await startAt(there, quiz)
    await publish(here, second(), quiz)
    const started = await startAt(there, quiz)
    expect(started.body.quiz.title).toBe('Second')
    const rows = await attemptsOf(here.deps.db, quiz)
    expect(rows.find(({ id }) => id === started.body.attempt.id)?.revision).toBe(started.body.attempt.revision)
  })

  it('grades a submission by the current key', async () => {
    const quiz = await publish(here, first())
    expect((await submitAt(there, quiz, 'a')).body.attempt.score).toBe(1)
    await publish(here, second(), quiz)
    expect((await submitAt(there, quiz, 'a')).body.attempt.score).toBe(0)
    expect((await submitAt(there, quiz, 'b')).body.attempt.score).toBe(1)
  })

  it('judges the form of a submission by the current questions', async () => {
    const quiz = await publish(here, first())
    await submitAt(there, quiz, 'a')
    await publish(here, quizDocument({ questions: [trueFalse('truth')] }), quiz)
    const refused = await submitAt(there, quiz, 'a')
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/responses/0/question'])
    expect(await attemptsOf(here.deps.db, quiz)).toHaveLength(1)
  })

  it('starts nothing on a quiz that is archived by now', async () => {
    const quiz = await publish(here, first())
    await startAt(there, quiz)
    await archive(here, quiz)
    expect((await startAt(there, quiz)).status).toBe(404)
    expect((await submitAt(there, quiz, 'a')).status).toBe(404)
    const staff = await startAt(there, quiz, { token: ROOT_KEY })
    expect([staff.status, staff.body.code]).toEqual([409, 'quiz-closed'])
  })

  it('starts nothing for strangers on a quiz that is restricted by now', async () => {
    const quiz = await publish(here, first())
    await startAt(there, quiz)
    await publish(here, second({ access: 'restricted' }), quiz)
    expect((await startAt(there, quiz)).status).toBe(404)
    expect((await submitAt(there, quiz, 'a')).status).toBe(404)
    const named = await startAt(there, quiz, { token: ROOT_KEY, body: { learner: { id: 'ada' } } })
    expect([named.status, named.body.quiz.title]).toEqual([201, 'Second'])
    expect(await attemptsOf(here.deps.db, quiz)).toHaveLength(2)
  })

  it('lets strangers start on a quiz that is public by now, or back from the archive', async () => {
    const quiz = await publish(here, first())
    await archive(here, quiz)
    expect((await startAt(there, quiz)).status).toBe(404)
    await publish(here, first(), quiz)
    expect((await startAt(there, quiz)).status).toBe(201)
    await publish(here, second({ access: 'restricted' }), quiz)
    expect((await startAt(there, quiz)).status).toBe(404)
    await publish(here, second(), quiz)
    expect((await startAt(there, quiz)).status).toBe(201)
  })
})

/** `there` has started at the first document; then the second was published, and `there` has not heard of it. */
async function outdated(before: Json, after: Json): Promise<string> {
  const quiz = await publish(here, quizDocument(before))
  const named = before['access'] === 'restricted'
  await (named ? startFor(there, quiz, 'earlier') : start(there, quiz))
  await publish(here, quizDocument(after), quiz)
  here.clock.now += 60 * MINUTE
  return quiz
}
const limitedTo = (attemptsPerLearner: number) => ({ access: 'restricted', policy: { attemptsPerLearner } })

describe('an isolate that remembers a revision for an hour refuses nothing by it', () => {
  it('such as a start within a limit of attempts that was raised', async () => {
    const quiz = await outdated(limitedTo(1), limitedTo(3))
    await (await startFor(here, quiz, 'learner')).finish()
    expect((await startFor(there, quiz, 'learner')).started.status).toBe(201)
  })

  it('such as a submission to a quiz that has lost its time limit', async () => {
    const quiz = await outdated({ policy: { timeLimitSeconds: 60 } }, {})
    const path = `/v1/quizzes/${quiz}/submissions`
    expect((await there.client.call('POST', path, { body: { responses: [] } })).status).toBe(201)
  })

  it('such as a submission that answers a new question', async () => {
    const quiz = await outdated({}, { questions: [trueFalse('new')] })
    const body = { responses: [{ question: 'new', response: { choice: 'true' } }] }
    const path = `/v1/quizzes/${quiz}/submissions`
    expect((await there.client.call('POST', path, { body, releases: ['new'] })).status).toBe(201)
  })

  it('and gives nobody the active attempt of a quiz that is archived by now', async () => {
    const quiz = await publish(here, quizDocument({ access: 'restricted' }))
    await startFor(there, quiz, 'learner')
    await archive(here, quiz)
    here.clock.now += 60 * MINUTE
    const answer = await startAt(there, quiz, { token: ROOT_KEY, body: { learner: { id: 'learner' } } })
    expect([answer.status, answer.body.code]).toEqual([409, 'quiz-closed'])
  })

  it('such as a start without a name, by staff, at a quiz that is public by now', async () => {
    const quiz = await outdated({ access: 'restricted' }, { access: 'public' })
    expect((await startAt(there, quiz, { token: ROOT_KEY })).status).toBe(201)
  })
})

describe('a publication between the decision of a start and its write', () => {
  for (const { change, answer } of [
    { change: 'another revision', answer: 201 },
    { change: 'the archive', answer: 404 },
    { change: 'restricted access', answer: 404 },
  ]) {
    it(`is what counts: ${change}`, async () => {
      const quiz = await publish(here, first())
      await startAt(there, quiz)
      const happens = () => {
        if (change === 'the archive') return archive(here, quiz)
        return publish(here, second(change === 'restricted access' ? { access: 'restricted' } : {}), quiz)
      }
      there.faults.meanwhile(1, happens)
      const started = await startAt(there, quiz)
      expect(started.status).toBe(answer)
      expect(started.body.quiz?.title).toBe(answer === 201 ? 'Second' : undefined)
      expect(await attemptsOf(here.deps.db, quiz)).toHaveLength(answer === 201 ? 2 : 1)
    })
  }
})

describe('public reads', () => {
  it('are as old as ten seconds, and no older', async () => {
    const own = await createHost()
    const reader = await own.isolate()
    const quiz = await publish(own, first())
    expect(await titleAt(reader, quiz)).toBe('First')
    await publish(own, second(), quiz)
    own.clock.now += 9_999
    expect(await titleAt(reader, quiz)).toBe('First')
    own.clock.now += 1
    expect(await titleAt(reader, quiz)).toBe('Second')
  })

  it('forget an archived or restricted quiz within ten seconds', async () => {
    const own = await createHost()
    const reader = await own.isolate()
    const questions = (quiz: string) => reader.client.call('GET', `/v1/quizzes/${quiz}/questions`)
    const [archived, restricted] = [await publish(own, first()), await publish(own, first())]
    expect([(await questions(archived)).status, (await questions(restricted)).status]).toEqual([200, 200])
    await archive(own, archived)
    await publish(own, second({ access: 'restricted' }), restricted)
    own.clock.now += 10_000
    expect([(await questions(archived)).status, (await questions(restricted)).status]).toEqual([404, 404])
  })

  it('see at once what was published through the same isolate', async () => {
    const quiz = await publish(here, first())
    expect(await titleAt(here, quiz)).toBe('First')
    await publish(here, second(), quiz)
    expect(await titleAt(here, quiz)).toBe('Second')
    await archive(here, quiz)
    expect(await titleAt(here, quiz)).toBe('Not found')
  })

  it('are never old for staff', async () => {
    const quiz = await publish(here, first())
    expect(await titleAt(there, quiz)).toBe('First')
    await publish(here, second(), quiz)
    expect(await titleAt(there, quiz, { token: ROOT_KEY, releases: 'everything' })).toBe('Second')
  })
})

describe('an attempt', () => {
  it('keeps its revision and is graded by its key, whatever is published after the start', async () => {
    const quiz = await publish(here, first())
    const run = await start(here, quiz)
    await publish(here, second(), quiz)
    await archive(here, quiz)
    const cold = await here.isolate()
    const path = `/v1/attempts/${run.id}`
    const body = { responses: [{ question: 'single', response: { choice: 'a' } }] }
    const right = await cold.client.call('POST', `${path}/responses`, { token: run.token, body, releases: ['single'] })
    expect(right.body.results[0]).toMatchObject({ status: 'correct', score: 1, answer: { choice: 'a' } })
    const resumed = await cold.client.call('GET', path, { token: run.token, releases: ['single'] })
    expect(resumed.body.quiz.title).toBe('First')
    expect(resumed.body.attempt.revision).toBe(run.started.body.attempt.revision)
    expect((await run.finish({ releases: ['single'] })).body.attempt).toMatchObject({ score: 1, passed: true })
  })

  it('of a named learner is resumed at its own revision after a new one was published', async () => {
    const quiz = await publish(here, { ...first(), access: 'restricted' })
    const run = await startFor(here, quiz, 'ada')
    await publish(here, second({ access: 'restricted' }), quiz)
    const again = await startFor(there, quiz, 'ada')
    expect([again.id, again.started.status, again.started.body.quiz.title]).toEqual([run.id, 200, 'First'])
  })
})
