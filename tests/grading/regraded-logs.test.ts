import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttemptEvent } from '../../src/grading/log.ts'
import { type Outcome, replay } from '../../src/grading/replay.ts'
import type { RegradeRule } from '../../src/grading/regrading.ts'
import { type Case, KEY, quizOf } from './arbitrary-logs.ts'
import type { GradedQuiz } from './graded-quiz.ts'
import { counterexampleWith } from './laws.ts'
import { model } from './model.ts'

/** Another version of a quiz: its keys, and what its questions are worth in thousandths. */
interface Target {
  readonly single: string
  readonly multiple: readonly string[]
  readonly truth: string
  readonly points: Readonly<Record<QuestionName, number>>
}
type QuestionName = 'single' | 'multiple' | 'truth'
const QUESTIONS = ['single', 'multiple', 'truth'] as const

const points = fc.constantFrom(1, 5, 1000, 2500, 9_999_999)
const targets: fc.Arbitrary<Target> = fc.record({
  single: fc.constantFrom('a', 'b', 'c'),
  multiple: fc.subarray(['p', 'q', 'r', 's', 't'], { minLength: 1 }),
  truth: fc.constantFrom('true', 'false'),
  points: fc.record({ single: points, multiple: points, truth: points }),
})

function targetOf(drawn: Case, target: Target): GradedQuiz {
  const { quiz, answerKey } = quizOf(drawn)
  const keys = {
    single: { choice: target.single },
    multiple: { choices: target.multiple },
    truth: { choice: target.truth },
  }
  const worth = (id: string) => target.points[id as QuestionName] / 1000
  return {
    quiz: { ...quiz, questions: quiz.questions.map((question) => ({ ...question, points: worth(question.id) })) },
    answerKey: { questions: answerKey.questions.map((key) => ({ ...key, key: keys[key.id as QuestionName] })) },
  }
}

function regraded(drawn: Case, target: Target, rules: readonly RegradeRule[], log = drawn.log): Outcome {
  const { quiz, answerKey } = quizOf(drawn)
  const words = rules.map((rule, index): AttemptEvent => ({
    seq: log.length + index + 1,
    id: `rgr_${index}`,
    at: log.at(-1)?.at ?? drawn.start.startedAt,
    type: 'regraded',
    body: { regrade: `rgr_${index}`, by: 'key', reason: 'A test', revision: 'r', rule, questions: null, map: {} },
  }))
  return replay(drawn.start, quiz, answerKey, [...log, ...words], new Map([['r', targetOf(drawn, target)]]))
}

const scoresOf = ({ questions }: Outcome) =>
  Object.fromEntries(questions.map(({ question, score }) => [question.id, score]))

/** The responses that counted, by what the model of an attempt says: of saves the last. */
function accepted(drawn: Case): Record<QuestionName, unknown[]> {
  const { events } = model(drawn)
  const taken: Record<QuestionName, unknown[]> = { single: [], multiple: [], truth: [] }
  const seen = new Set<string>()
  for (const event of drawn.log) {
    if (seen.has(event.id) || event.type !== 'responded') {
      seen.add(event.id)
      continue
    }
    seen.add(event.id)
    for (const [index, { duplicate, refused }] of events[event.id]!.entries()) {
      const { question, response } = event.body.responses[index]!
      if (duplicate || refused !== null) continue
      const tries = taken[question as QuestionName]
      if (!drawn.policy.counted) tries.length = 0
      tries.push(response)
    }
  }
  return taken
}

/** What the last of a question's tries earns by a key: its share, less a penalty for each before it, of the target's points. */
function scoreBy(drawn: Case, target: Target, question: QuestionName, key: Pick<Target, QuestionName>): number {
  const tries = accepted(drawn)[question]
  const last = tries.at(-1) as { choice?: string; choices?: string[] } | undefined
  if (last === undefined) return 0
  const right = [key[question]].flat()
  const hits = (last.choices ?? [last.choice!]).filter((each) => right.includes(each)).length
  const misses = (last.choices ?? [last.choice!]).length - hits
  const net = BigInt(Math.max(0, question === 'multiple' ? hits - misses : hits))
  const of = BigInt(right.length)
  const lost = BigInt(drawn.policy.penalty) * BigInt(tries.length - 1) * of
  const share = net * 1_000_000n - lost
  if (share <= 0n) return 0
  const exact = 2n * share * BigInt(target.points[question])
  const whole = 2n * of * 1_000_000n
  return Number((exact + of * 1_000_000n) / whole)
}

const OLD_KEY: Pick<Target, QuestionName> = KEY

const holds = (law: (drawn: Case, target: Target) => void) => expect(counterexampleWith(targets, law)).toBeNull()

/** The same where the last try counts and nobody is asked for certainty: what is scored below in a few lines. */
const holdsPlainly = (law: (drawn: Case, target: Target) => void) =>
  holds((drawn, target) =>
    law({ ...drawn, policy: { ...drawn.policy, retryScoring: 'last', certainty: false } }, target),
  )

describe('an arbitrary log that is regraded by arbitrary keys', () => {
  it('scores by the new key what had been accepted, and nothing else', () => {
    holdsPlainly((drawn, target) => {
      const outcome = regraded(drawn, target, ['new-key'])
      const expected = QUESTIONS.map((question) => [question, scoreBy(drawn, target, question, target)])
      expect(scoresOf(outcome)).toEqual(Object.fromEntries(expected))
      expect(outcome.score).toBe(expected.reduce((sum, [, score]) => sum + Number(score), 0))
      expect(outcome.maxScore).toBe(QUESTIONS.reduce((sum, question) => sum + target.points[question], 0))
    })
  })

  it('scores by both keys what is the better of the two, question by question', () => {
    holdsPlainly((drawn, target) => {
      const expected = QUESTIONS.map((question) => {
        const [old, now] = [OLD_KEY, target].map((key) => scoreBy(drawn, target, question, key))
        return [question, Math.max(old!, now!)]
      })
      expect(scoresOf(regraded(drawn, target, ['best-of-both']))).toEqual(Object.fromEntries(expected))
    })
  })

  it('gives everything, or nothing of nothing, whatever was answered', () => {
    holds((drawn, target) => {
      const full = regraded(drawn, target, ['full-credit'])
      const times = drawn.policy.certainty ? 3 : 1
      const everything = QUESTIONS.map((question) => [question, times * target.points[question]])
      expect(scoresOf(full)).toEqual(Object.fromEntries(everything))
      expect(full.score).toBe(full.maxScore)
      const dropped = regraded(drawn, target, ['drop-question'])
      expect([dropped.score, dropped.maxScore, dropped.points]).toEqual([0, 0, 0])
    })
  })

  it('accepts nothing more or less, ends when it ended, and opens nothing', () => {
    holds((drawn, target) => {
      const before = regraded(drawn, target, [])
      for (const rule of ['new-key', 'best-of-both', 'full-credit', 'drop-question'] as const) {
        const after = regraded(drawn, target, [rule])
        expect(after.finished).toEqual(before.finished)
        expect(after.questions.map(({ tries }) => tries.map(({ response }) => response))).toEqual(
          before.questions.map(({ tries }) => tries.map(({ response }) => response)),
        )
        for (const [index, { closed, triesLeft }] of before.questions.entries()) {
          const now = after.questions[index]!
          expect(now.closed || !closed).toBe(true)
          expect(now.triesLeft ?? Infinity).toBeLessThanOrEqual(triesLeft ?? Infinity)
        }
      }
    })
  })

  it('takes what comes later by the rules that went before, and no more tries than there were', () => {
    holds((drawn, target) => {
      const cut = Math.floor(drawn.log.length / 2)
      const then = regraded(drawn, target, ['new-key'], drawn.log.slice(0, cut)).questions
      const outcome = replayAround(drawn, target, cut)
      expect(outcome.score).toBeLessThanOrEqual(outcome.maxScore)
      for (const [index, { tries }] of outcome.questions.entries()) {
        if (!drawn.policy.counted) continue
        expect(tries.length).toBeLessThanOrEqual(drawn.policy.tries ?? Infinity)
        const { closed, tries: before } = then[index]!
        expect(tries.length).toBeLessThanOrEqual(closed ? before.length : Infinity)
      }
    })
  })

  it('twice comes to what it comes to once', () => {
    holds((drawn, target) => {
      for (const rule of ['new-key', 'best-of-both', 'full-credit', 'drop-question'] as const) {
        const [once, twice] = [regraded(drawn, target, [rule]), regraded(drawn, target, [rule, rule])]
        expect(scoresOf(twice)).toEqual(scoresOf(once))
        expect([twice.score, twice.maxScore, twice.points]).toEqual([once.score, once.maxScore, once.points])
      }
    })
  })

  it('by a key after everything else comes to what that key comes to alone', () => {
    holds((drawn, target) => {
      for (const rule of ['best-of-both', 'full-credit', 'drop-question'] as const) {
        expect(scoresOf(regraded(drawn, target, [rule, 'new-key']))).toEqual(
          scoresOf(regraded(drawn, target, ['new-key'])),
        )
      }
    })
  })
})

/** The log with a regrade in its middle. */
function replayAround(drawn: Case, target: Target, cut: number): Outcome {
  const { quiz, answerKey } = quizOf(drawn)
  const [before, after] = [drawn.log.slice(0, cut), drawn.log.slice(cut)]
  const body = { regrade: 'rgr', by: 'key', reason: 'A test', revision: 'r', questions: null, map: {} }
  const word: AttemptEvent = {
    seq: cut + 1,
    id: 'rgr',
    at: before.at(-1)?.at ?? drawn.start.startedAt,
    type: 'regraded',
    body: { ...body, rule: 'new-key' },
  }
  const log = [...before, word, ...after.map((event) => ({ ...event, seq: event.seq + 1 }))]
  return replay(drawn.start, quiz, answerKey, log, new Map([['r', targetOf(drawn, target)]]))
}
