import { beforeAll, describe, expect, it } from 'vitest'
import { attemptEvents } from '../../src/db/schema.ts'
import { publish, type Run, start } from '../support/actions.ts'
import { issueKey } from '../support/api-keys.ts'
import type { Answer } from '../support/client.ts'
import { essay, shortText } from '../support/every-type.ts'
import { createHost, START, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { attemptRow, insertEvents, logOf } from '../support/rows.ts'
import { extend, grade, override, readLog, say, STAFF } from '../support/staff-words.ts'

const everything = { releases: 'everything' } as const
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString()

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const eventsPath = (run: Run, query = '') => `/v1/attempts/${run.id}/events${query}`
const readPage = (run: Run, query = ''): Promise<Answer> => host.client.call('GET', eventsPath(run, query), STAFF)

const questions = (key = 'b') => [singleChoice('single', { key }), essay('essay')]
const POLICY = { tries: 2, penalty: 0.25, timeLimitSeconds: 600, graceSeconds: 5 }

describe('the log of an attempt', () => {
  let quiz: string
  let run: Run
  /** The log as it was read after each step. */
  const readings: any[][] = []
  let grader: { id: string; secret: string }

  const steps: { what: string; act: () => Promise<unknown>; said: Json; responses?: Json[]; after: Json }[] = [
    {
      what: 'a wrong answer',
      act: () => run.respond('single', { choice: 'a' }, everything),
      said: { type: 'responded', by: null },
      responses: [{ question: 'single', try: 1, verdict: 'incorrect', score: 0 }],
      after: { score: 0, pending: false },
    },
    {
      what: 'a right one, less the penalty, with an essay that waits',
      act: () => {
        const headers = { 'Idempotency-Key': 'a-key-that-a-learner-sends-twice' }
        const essayAnswer = { question: 'essay', response: { text: 'It depends.' } }
        return run.respondAll([{ question: 'single', response: { choice: 'b' } }, essayAnswer], {
          ...everything,
          headers,
        })
      },
      said: { type: 'responded', by: null },
      responses: [
        { question: 'single', try: 2, verdict: 'correct', score: 0.75 },
        { question: 'essay', try: 1, verdict: 'pending', score: null },
      ],
      after: { score: 0.75, pending: true },
    },
    {
      what: 'the same request again: it counts for nothing',
      act: () => steps[1]!.act(),
      said: { type: 'responded', by: null, counted: false },
      after: { score: 0.75, pending: true },
    },
    {
      what: 'an answer that is one too many, and one that repeats a try',
      act: () =>
        run.respondAll(
          [
            { question: 'single', response: { choice: 'c' } },
            { question: 'essay', response: { text: 'It depends.' } },
          ],
          everything,
        ),
      said: { type: 'responded', by: null },
      responses: [
        { question: 'single', try: null, verdict: null, score: null, refused: 'no-tries-left' },
        { question: 'essay', try: 1, verdict: 'pending', score: null, duplicate: true },
      ],
      after: { score: 0.75, pending: true },
    },
    {
      what: 'a grade',
      act: () => grade(host, run.id, 4, { comment: 'Quite *good*.' }, { token: grader.secret }),
      said: {
        type: 'graded',
        body: {
          question: 'essay',
          score: 4,
          of: 5,
          comment: { markdown: 'Quite *good*.', html: '<p>Quite <em>good</em>.</p>' },
        },
      },
      after: { score: 4.75, pending: false },
    },
    {
      what: 'an extension',
      act: () => extend(host, run.id, { factor: 1.5, reason: 'Reads slowly' }),
      said: {
        type: 'extended',
        by: 'root',
        body: { deadline: at(900), extension: { factor: 1.5 }, reason: 'Reads slowly' },
      },
      after: { score: 4.75, deadline: at(900) },
    },
    {
      what: 'an override of a question',
      act: () => override(host, run.id, ['single', 0.5]),
      said: {
        type: 'overridden',
        by: 'root',
        body: { question: 'single', score: 0.5, of: 1, reason: 'The question was unclear' },
      },
      after: { score: 4.5 },
    },
    {
      what: 'an extension that lifts the deadline',
      act: () => extend(host, run.id, { unlimited: true }),
      said: { type: 'extended', body: { deadline: null, extension: { unlimited: true }, reason: 'The power was out' } },
      after: { score: 4.5, deadline: null },
    },
    {
      what: 'the finish',
      act: () => run.finish(everything),
      said: { type: 'finished', by: null, body: {} },
      after: { score: 4.5, deadline: null, status: 'finished' },
    },
    {
      what: 'an override of the whole',
      act: () => say(host, 'overrides', run.id, { score: 1.25, reason: 'Copied' }),
      said: { type: 'overridden', body: { question: null, score: 1.25, of: 6, reason: 'Copied' } },
      after: { score: 1.25 },
    },
    {
      what: 'another grade, under the override',
      act: () => grade(host, run.id, 5),
      said: { type: 'graded', body: { question: 'essay', score: 5, of: 5, comment: null } },
      after: { score: 1.25 },
    },
    {
      what: 'an override that is taken back',
      act: () => say(host, 'overrides', run.id, { score: null, reason: 'It was someone else' }),
      said: { type: 'overridden', body: { question: null, score: null, reason: 'It was someone else' } },
      after: { score: 5.5 },
    },
    {
      what: 'another one, of the question',
      act: () => override(host, run.id, ['single', null]),
      said: { type: 'overridden', body: { question: 'single', score: null, reason: 'The question was unclear' } },
      after: { score: 5.75 },
    },
    {
      what: 'a regrade, by which the second of the two tries is wrong: 0 less the penalty is 0',
      act: async () => {
        await publish(host, quizDocument({ questions: questions('a'), policy: POLICY }), quiz)
        const { revision } = (await host.client.call('GET', `/v1/quizzes/${quiz}`)).body
        const body = { revision, rule: 'new-key', reason: 'The key was wrong' }
        await host.client.call('POST', `/v1/quizzes/${quiz}/regrades`, { ...STAFF, body })
        await host.idle()
      },
      said: { type: 'regraded', by: 'root' },
      after: { score: 5 },
    },
  ]

  beforeAll(async () => {
    host.clock.now = START
    quiz = await publish(host, quizDocument({ questions: questions(), policy: POLICY }))
    run = await start(host, quiz)
    grader = await issueKey(host, 'grading:write')
    readings.push(await readLog(host, run.id))
    for (const { act } of steps) {
      host.clock.now += 1500
      await act()
      readings.push(await readLog(host, run.id))
    }
  })

  it('is empty before anything has happened, and then has one event a step', () => {
    expect(readings.map((events) => events.length)).toEqual([0, ...steps.map((_, index) => index + 1)])
  })

  for (const [index, { what, said, responses = [], after }] of steps.entries()) {
    it(`tells of ${what}, and what it came to then`, () => {
      const [event] = readings.at(-1)!.slice(index)
      expect(event).toMatchObject({ seq: index + 1, at: at((index + 1) * 1.5), counted: true, ...said })
      expect(event.responses).toEqual(responses.map((each) => ({ duplicate: false, refused: null, ...each })))
      expect(event.after).toEqual({
        status: index < 8 ? 'active' : 'finished',
        deadline: index < 5 ? at(600) : index < 7 ? at(900) : null,
        maxScore: 6,
        pending: false,
        ...after,
      })
      expect(event.body).toEqual(said['body'] ?? event.body)
    })
  }

  it('never changes: what was read once is read again, whatever happens after it', () => {
    for (const [count, events] of readings.entries()) expect(readings.at(-1)!.slice(0, count)).toEqual(events)
  })

  it('tells by which API key something was said, and has one id for what was sent twice', () => {
    const events = readings.at(-1)!
    expect(events[4].by).toBe(grader.id)
    expect(events[2].id).toBe(events[1].id)
    expect(events[2].body).toEqual(events[1].body)
    expect(new Set(events.map(({ id }) => id)).size).toBe(steps.length - 1)
  })

  it('holds what was answered as it was sent', () => {
    expect(readings.at(-1)![1].body).toEqual({
      responses: [
        { question: 'single', response: { choice: 'b' } },
        { question: 'essay', response: { text: 'It depends.' } },
      ],
    })
  })

  it('says of a regrade what was asked for', () => {
    const { body } = readings.at(-1)!.at(-1)
    expect(body).toMatchObject({ rule: 'new-key', questions: null, map: {}, reason: 'The key was wrong' })
    expect(body.regrade).toMatch(/^rgr_/)
    expect(body.revision).toMatch(/^rev_/)
  })

  it('is the same in pages of any size', async () => {
    const whole = readings.at(-1)!
    for (const limit of [1, 3, steps.length - 1, steps.length, 200]) {
      expect(await readLog(host, run.id, limit)).toEqual(whole)
    }
    const page = await readPage(run, `?limit=${steps.length}`)
    expect(page.body.nextCursor).toBeNull()
  })
})

describe('a page of the log', () => {
  it('goes on where the one before ended, also when the log has grown in between', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { feedback: 'deferred' } })))
    await run.respond('single', { choice: 'a' })
    await run.respond('single', { choice: 'b' })
    const first = await readPage(run, '?limit=1')
    await run.respond('truth', { choice: 'true' })
    const second = await readPage(run, `?limit=2&cursor=${first.body.nextCursor}`)
    expect([...first.body.events, ...second.body.events].map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(second.body.nextCursor).toBeNull()
    const scores = [...first.body.events, ...second.body.events].map(({ after }) => after.score)
    // Saves have verdicts and a total for staff, long before the learner has.
    expect(scores).toEqual([0, 1, 2])
  })

  it('is refused with a limit or a cursor that is none, and is empty behind the end', async () => {
    const run = await start(host, await publish(host))
    for (const query of ['?limit=0', '?limit=201', '?limit=1.5', '?cursor=', '?cursor=x', '?cursor=LTE', '?page=2']) {
      expect(problemOf(await readPage(run, query)).slice(0, 2), query).toEqual([422, 'invalid-input'])
    }
    const behind = btoa('999').replaceAll('=', '')
    for (const query of ['', `?cursor=${behind}`]) {
      expect((await readPage(run, query)).body).toEqual({ events: [], nextCursor: null })
    }
  })

  it('is for staff alone, and of an attempt that is not there there is none', async () => {
    const run = await start(host, await publish(host))
    for (const token of [run.token, null]) {
      expect(problemOf(await host.client.call('GET', eventsPath(run), { token }))).toEqual([401, 'unauthorized'])
    }
    for (const id of ['att_none', `${run.id}x`]) {
      const answer = await host.client.call('GET', `/v1/attempts/${id}/events`, STAFF)
      expect(problemOf(answer)).toEqual([404, 'not-found'])
    }
  })

  it('of an attempt whose time is up ends with its end, though nobody had looked', async () => {
    host.clock.now = START
    const run = await start(
      host,
      await publish(host, quizDocument({ policy: { ...POLICY, feedback: 'deferred', tries: null } })),
    )
    await run.respond('single', { choice: 'b' })
    host.clock.now = START + 605_001
    const { events } = (await readPage(run)).body
    expect(events.map(({ type }: Json) => type)).toEqual(['responded', 'finished'])
    expect(events[1]).toMatchObject({
      at: at(605.001),
      by: null,
      after: { status: 'finished', deadline: at(600), score: 1 },
    })
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ finishedAt: START + 600_000, settled: 2 })
  })

  it('tells of a response that came too late, and of what came after the end', async () => {
    host.clock.now = START
    const policy = { timeLimitSeconds: 600 }
    const run = await start(host, await publish(host, quizDocument({ policy })))
    await run.respond('truth', { choice: 'true' }, everything)
    host.clock.now = START + 600_001
    await run.respondAll(
      [
        { question: 'single', response: { choice: 'b' } },
        { question: 'truth', response: { choice: 'true' } },
      ],
      everything,
    )
    // As an isolate could whose first look at the attempt was before its end.
    const body = { responses: [{ question: 'multiple', response: { choices: ['p'] } }] }
    const late = { attempt: run.id, seq: 4, id: 'evt_late', type: 'responded', at: host.clock.now } as const
    await host.deps.db.insert(attemptEvents).values({ ...late, body, size: 0 })
    const events = await readLog(host, run.id)
    const refused = { try: null, verdict: null, score: null, duplicate: false, refused: 'attempt-finished' }
    expect(events.map(({ type, responses }) => [type, responses])).toEqual([
      ['responded', [{ question: 'truth', try: 1, verdict: 'correct', score: 1, duplicate: false, refused: null }]],
      [
        'responded',
        [
          { question: 'single', ...refused },
          { question: 'truth', try: 1, verdict: 'correct', score: 1, duplicate: true, refused: null },
        ],
      ],
      ['finished', []],
      ['responded', [{ question: 'multiple', ...refused }]],
    ])
    expect(events.map(({ after }) => after.score)).toEqual([1, 1, 1, 1])
  })
})

/** The least of several, for others are at work on this machine too. */
async function timeOf(times: number, act: () => Promise<Answer>): Promise<number> {
  const durations: number[] = []
  for (let time = 0; time < times; time++) {
    const began = performance.now()
    expect((await act()).status).toBe(200)
    durations.push(performance.now() - began)
  }
  return Math.min(...durations)
}

describe('a page of 200 events of a log of 2,000', () => {
  const examples: { policy: Json; name: string }[] = [
    { name: 'saves', policy: { feedback: 'deferred' } },
    { name: 'tries of which the last counts', policy: { tries: null, penalty: 0.0001 } },
    { name: 'tries of which the best counts', policy: { tries: null, penalty: 0.0001, retryScoring: 'best' } },
  ]
  for (const { name, policy } of examples) {
    it(`takes no longer than forty resumes of the attempt, where it has ${name}`, async () => {
      const run = await start(host, await publish(host, quizDocument({ questions: [shortText('words')], policy })))
      await insertEvents(host.deps.db, run.id, 2000, (index) => ({
        responses: [{ question: 'words', response: { text: `wrong ${index}` } }],
      }))
      const resume = await timeOf(3, () => run.resume(everything))
      const last = `?limit=200&cursor=${btoa('1800').replaceAll('=', '')}`
      for (const query of ['?limit=200', last]) {
        expect(await timeOf(2, () => readPage(run, query))).toBeLessThan(40 * resume)
      }
      const { events, nextCursor } = (await readPage(run, last)).body
      expect([events.length, events[0].seq, nextCursor]).toEqual([200, 1801, null])
      expect(await logOf(host.deps.db, run.id)).toHaveLength(2000)
    })
  }
})
