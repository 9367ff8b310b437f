import { describe, expect, it } from 'vitest'
import { viewOf } from './attempt-model.ts'
import { growthOf, reportMemory } from './memory.ts'
import { TRIES } from './quizzes.ts'
import type { StoredAttempt, StoredEvent } from './stored.ts'
import { type Ended, judgeStored, newVerdict } from './verdict.ts'

/** A finished attempt: one question right at the second try, one wrong. */
const log: StoredEvent[] = [
  responded(1, 'q1', 'c'),
  responded(2, 'q1', 'a'),
  responded(3, 'q2', 'a'),
  { seq: 4, id: 'event-4', at: 1004, type: 'finished', body: {} },
]
const stored: StoredAttempt = {
  id: 'att_1',
  quiz: 'tries',
  deadline: null,
  finishedAt: 1004,
  settled: 4,
  score: 1000,
  log,
}
const accepted = { q1: 'ca', q2: 'a', q3: '', q4: '' }
const asked = { status: 'finished', answered: 0, score: 0, questions: [], results: [] } as const
const ended: Ended = {
  id: 'att_1',
  quiz: TRIES,
  requests: 3,
  last: viewOf(TRIES.rules, { finished: true, accepted }, { kind: 'view', view: asked, of: null }),
}

function responded(seq: number, question: string, choice: string): StoredEvent {
  const body = { responses: [{ question, response: { choice } }] }
  return { seq, id: `event-${seq}`, at: 1000 + seq, type: 'responded', body }
}

function numbered(events: readonly StoredEvent[]): StoredEvent[] {
  return events.map((event, index) => ({ ...event, seq: index + 1 }))
}

function violations(change: Partial<StoredAttempt>): string[] {
  const verdict = newVerdict()
  judgeStored(verdict, ended, { ...stored, ...change })
  return verdict.violations
}

describe('what the file holds of an attempt', () => {
  it('is what its clients saw', () => {
    expect(violations({})).toEqual([])
  })

  it('may hold a request twice that was sent twice, for it has one id', () => {
    const twice = numbered([log[0]!, log[1]!, log[1]!, log[2]!, log[3]!])
    expect(violations({ log: twice, settled: 5 })).toEqual([])
  })

  it.each<[string, Partial<StoredAttempt>, string]>([
    ['lacks an acknowledged response', { log: numbered(log.toSpliced(1, 1)), settled: 3 }, 'its log says'],
    ['lacks the number of an event', { log: log.toSpliced(1, 1) }, 'event 2 has the number 3'],
    [
      'holds more than was sent',
      { log: numbered([log[0]!, { ...log[0]!, id: 'other' }, ...log.slice(1)]), settled: 5 },
      '3 requests have left 4',
    ],
    ['finishes twice', { log: numbered([...log, { ...log[3]!, id: 'other' }]), settled: 5 }, 'finishes 2 times'],
    ['goes on after the finish', { log: numbered([...log.slice(0, 2), log[3]!, log[2]!]) }, 'goes on after the finish'],
    ['goes back in time', { log: log.with(1, { ...log[1]!, at: 1000 }) }, 'event 2 is earlier'],
    ['is finished in the log alone', { finishedAt: null }, 'do not agree'],
    ['is not settled', { settled: null }, 'settled at null'],
    ['is settled with another score', { score: 2000 }, 'with 2000'],
  ])('is refused where it %s', (_, change, finding) => {
    expect(violations(change).join('\n')).toContain(finding)
  })

  it('is refused where it is not there', () => {
    const verdict = newVerdict()
    judgeStored(verdict, ended, undefined)
    expect(verdict.violations).toEqual(['att_1 is not in the file.'])
  })
})

describe('memory', () => {
  const mebibyte = 1024 * 1024
  const samples = (growth: number) =>
    Array.from({ length: 30 }, (_, index) => ({ rss: 300 * mebibyte, heap: (40 + index * growth) * mebibyte }))

  it('may breathe', () => {
    expect(growthOf(reportMemory(samples(0.3)))).toEqual([])
  })

  it('may not grow all the time', () => {
    expect(growthOf(reportMemory(samples(2)))).toEqual(['heap has grown from 49.0 MiB to 89.0 MiB.'])
  })
})
