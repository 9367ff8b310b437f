import { describe, expect, it } from 'vitest'
import type { AttemptBody } from './history.ts'
import type { RaceCall, RacedAttempt } from './race-attempt.ts'
import { raceQuizzes, worthOf } from './race-quizzes.ts'
import { judgeRace, newRaceVerdict } from './race-verdict.ts'
import type { StoredAttempt, StoredEvent } from './stored.ts'

/** An attempt at a quiz with a second of grace: `b` was in time, `c` in the time of grace, `d` late and `e` after the finish. */
const DEADLINE = 100_000
const DUE = DEADLINE + 1000
const [quiz] = raceQuizzes(4)

const attemptAt = (serverTime: number, status: 'active' | 'finished') => ({
  id: 'att_1',
  status,
  finishReason: status === 'finished' ? 'expired' : null,
  deadline: new Date(DEADLINE).toISOString(),
  finishedAt: status === 'finished' ? new Date(DEADLINE).toISOString() : null,
  serverTime: new Date(serverTime).toISOString(),
  answeredCount: 1,
  score: worthOf('c'),
  questions: [{ id: 'race', status: 'partially-correct', tries: 2, triesLeft: null, score: worthOf('c') }],
})
const result = {
  question: 'race',
  response: { choice: 'c' },
  status: 'partially-correct',
  score: 0,
  triesLeft: null,
  duplicate: false,
  feedback: null,
  explanation: null,
  answer: null,
}

function accepted(choice: string, at: number, number: number): RaceCall {
  const results = [{ ...result, refused: null, try: number }]
  return {
    choice,
    sentAt: at - 5,
    answeredAt: at + 5,
    status: 200,
    body: { attempt: attemptAt(at + 4, 'active'), results },
  }
}

function refused(choice: string, at: number): RaceCall {
  const results = [{ ...result, explanation: {}, refused: 'attempt-finished', try: 2 } as const]
  return { choice, sentAt: at - 5, answeredAt: at + 5, status: 409, body: { code: 'attempt-finished', results } }
}

function event(seq: number, at: number, choice?: string): StoredEvent {
  const body = choice === undefined ? {} : { responses: [{ question: 'race', response: { choice } }] }
  return { seq, id: `event-${seq}`, at, type: choice === undefined ? 'finished' : 'responded', body }
}

const b = accepted('b', DEADLINE - 500, 1)
const c = accepted('c', DUE - 10, 2)
const d = refused('d', DUE + 20)
const e = refused('e', DUE + 100)
const end: AttemptBody = { attempt: attemptAt(DUE + 200, 'finished'), results: [], receipt: 'a receipt' }
const raced: RacedAttempt = { id: 'att_1', quiz, deadline: DEADLINE, calls: [b, c, d, e], ends: [end, end] }
const log = [event(1, DEADLINE - 500, 'b'), event(2, DUE - 10, 'c'), event(3, DUE + 20, 'd'), event(4, DUE + 21)]
const stored: StoredAttempt = {
  id: 'att_1',
  quiz: quiz.id,
  deadline: DEADLINE,
  finishedAt: DEADLINE,
  settled: 4,
  score: worthOf('c') * 1000,
  log,
}

function judged(change: Partial<RacedAttempt>, changed: Partial<StoredAttempt> = {}) {
  const verdict = newRaceVerdict()
  judgeRace(verdict, { ...raced, ...change }, { ...stored, ...changed })
  return verdict
}

it('what was accepted in time, and refused after it, is in order', () => {
  expect(judged({})).toEqual({ accepted: 2, inGrace: 1, refused: 2, late: 1, releases: 2, violations: [] })
})

/** Looked at for the second time it is another one. */
function withEnd(change: object): Partial<RacedAttempt> {
  return { ends: [end, { ...end, attempt: { ...end.attempt!, ...change } }] }
}

describe('a race is lost', () => {
  it.each<[string, Partial<RacedAttempt>, Partial<StoredAttempt>, string]>([
    ['by what was accepted too late', { calls: [b, c, { ...d, ...accepted('d', DUE + 20, 3) }] }, {}, 'was accepted'],
    ['by what was refused too early', { calls: [b, refused('c', DUE - 10)] }, {}, 'was refused'],
    [
      'by what was accepted and is nowhere',
      {},
      { log: [log[0]!, event(2, DUE + 20, 'd'), event(3, DUE + 21)], settled: 3 },
      'not in the log in time',
    ],
    [
      'by what was refused and counts',
      { calls: [b, c, refused('d', DUE - 1)] },
      { log: log.with(2, event(3, DUE - 1, 'd')) },
      'is in the log in time',
    ],
    ['by what counts twice', {}, { log: log.with(2, event(3, DUE - 1, 'c')) }, 'counts twice'],
    ['by a try of another number', { calls: [b, accepted('c', DUE - 10, 3)] }, {}, 'is try 3'],
    ['by an attempt that does not finish', {}, { log: log.slice(0, 3), settled: 3, finishedAt: null }, 'not finished'],
    ['by one that finishes twice', {}, { log: [...log, event(5, DUE + 30)], settled: 5 }, 'finishes 2 times'],
    [
      'by what is told before the finish is in the log',
      { calls: [b, c, refused('d', DUE + 10)] },
      {},
      '6 ms before the finish',
    ],
    ['by another reason', withEnd({ finishReason: 'submitted' }), {}, 'it ended as'],
    ['by another score', withEnd({ score: worthOf('d') }), {}, 'it ended as'],
    ['by another time', withEnd({ finishedAt: new Date(DUE).toISOString() }), {}, 'it ended as'],
    ['by a row with another score', {}, { score: 1 }, 'it is settled'],
    ['by an error', { calls: [{ ...e, status: 500 }] }, {}, 'came to 500'],
  ])('%s', (_, change, changed, finding) => {
    expect(judged(change, changed).violations.join('\n')).toContain(finding)
  })
})
