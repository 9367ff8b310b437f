import { describe, expect, it } from 'vitest'
import { completePolicy, type Review, type ReviewItem, REVIEW_ITEMS } from '../../src/grading/policy.ts'
import { type Release, release, releasesCalibration, releasesTotal, type Viewer } from '../../src/grading/release.ts'
import { replay } from '../../src/grading/replay.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { gradedQuiz } from './graded-quiz.ts'

/** The whole decision about what a viewer may see, against the contract's words. No quiz is played: every state is made. */

const PHASES = ['during', 'finished', 'closed', 'closed, but not finished'] as const
type Phase = (typeof PHASES)[number]

const QUESTIONS = {
  'not answered': { tries: [], closed: false },
  'answered and open': { tries: [{}], closed: false },
  'answered and closed': { tries: [{}], closed: true },
} as const
type State = keyof typeof QUESTIONS

/** A quiz and an attempt as far as a release looks at them. */
const { quiz, answerKey } = gradedQuiz(quizDocument())
const untouched = replay({ id: 'att_one', startedAt: 0, deadline: null }, quiz, answerKey, [])

function reviewed(review: Review, phase: Phase) {
  const isFinished = phase === 'finished' || phase === 'closed'
  return {
    quiz: { ...quiz, policy: { ...quiz.policy, review } },
    outcome: { ...untouched, finished: isFinished ? ({ at: 0, reason: 'submitted' } as const) : null },
    closed: phase.startsWith('closed'),
  }
}

function question(state: State) {
  return { ...untouched.questions[0]!, ...QUESTIONS[state] } as (typeof untouched.questions)[number]
}

/** What is shown, a word each. */
const shown = (released: Release) =>
  Object.entries(released)
    .filter(([, isShown]) => isShown)
    .map(([name]) => name)
    .toSorted()
    .join(' ')

const shownTo = (viewer: Viewer, review: Review, phase: Phase, state: State) =>
  shown(release(reviewed(review, phase), question(state), viewer))

const EVERYTHING = 'allFeedback answer explanation feedback score verdict'
const NOTHING = ''

describe('a learner is shown of a question', () => {
  type Row = [Phase, State, immediate: string, deferred: string, never: string]
  const rows: Row[] = [
    ['during', 'not answered', NOTHING, NOTHING, NOTHING],
    ['during', 'answered and open', 'feedback score verdict', NOTHING, NOTHING],
    ['during', 'answered and closed', EVERYTHING, NOTHING, NOTHING],
    ['finished', 'not answered', 'score', 'score', NOTHING],
    ['finished', 'answered and closed', EVERYTHING, EVERYTHING, NOTHING],
    ['closed', 'not answered', 'score', 'score', NOTHING],
    ['closed', 'answered and closed', EVERYTHING, EVERYTHING, NOTHING],
    // Time alone releases nothing.
    ['closed, but not finished', 'not answered', NOTHING, NOTHING, NOTHING],
    ['closed, but not finished', 'answered and open', 'feedback score verdict', NOTHING, NOTHING],
    ['closed, but not finished', 'answered and closed', EVERYTHING, NOTHING, NOTHING],
  ]
  for (const [phase, state, ...expected] of rows) {
    it.each([
      ['immediate', expected[0]],
      ['deferred', expected[1]],
      ['never', expected[2]],
    ] as const)(`${phase}, ${state}, with feedback %s: %s`, (feedback, words) => {
      expect(shownTo('learner', completePolicy({ feedback }).review, phase, state)).toBe(words)
    })
  }
})

/** Every list that there can be, valid or not. */
const lists = REVIEW_ITEMS.reduce<ReviewItem[][]>((all, item) => all.flatMap((list) => [list, [...list, item]]), [[]])

/** The list is that of the phase alone: the other phases say the opposite, so that a look at the wrong one shows. */
function reviewSaying(list: readonly ReviewItem[], phase: Phase): Review {
  const opposite = REVIEW_ITEMS.filter((item) => !list.includes(item))
  const inForce = phase === 'closed, but not finished' ? 'during' : phase
  return { during: opposite, finished: opposite, closed: opposite, [inForce]: [...list] }
}

/** The contract once more: a word is shown when all that it needs is so. */
function byTheContract(list: readonly ReviewItem[], phase: Phase, state: State): string {
  const isFinished = phase === 'finished' || phase === 'closed'
  const isAnswered = state !== 'not answered'
  const isReviewed = isAnswered || (isFinished && list.includes('unanswered'))
  const isClosed = QUESTIONS[state].closed
  const needs: [word: keyof Release, item: ReviewItem, ...others: boolean[]][] = [
    ['allFeedback', 'feedback', isReviewed, isClosed],
    ['answer', 'answer', isReviewed, isClosed],
    ['explanation', 'explanation', isReviewed, isClosed],
    ['feedback', 'feedback', isReviewed],
    // That a question without an answer earned nothing is no news, but it is a score.
    ['score', 'score', list.includes('verdict'), isAnswered || isFinished],
    ['verdict', 'verdict', isReviewed],
  ]
  return needs
    .filter(([, item, ...others]) => list.includes(item) && others.every(Boolean))
    .map(([word]) => word)
    .join(' ')
}

describe.each(PHASES)('%s, whatever the review lists', (phase) => {
  it.each(Object.keys(QUESTIONS) as State[])('a learner sees what the contract says of a question: %s', (state) => {
    for (const list of lists) {
      const review = reviewSaying(list, phase)
      expect(shownTo('learner', review, phase, state), list.join()).toBe(byTheContract(list, phase, state))
    }
  })

  it('a question that closed with the attempt, without an answer, is shown where the review says so', () => {
    const isFinished = phase === 'finished' || phase === 'closed'
    const all = reviewSaying(REVIEW_ITEMS, phase)
    const unanswered = { ...question('not answered'), closed: true }
    expect(shown(release(reviewed(all, phase), unanswered, 'learner'))).toBe(isFinished ? EVERYTHING : NOTHING)
  })

  it('a learner sees the total with "score", and how well the certainty did with "verdict" and once it is over', () => {
    const isFinished = phase === 'finished' || phase === 'closed'
    for (const list of lists) {
      const attempt = reviewed(reviewSaying(list, phase), phase)
      expect(releasesTotal(attempt, 'learner'), list.join()).toBe(list.includes('score'))
      expect(releasesCalibration(attempt, 'learner'), list.join()).toBe(isFinished && list.includes('verdict'))
    }
  })

  it('staff see everything', () => {
    for (const list of lists) {
      const review = reviewSaying(list, phase)
      expect(releasesTotal(reviewed(review, phase), 'staff')).toBe(true)
      expect(releasesCalibration(reviewed(review, phase), 'staff')).toBe(true)
      for (const state of Object.keys(QUESTIONS) as State[]) {
        expect(shownTo('staff', review, phase, state)).toBe(EVERYTHING)
      }
    }
  })
})
