import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { attemptEvents } from '../../src/db/schema.ts'
import { newQuizId, publish, type Run, startFor } from '../support/actions.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { erase, exportOf, setRules } from '../support/learners.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { manyAnswersQuiz, wrongAnswer } from '../support/many-answers.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { insertEvents } from '../support/rows.ts'

let host: TestHost

beforeEach(async () => {
  host = await createHost({ clock: { now: START } })
  await emptyDatabase(host.deps.db)
})

const restricted = (policy: Json = {}) => quizDocument({ access: 'restricted', policy })
const everything = { releases: 'everything' } as const
const time = (milliseconds: number) => new Date(milliseconds).toISOString()
const idsIn = (attempts: { attempt: { id: string } }[]) => attempts.map(({ attempt }) => attempt.id)

/** An attempt of a learner, over and right in one question. */
async function finished(quiz: string, learner: string): Promise<Run> {
  host.clock.now += 1
  const run = await startFor(host, quiz, learner)
  await run.respond('single', { choice: 'b' }, everything)
  await run.finish(everything)
  return run
}

/** Every page of an export, with how long each is. */
async function pagesOf(learner: string, limit: number): Promise<{ ids: string[]; lengths: number[] }> {
  const [ids, lengths]: [string[], number[]] = [[], []]
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = `?limit=${limit}${cursor && `&cursor=${cursor}`}`
    const { status, body } = await exportOf(host, learner, query, everything)
    expect([status, body.learner.id]).toEqual([200, learner])
    ids.push(...idsIn(body.attempts))
    lengths.push(body.attempts.length)
    cursor = body.nextCursor
  }
  return { ids, lengths }
}

describe('an export of a learner', () => {
  it('holds what is known of them: name, rules, attempts with totals, results and every event', async () => {
    const quiz = await publish(host, restricted({ tries: 2 }))
    const body = { learner: { id: 'ada', name: 'Ada' }, metadata: { course: '1' } }
    const started = await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY, body })
    const run = await startFor(host, quiz, 'ada')
    host.clock.now += 1000
    await run.respond('single', { choice: 'a' }, everything)
    host.clock.now += 1000
    await run.respondAll(
      [
        { question: 'single', response: { choice: 'b' } },
        { question: 'truth', response: { choice: 'true' } },
      ],
      everything,
    )
    host.clock.now += 1000
    const end = await run.finish(everything)
    await setRules(host, 'ada', [{ quiz, factor: 2, reason: 'Agreed.' }])
    const exported = await exportOf(host, 'ada', '', everything)
    const { questions: _, ...attempt } = end.body.attempt
    expect(exported.status).toBe(200)
    expect(exported.body).toEqual({
      learner: { id: 'ada', name: 'Ada' },
      accommodations: [
        {
          quiz,
          factor: 2,
          extraSeconds: null,
          unlimited: false,
          extraAttempts: null,
          reason: 'Agreed.',
          setAt: time(START + 3000),
          setBy: 'root',
        },
      ],
      attempts: [
        {
          attempt,
          results: end.body.results,
          events: [
            {
              seq: 1,
              type: 'responded',
              at: time(START + 1000),
              body: { responses: [{ question: 'single', response: { choice: 'a' } }] },
            },
            {
              seq: 2,
              type: 'responded',
              at: time(START + 2000),
              body: {
                responses: [
                  { question: 'single', response: { choice: 'b' } },
                  { question: 'truth', response: { choice: 'true' } },
                ],
              },
            },
            { seq: 3, type: 'finished', at: time(START + 3000), body: {} },
          ],
        },
      ],
      nextCursor: null,
    })
    expect(attempt).toMatchObject({ id: started.body.attempt.id, metadata: { course: '1' }, score: 2, passed: false })
  })

  it('tells no more of the questions than the learner may see, and the totals that staff see', async () => {
    const deferred = await publish(host, restricted({ feedback: 'deferred' }))
    const never = await publish(host, restricted({ feedback: 'never', review: { finished: [] } }))
    const running = await startFor(host, deferred, 'ada')
    await running.respond('single', { choice: 'b' })
    const over = await startFor(host, never, 'ada')
    await over.respond('single', { choice: 'b' })
    await over.finish()
    // Without `releases` the client refuses whatever is secret of any question.
    const { body } = await exportOf(host, 'ada')
    const byId = Object.fromEntries(body.attempts.map((each: Json) => [(each['attempt'] as Json)['id'], each]))
    expect(byId[running.id]).toMatchObject({ attempt: { status: 'active', score: 1, passed: null } })
    expect(byId[over.id]).toMatchObject({ attempt: { status: 'finished', score: 1, passed: false } })
    for (const { results } of Object.values<any>(byId)) {
      expect(results.find(({ question }: Json) => question === 'single')).toMatchObject({
        response: { choice: 'b' },
        status: 'answered',
        score: null,
        answer: null,
        explanation: null,
        feedback: null,
      })
      for (const { answer, explanation } of results) expect([answer, explanation]).toEqual([null, null])
    }
  })

  it('releases nothing of an attempt that is over and that nobody has finished yet', async () => {
    const quiz = await publish(host, restricted({ feedback: 'deferred', timeLimitSeconds: 60 }))
    const run = await startFor(host, quiz, 'ada')
    await run.respond('single', { choice: 'b' })
    host.clock.now += 61_000
    const { body } = await exportOf(host, 'ada')
    expect(body.attempts).toMatchObject([{ attempt: { status: 'active' }, results: [{ status: 'answered' }, {}, {}] }])
  })

  it('holds one learner, and the name that they had last', async () => {
    const quiz = await publish(host, restricted())
    for (const [id, name] of [
      ['ada', 'Ada'],
      ['bob', 'Bob'],
      ['ada', 'Countess'],
      ['ada', undefined],
    ]) {
      host.clock.now += 1
      const body = { learner: { id, ...(name && { name }) }, responses: [] }
      await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { token: ROOT_KEY, body, ...everything })
    }
    const { body } = await exportOf(host, 'ada', '', everything)
    expect(body.learner).toEqual({ id: 'ada', name: 'Countess' })
    expect(body.attempts.map(({ attempt }: any) => attempt.learner)).toEqual([
      { id: 'ada', name: 'Ada' },
      { id: 'ada', name: 'Countess' },
      { id: 'ada' },
    ])
  })

  it('holds rules alone where there is nothing else', async () => {
    await setRules(host, 'ada', [{ quiz: null, factor: 2, reason: 'Agreed.' }])
    expect((await exportOf(host, 'ada')).body).toMatchObject({
      learner: { id: 'ada' },
      accommodations: [{ factor: 2 }],
      attempts: [],
      nextCursor: null,
    })
  })

  it('is of nobody who is not known, or of whom nothing is left', async () => {
    expect(problemOf(await exportOf(host, 'nobody'))).toEqual([404, 'not-found'])
    await setRules(host, 'ada', [], 'a-key')
    expect(problemOf(await exportOf(host, 'ada'))).toEqual([404, 'not-found'])
    await finished(await publish(host, restricted()), 'ada')
    await erase(host, 'ada')
    expect(problemOf(await exportOf(host, 'ada'))).toEqual([404, 'not-found'])
  })

  it('holds attempts at revisions that are published no more, each graded by its own', async () => {
    const quiz = await publish(host, restricted())
    const first = await finished(quiz, 'ada')
    await publish(host, quizDocument({ access: 'restricted', title: 'Other', policy: { passingScore: 0.1 } }), quiz)
    const second = await finished(quiz, 'ada')
    await host.client.call('DELETE', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })
    const cold = await host.isolate()
    const { body } = await exportOf(cold, 'ada', '', everything)
    expect(body.attempts.map(({ attempt }: any) => [attempt.id, attempt.passed])).toEqual([
      [first.id, false],
      [second.id, true],
    ])
  })
})

/** Three quizzes, published in another order than that of their ids, with attempts of two learners in turn. */
async function scene(): Promise<string[]> {
  const ids = [newQuizId(), newQuizId(), newQuizId()].toSorted()
  for (const quiz of [ids[2]!, ids[0]!, ids[1]!]) await publish(host, restricted(), quiz)
  const made: { quiz: string; id: string }[] = []
  for (const quiz of [ids[1]!, ids[0]!, ids[2]!, ids[0]!, ids[1]!, ids[2]!, ids[0]!]) {
    made.push({ quiz, id: (await finished(quiz, 'ada')).id })
    await finished(quiz, 'bob')
  }
  return ids.flatMap((quiz) => made.filter((each) => each.quiz === quiz).map(({ id }) => id))
}

/** A cursor that stands for a text. */
function cursorOf(text: string): string {
  return btoa(text).replaceAll('=', '')
}

describe('the pages of an export', () => {
  it('hold every attempt once, by quiz and then by start, whatever their length', async () => {
    const ids = await scene()
    for (const [limit, lengths] of [
      [1, [1, 1, 1, 1, 1, 1, 1]],
      [2, [2, 2, 2, 1]],
      [3, [3, 3, 1]],
      [7, [7]],
      [200, [7]],
    ] as const) {
      expect(await pagesOf('ada', limit)).toEqual({ ids, lengths })
    }
  })

  it('hold twenty attempts, unless more are asked for', async () => {
    const quiz = await publish(host, restricted())
    for (let index = 0; index < 21; index++) {
      const body = { learner: { id: 'ada' }, responses: [] }
      await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { token: ROOT_KEY, body, ...everything })
    }
    const first = await exportOf(host, 'ada', '', everything)
    expect(first.body.attempts).toHaveLength(20)
    const rest = await exportOf(host, 'ada', `?cursor=${first.body.nextCursor}`, everything)
    expect([rest.body.attempts.length, rest.body.nextCursor]).toEqual([1, null])
  })

  it.each([
    ['as many as hold four million characters', [10, 3e6, 3e6, 10, 10], [2, 3]],
    ['one at least', [5e6, 10, 5e6], [1, 1, 1]],
    ['as long as they want where that is exactly enough', [2e6, 2e6, 1], [2, 1]],
  ])('hold fewer attempts where their logs are long: %s', async (_what, sizes, lengths) => {
    const quiz = await publish(host, restricted())
    const ids: string[] = []
    for (const size of sizes) {
      const { id } = await finished(quiz, 'ada')
      // What so many characters of requests would have left in the log.
      await host.deps.db.update(attemptEvents).set({ size }).where(eq(attemptEvents.attempt, id))
      ids.push(id)
    }
    expect(await pagesOf('ada', 200)).toEqual({ ids, lengths })
  })

  it('hold fewer attempts where what is made of them is long', async () => {
    const quiz = await publish(host, manyAnswersQuiz({ feedback: 'deferred' }, { access: 'restricted' }))
    const ids: string[] = []
    for (const responses of [1, 100, 100, 1]) {
      host.clock.now += 1
      const run = await startFor(host, quiz, 'ada')
      await insertEvents(host.deps.db, run.id, 500, (index) => ({
        responses: Array.from({ length: responses }, () => ({ question: 'many', response: wrongAnswer(index) })),
      }))
      await run.finish(everything)
      ids.push(run.id)
    }
    expect(await pagesOf('ada', 200)).toEqual({ ids, lengths: [2, 2] })
  })

  it('go on after an attempt that was erased meanwhile, and end where nothing is left', async () => {
    const quiz = await publish(host, restricted())
    await finished(quiz, 'ada')
    await finished(quiz, 'ada')
    const first = await exportOf(host, 'ada', '?limit=1', everything)
    await erase(host, 'ada')
    const rest = `?limit=1&cursor=${first.body.nextCursor}`
    expect((await exportOf(host, 'ada', rest)).status).toBe(404)
    await finished(quiz, 'ada')
    expect((await exportOf(host, 'ada', rest, everything)).body.attempts).toHaveLength(1)
  })

  it('leave out what is erased while they are read, and hold no half of it', async () => {
    const quiz = await publish(host, restricted())
    await finished(quiz, 'ada')
    await setRules(host, 'ada', [{ quiz: null, factor: 2, reason: 'Agreed.' }])
    const other = await host.isolate()
    host.faults.meanwhile(2, () => erase(other, 'ada'))
    const { status, body } = await exportOf(host, 'ada', '', everything)
    expect([status, body.attempts, body.nextCursor]).toEqual([200, [], null])
  })

  it('are found by no cursor that is not theirs', async () => {
    await finished(await publish(host, restricted()), 'ada')
    for (const cursor of [
      'x',
      '!',
      cursorOf('5'),
      cursorOf('quiz'),
      cursorOf('quiz att_'),
      cursorOf('Quiz att_1'),
      cursorOf('q att_1 x'),
    ]) {
      const answer = await exportOf(host, 'ada', `?cursor=${cursor}`)
      expect(problemOf(answer).slice(0, 2), cursor).toEqual([422, 'invalid-input'])
    }
    const before = await exportOf(host, 'ada', `?cursor=${cursorOf('0 att_0')}`, everything)
    expect(before.body.attempts).toHaveLength(1)
    const behind = await exportOf(host, 'ada', `?cursor=${cursorOf('zzz att_z')}`, everything)
    expect([behind.status, behind.body.attempts, behind.body.nextCursor]).toEqual([200, [], null])
  })
})
