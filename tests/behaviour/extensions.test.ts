import { beforeAll, describe, expect, it } from 'vitest'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish, type Run, start } from '../support/actions.ts'
import { atOnce, countBy } from '../support/at-once.ts'
import { issueKey } from '../support/api-keys.ts'
import { createHost, START, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { attemptRow, insertEvents, logOf } from '../support/rows.ts'
import { extend, readLog, viewByStaff } from '../support/staff-words.ts'

const everything = { releases: 'everything' } as const
const DAY = 24 * 60 * 60 * 1000
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString()

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

/** Ten minutes for three questions, from 09:00:00 on. */
const TEN_MINUTES = { timeLimitSeconds: 600 }

async function begin(policy: Json = TEN_MINUTES): Promise<Run> {
  host.clock.now = START
  return start(host, await publish(host, quizDocument({ policy })))
}

const typesIn = async (run: Run) => (await logOf(host.deps.db, run.id)).map(({ type }) => type)

describe('an extension of an attempt of ten minutes', () => {
  const examples: { more: Json[]; deadline: string | null; comment?: string }[] = [
    { more: [{ extraSeconds: 1 }], deadline: at(601) },
    { more: [{ extraSeconds: 60 }], deadline: at(660) },
    { more: [{ factor: 1 }], deadline: at(600) },
    { more: [{ factor: 1.5 }], deadline: at(900) },
    { more: [{ factor: 100 }], deadline: at(60_000) },
    { more: [{ factor: 1.000001 }], deadline: at(600.001), comment: '600.0006 s, up to the next millisecond' },
    { more: [{ factor: 1.333333 }], deadline: at(800), comment: '799.9998 s' },
    { more: [{ unlimited: true }], deadline: null },
    { more: [{ extraSeconds: 60 }, { extraSeconds: 60 }], deadline: at(720) },
    { more: [{ extraSeconds: 60 }, { factor: 1.5 }], deadline: at(990), comment: '660 s × 1.5' },
    { more: [{ factor: 1.5 }, { extraSeconds: 60 }], deadline: at(960), comment: '900 s + 60 s' },
    { more: [{ factor: 1.5 }, { unlimited: true }], deadline: null },
  ]
  for (const { more, deadline } of examples) {
    it(`by ${more.map((each) => JSON.stringify(each)).join(', then ')} ends at ${deadline ?? 'no time'}`, async () => {
      const run = await begin()
      host.clock.now += 100_000
      for (const each of more) expect((await extend(host, run.id, each)).status).toBe(200)
      expect((await viewByStaff(host, run.id)).body.attempt).toMatchObject({ status: 'active', deadline })
      expect((await run.resume()).body.attempt).toMatchObject({ status: 'active', deadline })
      const { due, deadline: given, updatedAt } = await attemptRow(host.deps.db, run.id)
      expect([due, given]).toEqual([deadline === null ? null : Date.parse(deadline), START + 600_000])
      // Whoever asks a list for what has changed is told.
      expect(updatedAt).toBe(START + 100_000)
    })
  }

  it('says what holds now, and a sentence for each thing that made it so', async () => {
    const run = await begin()
    host.clock.now += 1000
    await extend(host, run.id, { extraSeconds: 60, reason: 'The power was out' })
    await extend(host, run.id, { factor: 1.5, reason: 'Reads slowly' })
    const answer = await extend(host, run.id, { unlimited: true, reason: 'The server was down' })
    expect(answer.body.effective).toEqual({ deadline: null })
    expect(answer.body.because).toEqual([
      { source: 'start', detail: `The attempt began with the deadline ${at(600)}.` },
      { source: 'extension', detail: `The deadline was moved to ${at(660)}: The power was out` },
      { source: 'extension', detail: `The deadline was moved to ${at(990)}: Reads slowly` },
      { source: 'extension', detail: 'The deadline was lifted: The server was down' },
    ])
    expect(answer.body.attempt).toMatchObject({ id: run.id, status: 'active', deadline: null, serverTime: at(1) })
  })

  it('is told to the learner by its deadline alone, never by its reason or by who gave it', async () => {
    const run = await begin()
    await extend(host, run.id, { extraSeconds: 60, reason: 'Has a certificate of Dr. Quux' })
    const answers = [await run.resume(), await run.respond('single', { choice: 'b' }, everything)]
    answers.push(await run.finish(everything))
    for (const { text, body } of answers) {
      expect(body.attempt.deadline).toBe(at(660))
      expect(text).not.toMatch(/Quux|root|extension/)
    }
  })

  it('tells no score to a key that may not read attempts', async () => {
    const policy = { feedback: 'deferred', timeLimitSeconds: 600 }
    const run = await start(host, await publish(host, quizDocument({ policy })))
    await run.respond('single', { choice: 'b' })
    const { secret: token } = await issueKey(host, 'attempts:write')
    const answer = await extend(host, run.id, 1, { token })
    expect(answer.body.attempt).toMatchObject({ status: 'active', answeredCount: 1, score: null })
    expect((await extend(host, run.id, 1)).body.attempt.score).toBe(1)
  })

  it('is refused where it is none, or more than one, or has no reason', async () => {
    const run = await begin()
    const refused: [Json, string][] = [
      [{}, ''],
      [{ extraSeconds: 60, factor: 2 }, ''],
      [{ factor: 2, unlimited: true }, ''],
      [{ extraSeconds: 0 }, '/extraSeconds'],
      [{ extraSeconds: -60 }, '/extraSeconds'],
      [{ extraSeconds: 0.5 }, '/extraSeconds'],
      [{ extraSeconds: '60' }, '/extraSeconds'],
      [{ extraSeconds: 366 * 86_400 + 1 }, '/extraSeconds'],
      [{ factor: 0.999999 }, '/factor'],
      [{ factor: 100.000001 }, '/factor'],
      [{ factor: 1.0000001 }, '/factor'],
      [{ factor: 1e300 }, '/factor'],
      [{ unlimited: false }, '/unlimited'],
      [{ extraSeconds: 60, reason: '' }, '/reason'],
      [{ extraSeconds: 60, reason: 'x'.repeat(1001) }, '/reason'],
      [{ extraSeconds: 60, reason: null }, '/reason'],
      [{ extraSeconds: 60, reason: 'half a pair: \ud83d' }, '/reason'],
      [{ extraSeconds: 60, deadline: at(900) }, '/deadline'],
    ]
    for (const [body, pointer] of refused) {
      const answer = await extend(host, run.id, body)
      expect(problemOf(answer).slice(0, 2), JSON.stringify(body)).toEqual([422, 'invalid-input'])
      expect(answer.body.errors[0].pointer, JSON.stringify(body)).toBe(pointer)
    }
    expect(await typesIn(run)).toEqual([])
  })

  it('takes a reason of a thousand characters, whatever they are', async () => {
    const run = await begin()
    const reason = '😀'.repeat(1000)
    expect((await extend(host, run.id, { extraSeconds: 1, reason })).body.because[1].detail).toContain(reason)
  })
})

describe('an extension', () => {
  it('of an attempt without a deadline is refused, also of one that got rid of it', async () => {
    for (const run of [await begin({}), await begin()]) {
      if (run.started.body.attempt.deadline !== null) await extend(host, run.id, { unlimited: true })
      const before = await typesIn(run)
      for (const more of [{ extraSeconds: 60 }, { factor: 2 }, { unlimited: true }]) {
        expect(problemOf(await extend(host, run.id, more))).toEqual([422, 'invalid-input', ' inconsistent'])
      }
      expect(await typesIn(run)).toEqual(before)
    }
  })

  it('to more than ten years from the start is refused', async () => {
    const run = await begin({ timeLimitSeconds: 366 * 86_400 })
    expect(problemOf(await extend(host, run.id, { factor: 100 }))).toEqual([422, 'invalid-input', ' inconsistent'])
    for (let years = 2; years <= 9; years++) {
      expect((await extend(host, run.id, 366 * 86_400)).status).toBe(200)
    }
    expect(problemOf(await extend(host, run.id, 366 * 86_400))).toEqual([422, 'invalid-input', ' inconsistent'])
    expect((await viewByStaff(host, run.id)).body.attempt.deadline).toBe(at(9 * 366 * 86_400))
  })

  it('reopens nothing: an attempt that is finished stays as it is', async () => {
    const run = await begin()
    await run.respond('single', { choice: 'b' }, everything)
    const finished = await run.finish(everything)
    const row = await attemptRow(host.deps.db, run.id)
    for (const more of [{ extraSeconds: 3600 }, { unlimited: true }]) {
      expect(problemOf(await extend(host, run.id, more))).toEqual([409, 'attempt-finished'])
    }
    expect(await attemptRow(host.deps.db, run.id)).toEqual(row)
    expect((await run.resume(everything)).body.attempt).toEqual(finished.body.attempt)
    expect(await typesIn(run)).toEqual(['responded', 'finished'])
  })

  it('comes in time at the last millisecond of the grace, and too late at the next, though nobody looked', async () => {
    const policy = { ...TEN_MINUTES, graceSeconds: 10 }
    const [early, late] = [await begin(policy), await begin(policy)]
    await late.respond('single', { choice: 'b' }, everything)
    host.clock.now = START + 610_000
    expect((await extend(host, early.id, 60)).body.effective).toEqual({ deadline: at(660) })
    expect((await attemptRow(host.deps.db, early.id)).due).toBe(START + 670_000)
    host.clock.now += 1
    expect(problemOf(await extend(host, late.id, 60))).toEqual([409, 'attempt-finished'])
    const view = (await viewByStaff(host, late.id)).body.attempt
    expect(view).toMatchObject({ status: 'finished', finishReason: 'expired', finishedAt: at(600), score: 1 })
    const { settled, score, due } = await attemptRow(host.deps.db, late.id)
    expect([settled, score, due]).toEqual([2, 1000, START + 610_000])
    expect(await typesIn(late)).toEqual(['responded', 'finished'])
  })

  it('lets the learner answer until the new deadline and its grace, and not after', async () => {
    const run = await begin({ ...TEN_MINUTES, graceSeconds: 10, feedback: 'deferred' })
    await run.respond('single', { choice: 'a' })
    host.clock.now = START + 600_000
    await extend(host, run.id, 60)
    host.clock.now = START + 670_000
    expect((await run.respond('single', { choice: 'b' })).status).toBe(200)
    host.clock.now += 1
    expect(problemOf(await run.respond('truth', { choice: 'true' }, everything))).toEqual([409, 'attempt-finished'])
    const resumed = await run.resume(everything)
    // Of the saves the last one in time is graded, the late one is not.
    expect(resumed.body.attempt).toMatchObject({ finishReason: 'expired', finishedAt: at(660), score: 1 })
  })

  it('keeps the timer from an attempt until its new deadline, or for good', async () => {
    const [run, endless] = [await begin(), await begin()]
    await run.respond('single', { choice: 'b' }, everything)
    await extend(host, run.id, 60)
    await extend(host, endless.id, { unlimited: true })
    host.clock.now = START + 660_000
    await settleDueAttempts(host.deps, 1000)
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ finishedAt: null, settled: null })
    host.clock.now += 1
    await settleDueAttempts(host.deps, 1000)
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ finishedAt: START + 660_000, score: 1000 })
    host.clock.now += 1000 * DAY
    await settleDueAttempts(host.deps, 1000)
    expect(await attemptRow(host.deps.db, endless.id)).toMatchObject({ finishedAt: null, settled: null })
  })

  it('goes beyond the closing of the quiz', async () => {
    const run = await begin({ ...TEN_MINUTES, closesAt: at(600) })
    expect((await extend(host, run.id, 300)).body.effective).toEqual({ deadline: at(900) })
    host.clock.now = START + 900_000
    expect((await run.respond('single', { choice: 'b' }, everything)).status).toBe(200)
    expect((await run.finish(everything)).body.attempt).toMatchObject({ finishReason: 'submitted', score: 1 })
  })

  it('is the only thing that moves a deadline', async () => {
    const run = await begin({ ...TEN_MINUTES, feedback: 'deferred' })
    const { quiz } = run.started.body.attempt
    host.clock.now += 300_000
    await run.respond('single', { choice: 'b' })
    await publish(host, quizDocument({ policy: { timeLimitSeconds: 7200, graceSeconds: 600 } }), quiz)
    await run.resume()
    await run.respond('truth', { choice: 'true' })
    expect((await viewByStaff(host, run.id)).body.attempt.deadline).toBe(at(600))
    host.clock.now = START + 600_001
    expect(problemOf(await run.respond('single', { choice: 'a' }, everything))).toEqual([409, 'attempt-finished'])
  })

  it('is taken by a log that takes no more responses', async () => {
    const run = await begin({ ...TEN_MINUTES, feedback: 'deferred' })
    await insertEvents(host.deps.db, run.id, 2000, (index) => ({
      responses: [{ question: 'single', response: { choice: 'abc'[index % 3] } }],
    }))
    expect((await run.respond('truth', { choice: 'true' })).body.code).toBe('attempt-log-full')
    expect((await extend(host, run.id, 60)).body.effective).toEqual({ deadline: at(660) })
  })
})

describe('what is extended at the same time as something else', () => {
  const moments = [
    { what: 'a response', happens: (run: Run) => run.respond('single', { choice: 'b' }, everything) },
    { what: 'a resume', happens: (run: Run) => run.resume(everything) },
  ]
  for (const { what, happens } of moments) {
    it(`is extended once, when ${what} comes just before it is written`, async () => {
      const run = await begin()
      await run.resume()
      host.faults.meanwhile(2, () => happens(run))
      expect((await extend(host, run.id, 60)).body.effective).toEqual({ deadline: at(660) })
      const types = await typesIn(run)
      expect(types.filter((type) => type === 'extended')).toHaveLength(1)
      expect(types.at(-1)).toBe('extended')
    })
  }

  it('by someone else is extended by both, each on what was there: 600 s × 1.5 × 1.5', async () => {
    const run = await begin()
    const other = await host.isolate()
    host.faults.meanwhile(2, () => extend(other, run.id, { factor: 1.5 }))
    expect((await extend(host, run.id, { factor: 1.5 })).body.effective).toEqual({ deadline: at(1350) })
    const deadlines = (await readLog(host, run.id)).map(({ body }) => body.deadline)
    expect(deadlines).toEqual([at(900), at(1350)])
    expect((await attemptRow(host.deps.db, run.id)).due).toBe(START + 1_350_000)
  })

  it('by someone who lifts the deadline is refused', async () => {
    const run = await begin()
    const other = await host.isolate()
    host.faults.meanwhile(2, () => extend(other, run.id, { unlimited: true }))
    expect(problemOf(await extend(host, run.id, 60))).toEqual([422, 'invalid-input', ' inconsistent'])
    expect(await typesIn(run)).toEqual(['extended'])
  })

  it('is refused when the learner has finished just before it is written', async () => {
    const run = await begin()
    await run.resume()
    host.faults.meanwhile(2, () => run.finish())
    expect(problemOf(await extend(host, run.id, 60))).toEqual([409, 'attempt-finished'])
    expect(await typesIn(run)).toEqual(['finished'])
    expect((await attemptRow(host.deps.db, run.id)).due).toBe(START + 600_000)
  })

  it('is refused when its time ran out just before it is written, and someone has seen it', async () => {
    const run = await begin()
    const other = await host.isolate()
    host.clock.now = START + 600_000
    host.faults.meanwhile(2, async () => {
      host.clock.now += 1
      await settleDueAttempts(other.deps, 1000)
    })
    expect(problemOf(await extend(host, run.id, 60))).toEqual([409, 'attempt-finished'])
    const view = (await viewByStaff(host, run.id)).body.attempt
    expect(view).toMatchObject({ finishReason: 'expired', finishedAt: at(600), deadline: at(600) })
  })

  it('stays extended when the timer decided to end it just before', async () => {
    host.clock.now = START + 600_001
    await settleDueAttempts(host.deps, 1000)
    const run = await begin()
    await run.resume()
    const other = await host.isolate()
    host.clock.now = START + 600_001
    // The timer looks, reads the attempt, and only then an extension comes that was decided in time.
    host.faults.meanwhile(3, async () => {
      host.clock.now = START + 600_000
      await extend(other, run.id, 60)
      host.clock.now = START + 600_001
    })
    await settleDueAttempts(host.deps, 1)
    expect(await typesIn(run)).toEqual(['extended'])
    expect((await run.resume()).body.attempt).toMatchObject({ status: 'active', deadline: at(660) })
  })

  it('or expires at the same moment: one of the two, and all agree which', async () => {
    const other = await host.isolate()
    for (let round = 0; round < 12; round++) {
      const run = await begin()
      await run.respond('single', { choice: 'b' }, everything)
      host.clock.now = START + 600_000
      const expiring = async () => {
        host.clock.now += 1
        const look = round % 4 < 2 ? run.resume(everything) : viewByStaff(other, run.id)
        await look
      }
      const extending = () => extend(other, run.id, 60)
      const [answer] = await Promise.all(
        round % 2 === 0 ? [extending(), expiring()] : [expiring(), extending()].toReversed(),
      )
      const extended = (answer as Awaited<ReturnType<typeof extend>>).status === 200
      const types = await typesIn(run)
      expect(types).toEqual(['responded', extended ? 'extended' : 'finished'])
      const { attempt } = (await run.resume(everything)).body
      const outcome = extended
        ? { status: 'active', deadline: at(660), finishReason: null }
        : { status: 'finished', deadline: at(600), finishReason: 'expired' }
      expect(attempt).toMatchObject({ ...outcome, score: 1 })
      const { due, finishedAt } = await attemptRow(host.deps.db, run.id)
      expect([due, finishedAt]).toEqual(extended ? [START + 660_000, null] : [START + 600_000, START + 600_000])
    }
  })

  it('by twenty at once is extended by all of them: twenty times a second', async () => {
    const run = await begin()
    const other = await host.isolate()
    const answers = await atOnce(20, (index) => extend(index % 2 === 0 ? host : other, run.id, 1))
    expect(countBy(answers, ({ status }) => status)).toEqual({ 200: 20 })
    const deadlines = (await readLog(host, run.id)).map(({ body }) => body.deadline)
    expect(deadlines).toEqual(Array.from({ length: 20 }, (_, index) => at(601 + index)))
    expect((await attemptRow(host.deps.db, run.id)).due).toBe(START + 620_000)
  })
})
