import { describe, expect, it } from 'vitest'
import {
  type Calibration,
  type Certainty,
  calibrationOf,
  type JudgedAnswer,
  markWithCertainty,
} from '../../src/grading/certainty.ts'
import { Fraction } from '../../src/grading/fraction.ts'
import type { AttemptEvent } from '../../src/grading/log.ts'
import { type Outcome, replay } from '../../src/grading/replay.ts'
import { essay } from '../support/every-type.ts'
import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { gradedQuiz } from './graded-quiz.ts'

/** Certainty-based marking, in units of a question's points. Worked out by hand. */

const ALL = [1, 2, 3] as const

describe('an answer comes to', () => {
  const examples: [fraction: string, marks: [string, string, string]][] = [
    ['1', ['1', '2', '3']],
    ['0', ['0', '-2', '-6']],
    ['1/2', ['1/2', '1', '3/2']],
    ['1/3', ['1/3', '2/3', '1']],
    ['2/3', ['2/3', '4/3', '2']],
    ['1/6', ['1/6', '1/3', '1/2']],
    ['5/6', ['5/6', '5/3', '5/2']],
    // Whatever is right of it, it is not wrong.
    ['1/1000000', ['1/1000000', '1/500000', '3/1000000']],
  ]
  for (const [fraction, marks] of examples) {
    it(`${marks.join(', ')} when ${fraction} of it is right, with certainty 1, 2, 3`, () => {
      const given = ALL.map((certainty) => markWithCertainty(new Fraction(fraction), certainty).toFraction())
      expect(given).toEqual(marks)
    })
  }
})

/** Of sixty questions of one point, so many of which were answered right. */
const sixty = (right: number, certainty: Certainty): JudgedAnswer[] =>
  Array.from({ length: 60 }, (_, index) => ({ certainty, fraction: new Fraction(index < right ? 1 : 0), points: 1 }))

/** What sixty answers come to with a certainty: right ones so much each, wrong ones so much less. */
const totalOf = (right: number, certainty: Certainty) =>
  right * certainty - (60 - right) * { 1: 0, 2: 2, 3: 6 }[certainty]

describe('honest certainty pays best', () => {
  it('below two thirds of right answers the lowest, above four fifths the highest, between them the middle', () => {
    for (let right = 0; right <= 60; right++) {
      const best = right <= 40 ? 1 : right <= 48 ? 2 : 3
      for (const certainty of ALL) {
        const calibration = calibrationOf(sixty(right, certainty))
        expect(calibration[certainty - 1]).toEqual({ certainty, count: 60, correct: right, best })
        expect(totalOf(right, best)).toBeGreaterThanOrEqual(totalOf(right, certainty))
      }
    }
  })

  it('at two thirds and at four fifths two of them pay the same, and the lower one is named', () => {
    expect(ALL.map((certainty) => totalOf(40, certainty))).toEqual([40, 40, 0])
    expect(ALL.map((certainty) => totalOf(48, certainty))).toEqual([48, 72, 72])
    expect(calibrationOf(sixty(40, 3))[2]!.best).toBe(1)
    expect(calibrationOf(sixty(48, 1))[0]!.best).toBe(2)
  })
})

const answer = (certainty: Certainty, fraction: string, points = 1): JudgedAnswer => ({
  certainty,
  fraction: new Fraction(fraction),
  points,
})
const none = (certainty: Certainty): Calibration => ({ certainty, count: 0, correct: 0, best: null })

describe('calibration', () => {
  it('has an entry for each certainty, and says nothing of one that nobody gave', () => {
    expect(calibrationOf([])).toEqual([none(1), none(2), none(3)])
    expect(calibrationOf([answer(2, '1')])).toEqual([none(1), { certainty: 2, count: 1, correct: 1, best: 3 }, none(3)])
  })

  it('counts as correct what is wholly right', () => {
    const answers = [answer(3, '1'), answer(3, '5/6'), answer(3, '0'), answer(1, '1/3')]
    // One, five sixths and none: 11/6 at 1; 11/3 − 2 = 5/3 at 2; 11/2 − 6 at 3.
    expect(calibrationOf(answers)).toEqual([
      { certainty: 1, count: 1, correct: 0, best: 3 },
      none(2),
      { certainty: 3, count: 3, correct: 1, best: 1 },
    ])
  })

  it('weighs answers by what they are worth', () => {
    // Right for 5 points, wrong for 1: 5, 10 − 2 and 15 − 6; the other way round 1, 2 − 10 and 3 − 30.
    expect(calibrationOf([answer(1, '1', 5), answer(1, '0', 1)])[0]).toMatchObject({ count: 2, correct: 1, best: 3 })
    expect(calibrationOf([answer(3, '1', 1), answer(3, '0', 5)])[2]).toMatchObject({ count: 2, correct: 1, best: 1 })
  })

  it('does not depend on the order of the answers', () => {
    const answers = [answer(1, '1/3', 2), answer(2, '1'), answer(2, '0', 3), answer(3, '2/3'), answer(1, '0')]
    expect(calibrationOf(answers.toReversed())).toEqual(calibrationOf(answers))
  })
})

const DOCUMENT = quizDocument({
  questions: [
    singleChoice('single', { points: 2 }),
    multipleChoice('multiple', { points: 1 }),
    trueFalse('truth', { points: 0.5 }),
    essay('essay'),
  ],
  policy: { certainty: true },
})

const responded = (...responses: Json[]): Json => ({ type: 'responded', body: { responses } })
const by = { by: 'key_test' }

/** Plays events one after another, each with an id of its own. */
function play(document: Json, ...events: Json[]): Outcome {
  const { quiz, answerKey } = gradedQuiz(document)
  const log = events.map((event, index) => ({ seq: index + 1, id: `e${index}`, at: index, ...event }) as AttemptEvent)
  return replay({ id: 'att_sure', startedAt: 0, deadline: null }, quiz, answerKey, log)
}

const scores = ({ questions }: Outcome) => questions.map(({ score }) => score)
const right = { question: 'single', response: { choice: 'b' } }
const wrong = { question: 'single', response: { choice: 'a' } }
const third = { question: 'multiple', response: { choices: ['p'] } }
const untrue = { question: 'truth', response: { choice: 'false' } }

describe('an attempt at a quiz that asks for certainty', () => {
  it('can come to three times its points, and passing is measured by its points', () => {
    const outcome = play(DOCUMENT, responded({ ...right, certainty: 3 }))
    expect(outcome).toMatchObject({ score: 6000, maxScore: 3 * 8500, points: 8500 })
    expect(outcome.questions.map(({ maxScore, points }) => [maxScore, points])).toEqual([
      [6000, 2000],
      [3000, 1000],
      [1500, 500],
      [15_000, 5000],
    ])
  })

  it('takes 1 where no certainty is given', () => {
    const outcome = play(DOCUMENT, responded(right, untrue))
    expect(scores(outcome)).toEqual([2000, 0, 0, 0])
    expect(outcome.questions.map(({ tries }) => tries[0]?.certainty)).toEqual([1, undefined, 1, undefined])
    // 2, then 4 − 1, then 6 − 3.
    expect(outcome.calibration![0]).toEqual({ certainty: 1, count: 2, correct: 1, best: 2 })
  })

  it('has questions below nothing, and never a total below it', () => {
    const two = play(DOCUMENT, responded({ ...wrong, certainty: 3 }, { ...third, certainty: 2 }))
    expect(scores(two)).toEqual([-12_000, 667, 0, 0])
    expect(two.score).toBe(0)
    const three = play(DOCUMENT, responded({ ...right, certainty: 3 }, { ...untrue, certainty: 2 }))
    expect(scores(three)).toEqual([6000, 0, -1000, 0])
    expect(three.score).toBe(5000)
  })

  it('rounds once, after the certainty has been multiplied in', () => {
    // A third of 0.001 points: 0.000333 rounds to nothing, twice that to 0.001, and three times to it exactly.
    const tiny = quizDocument({
      questions: [multipleChoice('multiple', { points: 0.001 })],
      policy: { certainty: true },
    })
    const marks = ALL.map((certainty) => play(tiny, responded({ ...third, certainty })).score)
    expect(marks).toEqual([0, 1, 1])
  })

  it('takes another certainty for no other try, and the same for the same', () => {
    const outcome = play(
      DOCUMENT,
      responded({ ...wrong, certainty: 1 }),
      responded({ ...wrong, certainty: 3 }),
      responded({ ...wrong, certainty: 1 }),
      responded(wrong),
    )
    const [first, other, again, silent] = [...outcome.events.values()].map(({ responses: [response] }) => response!)
    expect(first).toMatchObject({ duplicate: false, refused: null, try: { number: 1, certainty: 1 } })
    expect(other).toMatchObject({ duplicate: false, refused: 'no-tries-left', try: null })
    expect(again).toMatchObject({ duplicate: true, refused: null, try: { number: 1 } })
    expect(silent).toMatchObject({ duplicate: true, refused: null, try: { number: 1 } })
    expect(outcome.score).toBe(0)
  })

  it('takes the last certainty of a save', () => {
    const saves = { ...DOCUMENT, policy: { certainty: true, feedback: 'deferred' } }
    const outcome = play(
      saves,
      responded({ ...right, certainty: 3 }),
      responded({ ...right, certainty: 2 }),
      responded({ ...right, certainty: 2 }),
    )
    expect([...outcome.events.values()].map(({ responses: [response] }) => response!.duplicate)).toEqual([
      false,
      false,
      true,
    ])
    expect(scores(outcome)).toEqual([4000, 0, 0, 0])
  })

  it('leaves a person’s word on a score as it is, certainty or not', () => {
    const text = { question: 'essay', response: { text: 'It depends.' }, certainty: 3 }
    const graded: Json = { type: 'graded', body: { question: 'essay', score: 6000, of: 15_000, comment: null, ...by } }
    const waiting = play(DOCUMENT, responded(text))
    expect(waiting).toMatchObject({ score: 0, pending: true })
    const given = play(DOCUMENT, responded(text), graded)
    expect(given).toMatchObject({ score: 6000, pending: false })
    const overridden: Json = {
      type: 'overridden',
      body: { question: 'single', score: 1000, of: 6000, reason: 'x', ...by },
    }
    expect(scores(play(DOCUMENT, responded({ ...wrong, certainty: 3 }), overridden))).toEqual([1000, 0, 0, 0])
  })

  it('is calibrated by what a key has judged: not by what is blank, pending, or graded by a person', () => {
    const text = { question: 'essay', response: { text: 'It depends.' }, certainty: 2 }
    const graded: Json = { type: 'graded', body: { question: 'essay', score: 0, of: 15_000, comment: null, ...by } }
    for (const events of [[responded(text)], [responded(text), graded]]) {
      expect(play(DOCUMENT, ...events).calibration!.map(({ count }) => count)).toEqual([0, 0, 0])
    }
    const empty = responded({ question: 'multiple', response: { choices: [] }, certainty: 3 })
    expect(play(DOCUMENT, empty).calibration![2]).toEqual({ certainty: 3, count: 1, correct: 0, best: 1 })
    expect(play(DOCUMENT, empty).questions[1]!.score).toBe(-6000)
  })

  it('has a calibration, and another attempt has none', () => {
    expect(play(DOCUMENT).calibration).toHaveLength(3)
    expect(play(quizDocument()).calibration).toBeNull()
  })
})
