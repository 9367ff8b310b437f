import { describe, expect, it } from 'vitest'
import type { AttemptEvent } from '../../src/grading/log.ts'
import { type Outcome, replay } from '../../src/grading/replay.ts'
import { allResults, attemptQuestions } from '../../src/grading/results.ts'
import { asSaves, type Case, quizOf, quizOtherwiseKeyed } from './arbitrary-logs.ts'
import { summariseOutcome } from './graded-quiz.ts'
import { counterexample, fold } from './laws.ts'
import { model } from './model.ts'

/** The responses that counted, in their order, with what each came to. */
function accepted({ events }: Outcome): string[] {
  return [...events].flatMap(([id, { responses }]) =>
    responses
      .filter(({ duplicate, refused }) => !duplicate && refused === null)
      .map(({ question, try: made }) => JSON.stringify([id, question, made])),
  )
}

const toJson = (outcome: Outcome) => JSON.stringify({ ...outcome, events: [...outcome.events] })

describe('a replay', () => {
  it('comes to what the rules say, told once more and in integers', () => {
    const broken = counterexample((drawn) => {
      const outcome = summariseOutcome(fold(drawn))
      const { finished, score, maxScore, events, scores, sure } = model(drawn)
      expect(outcome.finished).toEqual(finished)
      expect([outcome.score, outcome.maxScore]).toEqual([score, maxScore])
      expect(outcome.calibration?.map(({ count, correct }) => [count, correct]) ?? null).toEqual(sure)
      expect(Object.fromEntries(outcome.questions.map((question) => [question.id, question.score]))).toEqual(scores)
      expect(outcome.events).toEqual(events)
    })
    expect(broken).toBeNull()
  })

  it('is held against cases in which everything happens', () => {
    const seen = new Set<string>()
    const broken = counterexample((drawn) => {
      const outcome = fold(drawn)
      seen.add(`finished: ${outcome.finished?.reason}`)
      for (const { refused, duplicate, try: made } of [...outcome.events.values()].flatMap((each) => each.responses)) {
        seen.add(refused ?? (duplicate ? 'duplicate' : (made?.verdict ?? 'blank')))
      }
      if (outcome.questions.some(({ tries }) => tries.length > 3)) seen.add('many tries')
      if (outcome.questions.some(({ score }) => score < 0)) seen.add('below nothing')
      if (drawn.log.length > outcome.events.size) seen.add('repeated id')
      seen.add(drawn.policy.certainty ? 'certainty' : drawn.policy.retryScoring)
    })
    expect(broken).toBeNull()
    expect([...seen].toSorted()).toEqual([
      'attempt-finished',
      'below nothing',
      'best',
      'blank',
      'certainty',
      'correct',
      'declining',
      'duplicate',
      'finished: expired',
      'finished: submitted',
      'finished: undefined',
      'incorrect',
      'last',
      'many tries',
      'no-tries-left',
      'partially-correct',
      'repeated id',
    ])
  })

  it('of a longer log accepts what the shorter one accepted, and then more', () => {
    const broken = counterexample((drawn) => {
      const whole = fold(drawn)
      for (let length = 0; length <= drawn.log.length; length++) {
        const part = fold(drawn, drawn.log.slice(0, length))
        expect(accepted(whole).slice(0, accepted(part).length)).toEqual(accepted(part))
        expect([...whole.events].slice(0, part.events.size)).toEqual([...part.events])
      }
    })
    expect(broken).toBeNull()
  })

  it('has one finish, the first, and nothing moves it or the score', () => {
    const broken = counterexample((drawn) => {
      const whole = fold(drawn)
      const finish = [...whole.events.values()].find(({ event }) => event.type === 'finished')
      const untilFinish = fold(drawn, drawn.log.slice(0, finish ? finish.event.seq : drawn.log.length))
      expect([untilFinish.finished, untilFinish.score]).toEqual([whole.finished, whole.score])
      expect(whole.finished === null).toBe(finish === undefined)
    })
    expect(broken).toBeNull()
  })

  it('gives the same bytes again, from a copy too, and leaves what it reads alone', () => {
    const broken = counterexample((drawn) => {
      const { quiz, answerKey } = quizOf(drawn)
      const before = JSON.stringify([drawn, quiz, answerKey])
      const bytes = toJson(replay(drawn.start, quiz, answerKey, drawn.log))
      const [same, sameQuiz, sameKey] = JSON.parse(before) as [Case, typeof quiz, typeof answerKey]
      expect(toJson(replay(drawn.start, quiz, answerKey, drawn.log))).toBe(bytes)
      expect(toJson(replay(same.start, sameQuiz, sameKey, same.log))).toBe(bytes)
      expect(JSON.stringify([drawn, quiz, answerKey])).toBe(before)
    })
    expect(broken).toBeNull()
  })
})

describe('a score', () => {
  it('is the sum of its questions’ scores, each between 0 and what it is worth, or with certainty minus six times that', () => {
    const broken = counterexample((drawn) => {
      const { score, maxScore, questions } = fold(drawn)
      const total = questions.reduce((sum, question) => sum + question.score, 0)
      expect(score).toBe(drawn.policy.certainty ? Math.max(0, total) : total)
      expect(maxScore).toBe(questions.reduce((sum, question) => sum + question.maxScore, 0))
      for (const question of questions) {
        expect(Number.isInteger(question.score)).toBe(true)
        expect(question.score).toBeGreaterThanOrEqual(drawn.policy.certainty ? -6 * question.points : 0)
        expect(question.score).toBeLessThanOrEqual(question.maxScore)
      }
    })
    expect(broken).toBeNull()
  })

  it('comes from no more tries than there are, and none after a right one', () => {
    const broken = counterexample((drawn) => {
      const { counted, tries: limit } = drawn.policy
      const allowed = counted ? limit : null
      for (const { tries, triesLeft, closed } of fold(drawn).questions) {
        expect(tries.length).toBeLessThanOrEqual(counted ? (limit ?? Infinity) : 1)
        expect(tries.map(({ number }) => number)).toEqual(tries.map((_, index) => index + 1))
        expect(tries.slice(0, -1).some(({ verdict }) => verdict === 'correct')).toBe(false)
        expect(triesLeft).toBe(allowed === null ? null : closed ? 0 : allowed - tries.length)
      }
    })
    expect(broken).toBeNull()
  })

  it('does not depend on the order in which choices were named', () => {
    const broken = counterexample((drawn) => {
      expect(summariseOutcome(fold(drawn, drawn.log.map(turned)))).toEqual(summariseOutcome(fold(drawn)))
    })
    expect(broken).toBeNull()
  })
})

/** An event with every list of choices turned round. */
function turned(event: AttemptEvent): AttemptEvent {
  if (event.type !== 'responded') return event
  const responses = event.body.responses.map((sent) => {
    const { choices } = sent.response as { choices?: string[] }
    return choices ? { ...sent, response: { choices: choices.toReversed() } } : sent
  })
  return { ...event, body: { responses } }
}

describe('without verdicts during the attempt', () => {
  it('nothing that a learner is told before the finish depends on the key', () => {
    const broken = counterexample((drawn) => {
      const saves = asSaves(drawn)
      const log = drawn.log.filter(({ type }) => type === 'responded')
      const [told, toldToo] = [quizOf(saves), quizOtherwiseKeyed(saves)].map(({ quiz, answerKey }) => {
        const outcome = replay(drawn.start, quiz, answerKey, log)
        const results = allResults({ quiz, outcome, closed: false }, 'learner')
        return [
          summariseOutcome(outcome).events,
          results,
          attemptQuestions({ quiz, outcome, closed: false }, 'learner'),
        ]
      })
      expect(told).toEqual(toldToo)
    })
    expect(broken).toBeNull()
  })
})
