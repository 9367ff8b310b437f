import { canary } from '../support/canaries.ts'
import { policyOf, type Rules } from '../support/sessions/policies.ts'
import { authored, firstQuestions, type ModelQuestion, optionsOf, PROMPTS } from '../support/sessions/questions.ts'
import type { Chance } from './chance.ts'

/** The three quizzes of a simulation, which differ in what their policies are about. */

export interface Quiz {
  readonly id: string
  readonly rules: Rules
  /** Everything that staff have tried to publish, by its title. */
  readonly publications: Map<string, readonly ModelQuestion[]>
}

const ITEMS = ['verdict', 'score', 'feedback', 'explanation', 'answer']
const IMMEDIATE = { during: ITEMS, finished: ITEMS, closed: ITEMS }
const DEFERRED = { during: [], finished: ITEMS, closed: ITEMS }
const LATER = { during: [], finished: ['score'], closed: ITEMS }

export function createQuizzes(chance: Chance): Quiz[] {
  const common = {
    points: chance.of([
      [1000, 2000, 3000, 2500, 500],
      [333, 2500, 1000, 2000, 7],
    ]),
    penalty: 0,
    retryScoring: 'last',
    tryPoints: null,
    passingScore: chance.of([0.3, 0.5]),
    shuffle: { questions: true, options: true },
    attemptsPerLearner: null,
    timeLimitSeconds: null,
    graceSeconds: 0,
    closesAfter: null,
  } as const
  const drill: Rules = {
    ...common,
    access: 'public',
    pool: false,
    review: IMMEDIATE,
    tries: chance.of([1, 2, 3]),
    penalty: chance.of([0, 0.1, 0.333333]),
    retryScoring: chance.of(['last', 'best', 'per-part']),
    certainty: false,
    draws: false,
  }
  const exam: Rules = {
    ...common,
    access: 'restricted',
    pool: false,
    review: DEFERRED,
    tries: null,
    certainty: false,
    timeLimitSeconds: chance.of([600, 900, 1800]),
    graceSeconds: chance.of([0, 30]),
    attemptsPerLearner: chance.of([1, 2, 3]),
    draws: false,
  }
  const essays: Rules = {
    ...common,
    access: 'restricted',
    pool: true,
    review: chance.of([LATER, DEFERRED]),
    tries: null,
    certainty: true,
    draws: true,
    closesAfter: chance.of([null, 3600, 7200]),
  }
  return Object.entries({ drill, exam, essays }).map(([id, rules]) => ({ id, rules, publications: new Map() }))
}

/** One that learners leave alone but for what is malformed: its key is a text that is found wherever it stands. */
const SECRET: ModelQuestion = {
  name: 'secret',
  kind: 'essay',
  section: 'fixed',
  id: 'secret',
  suffix: '',
  points: 1000,
  right: [],
  version: 1,
}

export const firstVersion = ({ rules }: Quiz): ModelQuestion[] => [...firstQuestions(rules.points, rules), SECRET]

/** Another key for some questions, or other points for all. */
export function changed(questions: readonly ModelQuestion[], chance: Chance): ModelQuestion[] {
  const points = chance.oneIn(4) ? chance.of([500, 1234, 3000]) : null
  return questions.map((question) => {
    if (points !== null) return { ...question, points }
    if (question.kind === 'essay' || chance.oneIn(2)) return question
    return { ...question, right: anotherKey(question, chance), version: question.version + 1 }
  })
}

function anotherKey(question: ModelQuestion, { of, some }: Chance): readonly string[] {
  const options = optionsOf(question)
  if (question.kind === 'single-choice') return [of(options)]
  if (question.kind === 'matching') return PROMPTS.map((prompt) => `${prompt}>${of(options)}`)
  const right = some(options)
  return right.length > 0 ? right : options.slice(0, 1)
}

export function documentOf({ rules }: Quiz, title: string, questions: readonly ModelQuestion[], began: number): object {
  return {
    title,
    access: rules.access,
    sections: [{ id: 'fixed', title: 'Fixed' }, ...(rules.pool ? [{ id: 'pool', title: 'Pool' }] : [])],
    policy: policyOf(rules, began),
    questions: questions.map((question) =>
      question.name === 'secret' ? secretQuestion(question) : authored(question),
    ),
  }
}

function secretQuestion(question: ModelQuestion): object {
  return {
    ...authored(question),
    type: 'short-text',
    key: { answers: [{ text: canary('secret', 'text') }, { pattern: `x|${canary('secret', 'pattern')}` }] },
  }
}
