import { describe, expect, it } from 'vitest'
import type { EventBody } from '../../src/grading/log.ts'
import type { Viewer } from '../../src/grading/release.ts'
import { allResults, attemptQuestions, resultsOf } from '../../src/grading/results.ts'
import type { RichText } from '../../src/grading/rich-text.ts'
import type { Result } from '../../src/grading/wire.ts'
import { essay } from '../support/every-type.ts'
import { type Json, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { chooses, finishes, grades, outcomeOf, type Revisions, revisions, says } from './regraded.ts'

/** What a viewer is told of an attempt: of whole logs, without a request. */

/** Everything that an author can say is said, in words that name their place. */
const SAID: Json = {
  explanation: 'why',
  feedback: { correct: 'right', partiallyCorrect: 'partly', incorrect: 'wrong' },
  hints: ['first hint', 'second hint'],
}
const option = (id: string): Json => ({ id, text: `Option ${id}`, feedback: `on ${id}` })
/** The author wrote c before a; b is right. */
const single = singleChoice('single', { ...SAID, options: ['c', 'b', 'a'].map(option) })
const truth = trueFalse('truth', SAID)
const written = essay('text', SAID)
const words: Json = {
  ...SAID,
  id: 'words',
  section: 'one',
  type: 'short-text',
  prompt: 'Say it.',
  key: {
    answers: [
      { text: 'yes', feedback: 'on yes' },
      { text: 'maybe', fraction: 0.5, feedback: 'on maybe' },
    ],
  },
}
const blanks: Json = {
  ...SAID,
  id: 'blanks',
  section: 'one',
  type: 'cloze',
  prompt: '{{one}} and {{two}} and {{three}}',
  blanks: [
    { id: 'two', type: 'single-choice', options: ['z', 'x'].map(option) },
    { id: 'one', type: 'single-choice', options: ['y', 'x'].map((id) => ({ ...option(id), feedback: `first ${id}` })) },
    { id: 'three', type: 'short-text' },
  ],
  key: {
    blanks: { one: { choice: 'x' }, two: { choice: 'z' }, three: { answers: [{ text: 'yes', feedback: 'on yes' }] } },
  },
}

const ofQuiz = (policy: Json, ...questions: Json[]) => revisions(questions, questions, policy)

function reviewed(versions: Revisions, happened: readonly EventBody[]) {
  return { quiz: versions.served.quiz, outcome: outcomeOf(versions, ...happened), closed: false }
}

const markdown = (text: RichText | null) => text && text.markdown
const plain = ({ feedback, hint, explanation, comment, ...result }: Result) => ({
  ...result,
  feedback: feedback && feedback.map((word) => [word.option, word.text.markdown]),
  hint: markdown(hint),
  explanation: markdown(explanation),
  comment: markdown(comment),
})

/** As on resume and finish. */
function told(versions: Revisions, happened: readonly EventBody[], viewer: Viewer = 'learner') {
  return allResults(reviewed(versions, happened), viewer).map(plain)
}

/** As in the answer to the last of the requests. */
function answered(versions: Revisions, happened: readonly EventBody[]) {
  const attempt = reviewed(versions, happened)
  const { responses } = attempt.outcome.events.get(`evt_${happened.length}`)!
  return resultsOf(attempt, responses, 'learner').map(plain)
}

const overview = (versions: Revisions, happened: readonly EventBody[], viewer: Viewer = 'learner') =>
  attemptQuestions(reviewed(versions, happened), viewer)

/** Of a question of one point before anything is known of it. */
const NEW = {
  response: null,
  certainty: null,
  status: 'unanswered',
  score: null,
  maxScore: 1,
  try: null,
  triesLeft: null,
  duplicate: false,
  refused: null,
  feedback: null,
  hint: null,
  explanation: null,
  answer: null,
  comment: null,
}
const ALL_SAID_OF_SINGLE = [
  ['a', 'on a'],
  ['b', 'on b'],
  ['c', 'on c'],
]

describe('with several tries a learner is told', () => {
  const versions = ofQuiz({ tries: 3, penalty: 0.25 }, single, truth)
  const open = { ...NEW, question: 'single', status: 'incorrect', score: 0 }

  it('of a wrong one its verdict, the word on it and on the chosen option, and a hint more each time', () => {
    expect(answered(versions, [chooses('a')])).toEqual([
      {
        ...open,
        response: { choice: 'a' },
        try: 1,
        triesLeft: 2,
        feedback: [
          [null, 'wrong'],
          ['a', 'on a'],
        ],
        hint: 'first hint',
      },
    ])
    expect(answered(versions, [chooses('a'), chooses('c')])).toMatchObject([
      {
        try: 2,
        triesLeft: 1,
        feedback: [
          [null, 'wrong'],
          ['c', 'on c'],
        ],
        hint: 'second hint',
      },
    ])
  })

  it('at the close everything, options in id order, and no hint', () => {
    expect(answered(versions, [chooses('a'), chooses('b')])).toEqual([
      {
        ...open,
        response: { choice: 'b' },
        status: 'correct',
        score: 0.75,
        try: 2,
        triesLeft: 0,
        feedback: [[null, 'right'], ...ALL_SAID_OF_SINGLE],
        explanation: 'why',
        answer: { choice: 'b' },
      },
    ])
  })

  it('no third hint where the author gave two', () => {
    const more = ofQuiz({ tries: 4 }, singleChoice('single', { ...SAID, ids: 'abcd' }))
    expect(answered(more, [chooses('a'), chooses('c'), chooses('d')])).toMatchObject([{ try: 3, hint: null }])
  })

  it('of a repeated one the try that it repeats, as it was scored, and the question as it stands', () => {
    expect(answered(versions, [chooses('a'), chooses('b'), chooses('a')])).toMatchObject([
      {
        response: { choice: 'a' },
        status: 'incorrect',
        score: 0,
        try: 1,
        triesLeft: 0,
        duplicate: true,
        refused: null,
        feedback: [[null, 'wrong'], ...ALL_SAID_OF_SINGLE],
        hint: null,
        explanation: 'why',
      },
    ])
  })

  it('of a refused one why, and the last try', () => {
    expect(answered(versions, [chooses('a'), chooses('b'), chooses('c')])).toMatchObject([
      { response: { choice: 'b' }, status: 'correct', score: 0.75, try: 2, duplicate: false, refused: 'no-tries-left' },
    ])
    expect(answered(versions, [chooses('a'), finishes, chooses('c')])).toMatchObject([
      { response: { choice: 'a' }, status: 'incorrect', try: 1, duplicate: false, refused: 'attempt-finished' },
    ])
    expect(answered(versions, [finishes, chooses('c')])).toMatchObject([
      { response: null, status: 'unanswered', try: null, refused: 'attempt-finished' },
    ])
  })

  it('of a request the results of its responses alone, in its order', () => {
    const both: EventBody = {
      type: 'responded',
      body: {
        responses: [
          { question: 'truth', response: { choice: 'true' } },
          { question: 'single', response: { choice: 'a' } },
        ],
      },
    }
    expect(answered(versions, [both]).map(({ question, status }) => [question, status])).toEqual([
      ['truth', 'correct'],
      ['single', 'incorrect'],
    ])
    expect(answered(versions, [both, chooses('c')]).map(({ question }) => question)).toEqual(['single'])
  })

  it('on resume of every question its last try, and nothing of those without one', () => {
    expect(told(versions, [chooses('a'), chooses('c')])).toEqual([
      {
        ...open,
        response: { choice: 'c' },
        try: 2,
        triesLeft: 1,
        feedback: [
          [null, 'wrong'],
          ['c', 'on c'],
        ],
        hint: 'second hint',
      },
      { ...NEW, question: 'truth', triesLeft: 3 },
    ])
    expect(overview(versions, [chooses('a'), chooses('c')])).toEqual([
      { id: 'single', status: 'incorrect', tries: 2, triesLeft: 1, score: 0 },
      { id: 'truth', status: 'unanswered', tries: 0, triesLeft: 3, score: null },
    ])
  })

  it('after the finish that what was not answered earned nothing', () => {
    expect(told(versions, [chooses('b'), finishes])).toMatchObject([
      { question: 'single', try: 1, score: 1, triesLeft: 0, explanation: 'why' },
      { question: 'truth', try: null, score: 0, triesLeft: 0, feedback: null, explanation: null, answer: null },
    ])
    expect(overview(versions, [chooses('b'), finishes])).toEqual([
      { id: 'single', status: 'correct', tries: 1, triesLeft: 0, score: 1 },
      { id: 'truth', status: 'unanswered', tries: 0, triesLeft: 0, score: 0 },
    ])
  })
})

describe('where a blank is no try', () => {
  it('a learner is told the question as it stands, and of no try', () => {
    const versions = ofQuiz({ tries: 3, retryScoring: 'best' }, words)
    const blank = says('words', { text: ' ' })
    const none = { try: null, triesLeft: 3, duplicate: false, refused: null, hint: null }
    expect(answered(versions, [blank])).toMatchObject([{ ...none, response: null, status: 'unanswered' }])
    expect(answered(versions, [says('words', { text: 'maybe' }), blank])).toMatchObject([
      { ...none, response: { text: 'maybe' }, status: 'partially-correct', triesLeft: 2, hint: 'first hint' },
    ])
  })
})

describe('without verdicts during the attempt', () => {
  const versions = ofQuiz({ feedback: 'deferred' }, single, truth)
  const saved = { ...NEW, question: 'single', status: 'answered', response: { choice: 'b' } }

  it('a learner is told what was saved', () => {
    expect(answered(versions, [chooses('a'), chooses('b')])).toEqual([saved])
    expect(answered(versions, [chooses('b'), chooses('b')])).toEqual([{ ...saved, duplicate: true }])
    expect(told(versions, [chooses('b')])).toEqual([saved, { ...NEW, question: 'truth' }])
    expect(overview(versions, [chooses('b')])).toEqual([
      { id: 'single', status: 'answered', tries: 1, triesLeft: null, score: null },
      { id: 'truth', status: 'unanswered', tries: 0, triesLeft: null, score: null },
    ])
  })

  it('staff are told everything that is there to say so far', () => {
    expect(told(versions, [chooses('b')], 'staff')).toEqual([
      {
        ...saved,
        status: 'correct',
        score: 1,
        feedback: [[null, 'right'], ...ALL_SAID_OF_SINGLE],
        explanation: 'why',
        answer: { choice: 'b' },
      },
      {
        ...NEW,
        question: 'truth',
        score: 0,
        feedback: [],
        explanation: 'why',
        answer: { choice: 'true' },
      },
    ])
    expect(overview(versions, [chooses('b')], 'staff')).toMatchObject([
      { status: 'correct', score: 1 },
      { status: 'unanswered', score: 0 },
    ])
  })

  it('after the finish everything is told, and still no number of a try and no hint', () => {
    expect(told(versions, [chooses('a'), finishes])[0]).toEqual({
      ...saved,
      response: { choice: 'a' },
      status: 'incorrect',
      score: 0,
      feedback: [[null, 'wrong'], ...ALL_SAID_OF_SINGLE],
      explanation: 'why',
      answer: { choice: 'b' },
    })
  })

  it('with certainty it is said which one was given', () => {
    const sure = ofQuiz({ feedback: 'deferred', certainty: true }, single)
    expect(told(sure, [chooses('b')])).toMatchObject([{ certainty: 1, maxScore: 3 }])
    const fairly: EventBody = {
      type: 'responded',
      body: { responses: [{ question: 'single', response: { choice: 'b' }, certainty: 2 }] },
    }
    expect(told(sure, [fairly, finishes])).toMatchObject([{ certainty: 2, score: 2, maxScore: 3 }])
  })
})

describe('what a person grades', () => {
  const versions = ofQuiz({ tries: 2 }, written)
  const wrote = says('text', { text: 'A thought.' })
  const base = { ...NEW, question: 'text', response: { text: 'A thought.' }, maxScore: 5, try: 1, triesLeft: 1 }

  it('has no score, no word and no hint until then', () => {
    expect(told(versions, [wrote])).toEqual([{ ...base, status: 'pending', feedback: [] }])
    expect(told(versions, [wrote], 'staff')).toMatchObject([{ status: 'pending', score: null, hint: null }])
    expect(overview(versions, [wrote])).toEqual([
      { id: 'text', status: 'pending', tries: 1, triesLeft: 1, score: null },
    ])
  })

  it('then has those, and what the person said', () => {
    expect(told(versions, [wrote, grades('text', 2000, 5000)])).toEqual([
      {
        ...base,
        status: 'partially-correct',
        score: 2,
        feedback: [[null, 'partly']],
        hint: 'first hint',
        comment: 'Well said.',
      },
    ])
  })

  it('is told to a learner without the comment, where feedback is not shown', () => {
    const review = { during: ['verdict', 'score'], finished: ['verdict', 'score'], closed: [] }
    const silent = ofQuiz({ tries: 2, review }, written)
    const happened = [wrote, grades('text', 2000, 5000)]
    expect(told(silent, happened)).toEqual([{ ...base, status: 'partially-correct', score: 2 }])
    expect(told(silent, happened, 'staff')).toMatchObject([{ hint: 'first hint', comment: 'Well said.' }])
  })
})

describe('words on single answers of a key', () => {
  it('come at the close, for the one that a response was graded by', () => {
    const versions = ofQuiz({ tries: 2 }, words)
    const maybe = says('words', { text: 'maybe' })
    expect(answered(versions, [maybe])).toMatchObject([{ feedback: [[null, 'partly']] }])
    const closed = [
      [null, 'partly'],
      [null, 'on maybe'],
    ]
    expect(told(versions, [maybe, finishes])).toMatchObject([{ feedback: closed }])
    expect(answered(versions, [maybe, says('words', { text: 'no' })])).toMatchObject([{ feedback: [[null, 'wrong']] }])
    expect(told(versions, [], 'staff')).toMatchObject([{ feedback: [] }])
  })

  it('stand with their blank, after those on options, which come by their names, and then by their lists’', () => {
    const versions = ofQuiz({}, blanks)
    const filled = says('blanks', { blanks: { one: 'y', two: 'z', three: 'yes' } })
    expect(answered(versions, [filled])).toMatchObject([
      {
        status: 'partially-correct',
        feedback: [
          [null, 'partly'],
          ['x', 'on x'],
          ['x', 'first x'],
          ['y', 'first y'],
          ['z', 'on z'],
          ['three', 'on yes'],
        ],
      },
    ])
  })

  it('those on lists that share an id come by the names of the lists: the options have none', () => {
    const pairs: Json = {
      ...SAID,
      id: 'pairs',
      section: 'one',
      type: 'matching',
      prompt: 'Match.',
      prompts: [{ id: 'a', text: 'Prompt a', feedback: 'on prompt a' }],
      options: ['b', 'a'].map(option),
      key: { pairs: { a: 'a' } },
    }
    expect(answered(ofQuiz({}, pairs), [says('pairs', { pairs: { a: 'b' } })])).toMatchObject([
      {
        feedback: [
          [null, 'wrong'],
          ['a', 'on a'],
          ['a', 'on prompt a'],
          ['b', 'on b'],
        ],
      },
    ])
  })
})
