import { beforeEach, describe, expect, it } from 'vitest'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { newQuizId, publish, type Run, start, startFor } from '../support/actions.ts'
import { atOnce } from '../support/at-once.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { essay } from '../support/every-type.ts'
import { ROOT_KEY, type TestHost } from '../support/host.ts'
import { erase } from '../support/learners.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { change, createTellingHost, deliveriesOf, LMS, type Receivers, tell } from '../support/receivers.ts'
import { publishAgain, regrade } from '../support/regrades.ts'
import { attemptRow } from '../support/rows.ts'
import { grade, override } from '../support/staff-words.ts'
import { countRows } from '../support/tables.ts'

/** What is to be told is written with what it tells about: exactly once, whatever fails. */

let host: TestHost
let receivers: Receivers

beforeEach(async () => {
  ;({ host, receivers } = await createTellingHost())
  await emptyDatabase(host.deps.db)
})

const everything = { releases: 'everything' } as const
const rows = async () => (await countRows(host.deps.db))['webhookDeliveries']

/** What waits for an endpoint or has gone to it, by what it tells: `finished 3` for a type and its seq. */
async function outboxOf(id: string): Promise<string[]> {
  const deliveries = await deliveriesOf(host, id)
  return deliveries.map((each) => /_(\d+_[a-z]+|published)_/.exec(each.id)![1]!.replace('_', ' ')).toSorted()
}

const submit = (quiz: string, options: Json = {}) =>
  host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
    body: { responses: [{ question: 'single', response: { choice: 'b' } }] },
    ...everything,
    ...options,
  })
const keyed = (name: string) => ({ headers: { 'Idempotency-Key': `the-key-of-${name}-in-this-test` } })

const passing = () => quizDocument({ questions: [singleChoice('single')], policy: { passingScore: 0.5 } })
const withEssay = () => quizDocument({ questions: [singleChoice('single'), essay('essay')] })

describe('an endpoint', () => {
  it('that is not there costs no row, and is told nothing later', async () => {
    const quiz = await publish(host, passing())
    const run = await start(host, quiz)
    await submit(quiz)
    await run.finish(everything)
    expect(await rows()).toBe(0)
    await tell(host)
    await run.finish(everything)
    await settleDueAttempts(host.deps)
    await host.idle()
    expect(receivers.received).toEqual([])
  })

  it('hears what it asked for, of the quizzes that it asked for, while it is not disabled', async () => {
    const [one, two] = [newQuizId(), newQuizId()]
    const all = await tell(host, 'all.school.org')
    const finished = await tell(host, 'finished.school.org', { events: ['attempt.finished'] })
    const second = await tell(host, 'second.school.org', { quizzes: [two] })
    const both = await tell(host, 'both.school.org', {
      quizzes: [one, two],
      events: ['attempt.passed', 'quiz.published'],
    })
    const pings = await tell(host, 'pings.school.org', { events: ['ping'] })
    const disabled = await tell(host, 'disabled.school.org')
    await change(host, disabled.id, { disabled: true })
    for (const quiz of [one, two]) {
      await publish(host, passing(), quiz)
      await submit(quiz)
    }
    const whole = ['0 started', '2 finished', '2 passed', 'published']
    expect(await outboxOf(all.id)).toEqual([...whole, ...whole].toSorted())
    expect(await outboxOf(finished.id)).toEqual(['2 finished', '2 finished'])
    expect(await outboxOf(second.id)).toEqual(whole)
    expect(await outboxOf(both.id)).toEqual(['2 passed', '2 passed', 'published', 'published'])
    expect(await outboxOf(pings.id)).toEqual([])
    expect(await outboxOf(disabled.id)).toEqual([])
  })

  it('that matches only later is not told of what is over', async () => {
    const quiz = await publish(host, passing())
    const { id } = await tell(host, LMS, { events: ['attempt.passed'] })
    await submit(quiz)
    await change(host, id, { events: ['attempt.finished', 'attempt.passed'] })
    await submit(quiz)
    expect(await outboxOf(id)).toEqual(['2 finished', '2 passed', '2 passed'])
  })

  it('has ids of its own, made from attempt, seq and endpoint', async () => {
    const [first, second] = [await tell(host, 'a.school.org'), await tell(host, 'b.school.org')]
    const quiz = await publish(host, passing())
    const { attempt } = (await submit(quiz)).body
    await host.idle()
    const idsAt = (name: string) => receivers.to(name).map(({ id }) => id)
    const own = (id: string) =>
      ['0_started', '2_finished', '2_passed'].map((part) => `msg_${attempt.id.slice(4)}_${part}_${id.slice(4)}`)
    expect(idsAt('a.school.org')).toEqual(expect.arrayContaining(own(first.id)))
    expect(idsAt('b.school.org')).toEqual(expect.arrayContaining(own(second.id)))
    expect(new Set(receivers.received.map(({ id }) => id)).size).toBe(8)
  })

  it('that came after an attempt was finished is told of a later word of staff alone', async () => {
    const run = await start(host, await publish(host, withEssay()))
    await run.respond('essay', { text: 'It depends.' }, everything)
    await run.finish(everything)
    const { id } = await tell(host)
    await grade(host, run.id, 5)
    expect(await outboxOf(id)).toEqual(['3 graded', '3 passed'])
  })

  it('that came between a finish and its settling is not told twice, nor of what others have settled', async () => {
    const run = await start(host, await publish(host, passing()))
    const other = await host.isolate()
    let late: { id: string } | undefined
    // The finish has been appended; another settles it, and then someone begins to listen.
    host.faults.meanwhile(2, async () => {
      await settleDueAttempts(other.deps)
      late = await tell(other)
    })
    expect((await run.finish(everything)).status).toBe(200)
    expect((await attemptRow(host.deps.db, run.id)).settled).toBe(1)
    expect(await outboxOf(late!.id)).toEqual([])
  })
})

/** Something that is to be told once, and what the outbox says then. `act` is what the caller does, and does again. */
interface Telling {
  readonly what: string
  readonly before: () => Promise<Run | string>
  readonly act: (given: any, key: string) => Promise<unknown>
  readonly told: readonly string[]
}

const answered = async (): Promise<Run> => {
  const run = await start(host, await publish(host, withEssay()))
  await run.respond('essay', { text: 'It depends.' }, everything)
  return run
}
const finished = async (): Promise<Run> => {
  const run = await answered()
  await run.finish(everything)
  return run
}

const TELLINGS: readonly Telling[] = [
  {
    what: 'a start',
    before: () => publish(host, passing()),
    act: (quiz, key) => start(host, quiz, keyed(key)),
    told: ['0 started'],
  },
  {
    what: 'a start for a named learner',
    before: () => publish(host, passing()),
    act: (quiz, key) => startFor(host, quiz, 'ada', keyed(key)),
    told: ['0 started'],
  },
  {
    what: 'a submission in one call',
    before: () => publish(host, passing()),
    act: (quiz, key) => submit(quiz, keyed(key)),
    told: ['0 started', '2 finished', '2 passed'],
  },
  { what: 'a finish', before: answered, act: (run: Run) => run.finish(everything), told: ['2 finished'] },
  {
    what: 'an expiry that the timer finds',
    before: async () => {
      const run = await start(host, await publish(host, { ...passing(), policy: { timeLimitSeconds: 60 } }))
      host.clock.now += 61_000
      return run
    },
    act: () => settleDueAttempts(host.deps),
    told: ['1 finished'],
  },
  {
    what: 'a grade',
    before: finished,
    act: (run: Run, key) => grade(host, run.id, 5, {}, keyed(key)),
    told: ['3 graded', '3 passed'],
  },
  {
    what: 'an override',
    before: finished,
    act: (run: Run, key) => override(host, run.id, [null, 0], keyed(key)),
    told: ['3 graded'],
  },
  {
    what: 'a publication',
    before: async () => newQuizId(),
    act: (quiz: string) => publish(host, passing(), quiz),
    told: ['published'],
  },
]

describe('faults before and after any batch leave exactly the right notices, after a retry and the timer', () => {
  for (const { what, before, act, told } of TELLINGS) {
    it(what, async () => {
      let failed = 0
      for (let batch = 1; batch <= 6; batch++) {
        for (const kind of ['before', 'after'] as const) {
          await emptyDatabase(host.deps.db)
          host.clock.now += 1000
          const given = await before()
          const { id } = await tell(host)
          const key = `${what.replaceAll(' ', '-')}-${batch}-${kind}`
          host.faults[kind](batch)
          const outcome = await act(given, key).then(
            (answer: any) => answer?.status ?? 200,
            () => 503,
          )
          await host.idle()
          host.faults.clear()
          if (outcome >= 500) failed += 1
          await act(given, key)
          await settleDueAttempts(host.deps)
          await host.idle()
          expect([batch, kind, await outboxOf(id)]).toEqual([batch, kind, told])
          const ids = receivers.received.map((each) => each.id)
          expect(new Set(ids).size).toBe(ids.length)
        }
      }
      expect(failed + (what.includes('expiry') ? 1 : 0)).toBeGreaterThan(0)
    })
  }

  it('a regrade', async () => {
    for (let batch = 1; batch <= 12; batch++) {
      for (const kind of ['before', 'after'] as const) {
        await emptyDatabase(host.deps.db)
        const quiz = await publish(host, passing())
        const { attempt } = (await submit(quiz)).body
        const revision = await publishAgain(
          host,
          quiz,
          quizDocument({ questions: [singleChoice('single', { key: 'a' })] }),
        )
        const { id } = await tell(host)
        host.faults[kind](batch)
        await regrade(host, quiz, { revision }).catch(() => undefined)
        host.faults.clear()
        host.clock.now += 120_000
        await regrade(host, quiz, { revision })
        await settleDueAttempts(host.deps)
        await host.idle()
        expect([batch, kind, await outboxOf(id)]).toEqual([batch, kind, ['3 regraded']])
        expect((await attemptRow(host.deps.db, attempt.id)).settled).toBe(3)
      }
    }
  })
})

describe('at once', () => {
  it('eight who settle one attempt tell of it once, with one body', async () => {
    const { id } = await tell(host)
    const run = await answered()
    const others = await Promise.all(Array.from({ length: 7 }, () => host.isolate()))
    await Promise.all([
      run.finish(everything),
      ...others.map((other) =>
        other.client.call('POST', `/v1/attempts/${run.id}/finish`, { token: run.token, ...everything }),
      ),
    ])
    await Promise.all([host, ...others].map((each) => each.idle()))
    expect((await outboxOf(id)).filter((one) => one.includes('finished'))).toEqual(['2 finished'])
    const bodies = receivers.received.filter(({ body }) => body.type === 'attempt.finished').map(({ text }) => text)
    expect(new Set(bodies).size).toBe(1)
  })

  it('eight starts with one key are told of as one, and eight of a named learner too', async () => {
    const { id } = await tell(host, LMS, { events: ['attempt.started'] })
    const quiz = await publish(host, passing())
    await atOnce(8, () => start(host, quiz, keyed('one-start')))
    await atOnce(8, () => startFor(host, quiz, 'ada'))
    await host.idle()
    expect(await outboxOf(id)).toEqual(['0 started', '0 started'])
  })

  it('a settler that comes late, when staff have spoken since, adds nothing', async () => {
    const { id } = await tell(host, LMS, { events: ['attempt.finished', 'attempt.graded'] })
    const run = await answered()
    const other = await host.isolate()
    host.faults.meanwhile(2, async () => {
      await settleDueAttempts(other.deps)
      await grade(other, run.id, 2)
    })
    expect((await run.finish(everything)).status).toBe(200)
    expect(await outboxOf(id)).toEqual(['2 finished', '3 graded'])
  })
})

describe('an erasure', () => {
  it('takes along what was told of the learner, and leaves what was told of others', async () => {
    const { id } = await tell(host)
    const quiz = await publish(host, passing())
    for (const learner of ['ada', 'grace']) {
      await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
        token: ROOT_KEY,
        body: { learner: { id: learner }, responses: [] },
        ...everything,
      })
    }
    await host.idle()
    expect(await outboxOf(id)).toEqual(['0 started', '0 started', '2 finished', '2 finished', 'published'])
    expect((await erase(host, 'ada')).status).toBe(204)
    expect(await outboxOf(id)).toEqual(['0 started', '2 finished', 'published'])
  })
})
