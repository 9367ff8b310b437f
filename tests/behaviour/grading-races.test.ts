import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish, start } from '../support/actions.ts'
import { atOnce, countBy } from '../support/at-once.ts'
import { essay } from '../support/every-type.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { attemptRow, logOf } from '../support/rows.ts'
import { grade, override, readLog, viewByStaff } from '../support/staff-words.ts'

const everything = { releases: 'everything' } as const
const STAFF_AT_ONCE = 20

let host: TestHost
let other: TestHost
let quiz: string

const essayId = (index: number) => `essay-${index}`
const questions = Array.from({ length: STAFF_AT_ONCE }, (_, index) => essay(essayId(index), { points: 2 }))
const responses = questions.map((_, index) => ({ question: essayId(index), response: { text: `Text ${index}` } }))

beforeAll(async () => {
  host = await createHost()
  other = await host.isolate()
  quiz = await publish(host, quizDocument({ questions, policy: { feedback: 'deferred' } }))
})

const isolateOf = (index: number) => (index % 2 === 0 ? host : other)

/** Twenty essays of two points, all of them written. */
async function written() {
  const run = await start(host, quiz)
  await run.respondAll(responses)
  return run
}

describe('twenty of staff who grade at once', () => {
  it('each a question of an attempt that is finished, are all heard', async () => {
    const run = await written()
    await run.finish(everything)
    const answers = await atOnce(STAFF_AT_ONCE, (index) =>
      grade(isolateOf(index), run.id, 1.5, { question: essayId(index) }),
    )
    expect(countBy(answers, ({ status }) => status)).toEqual({ 200: STAFF_AT_ONCE })
    const view = (await viewByStaff(host, run.id)).body
    expect(view.attempt).toMatchObject({ score: 30, maxScore: 40, passed: true })
    expect(decodeJwt(view.receipt)).toMatchObject({ seq: 22, final: true })
    const row = await attemptRow(host.deps.db, run.id)
    expect(row).toMatchObject({ score: 30_000, passed: true, settled: 22 })
    expect(countBy(await logOf(host.deps.db, run.id), ({ type }) => type)).toEqual({
      responded: 1,
      finished: 1,
      graded: 20,
    })
  })

  it('while the learner writes and finishes, are heard of what they read, and told where it has changed', async () => {
    const run = await written()
    let finished: Awaited<ReturnType<typeof run.finish>> | undefined
    const learner = async () => {
      for (let index = 0; index < 5; index++) {
        await run.respond(essayId(index), { text: 'Written anew' })
      }
      finished = await run.finish(everything)
    }
    const [answers] = await Promise.all([
      atOnce(STAFF_AT_ONCE, (index) => grade(isolateOf(index), run.id, 1.5, { question: essayId(index) })),
      learner(),
    ])
    const told = answers.map(({ status }) => status)
    expect(countBy(told.slice(5), (status) => status)).toEqual({ 200: 15 })
    for (const status of told.slice(0, 5)) expect(status).toBeOneOf([200, 422])
    expect(finished!.status).toBe(200)
    // Of the five that were written anew those count that were graded after it, by the order of the log.
    const log = await readLog(host, run.id)
    const placeOf = (type: string, question: string) =>
      log.findLastIndex(({ type: each, body }) => each === type && JSON.stringify(body).includes(`"${question}"`))
    const graded = questions.filter(
      (_, index) => placeOf('graded', essayId(index)) > placeOf('responded', essayId(index)),
    )
    expect(graded.length).toBeGreaterThanOrEqual(15)
    const view = (await viewByStaff(host, run.id)).body
    const done = graded.length === STAFF_AT_ONCE
    expect(view.attempt).toMatchObject({ score: graded.length * 1.5, passed: done ? true : null })
    expect(decodeJwt(view.receipt)).toMatchObject({ seq: log.length, final: done })
    const row = await attemptRow(host.deps.db, run.id)
    expect(row).toMatchObject({ score: graded.length * 1500, passed: done ? true : null, settled: log.length })
  })

  it('the same question, leave the grade that the log ends with', async () => {
    const run = await written()
    await run.finish(everything)
    const answers = await atOnce(STAFF_AT_ONCE, (index) =>
      grade(isolateOf(index), run.id, index / 10, { question: essayId(0) }),
    )
    expect(countBy(answers, ({ status }) => status)).toEqual({ 200: STAFF_AT_ONCE })
    const last = (await readLog(host, run.id)).at(-1)
    expect((await viewByStaff(host, run.id)).body.results[0].score).toBe(last.body.score)
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: last.body.score * 1000, settled: 22 })
  })

  it('and override at once, with the timer at work, leave a row that says what the log says', async () => {
    const run = await written()
    await run.finish(everything)
    const answers = await atOnce(STAFF_AT_ONCE, async (index) => {
      const at = isolateOf(index)
      if (index % 5 === 4) await settleDueAttempts(at.deps, 100)
      const question = essayId(index)
      return index % 2 === 0 ? grade(at, run.id, 1, { question }) : override(other, run.id, [question, 2])
    })
    expect(countBy(answers, ({ status }) => status)).toEqual({ 200: STAFF_AT_ONCE })
    expect((await viewByStaff(host, run.id)).body.attempt).toMatchObject({ score: 30, passed: true })
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: 30_000, passed: true, settled: 22 })
  })
})

describe('a grade', () => {
  it('is not for a response that came while it was decided, and that nobody has read', async () => {
    const run = await written()
    await viewByStaff(host, run.id)
    host.faults.meanwhile(2, () => run.respond(essayId(0), { text: 'Something else' }))
    const refused = await grade(host, run.id, 2, { question: essayId(0) })
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/question'])
    expect((await viewByStaff(host, run.id)).body.results[0]).toMatchObject({ status: 'pending', score: null })
    expect((await grade(host, run.id, 1, { question: essayId(0) })).body.results[0].score).toBe(1)
  })

  it('that was decided on an essay which is blank when it is written is refused', async () => {
    const run = await written()
    await viewByStaff(host, run.id)
    host.faults.meanwhile(2, () => run.respond(essayId(0), { text: '' }))
    expect((await grade(host, run.id, 2, { question: essayId(0) })).status).toBe(422)
    expect(countBy(await logOf(host.deps.db, run.id), ({ type }) => type)).toEqual({ responded: 2 })
  })

  it('between the two batches of a finish is in its receipt', async () => {
    const run = await written()
    await run.resume()
    host.faults.meanwhile(2, () => override(other, run.id, [null, 40]))
    const finished = await run.finish(everything)
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ seq: 3, score: 40, passed: true, final: true })
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: 40_000, settled: 3 })
  })

  it('between the two batches of an end that a retry brings is in its result, as it is in the total', async () => {
    const policy = { feedback: 'deferred', timeLimitSeconds: 60 }
    const timed = await publish(host, quizDocument({ questions: [essay('essay')], policy }))
    const run = await start(host, timed)
    const headers = { 'Idempotency-Key': 'a-key-that-is-long-enough' }
    const save = () => run.respond('essay', { text: 'Text' }, { headers, ...everything })
    await save()
    host.clock.now += 61_000
    host.faults.meanwhile(3, () => grade(other, run.id, 1.5, { question: 'essay' }))
    const { attempt, results } = (await save()).body
    expect(attempt.score).toBe(1.5)
    expect(results).toMatchObject([{ status: 'partially-correct', score: 1.5 }])
  })

  it('and the finish at the same moment agree, whichever comes first', async () => {
    for (let round = 0; round < 10; round++) {
      const run = await written()
      const [graded, finished] = await Promise.all(
        round % 2 === 0
          ? [override(other, run.id, [null, 40]), run.finish(everything)]
          : [run.finish(everything), override(other, run.id, [null, 40])].toReversed(),
      )
      expect([graded!.status, finished!.status]).toEqual([200, 200])
      const { attempt } = (await run.resume(everything)).body
      expect(attempt).toMatchObject({ status: 'finished', score: 40, passed: true })
      expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: 40_000, passed: true, settled: 3 })
    }
  })
})
