import * as fc from 'fast-check'
import { publishedQuestions, typeNames, written } from '../../grading/arbitrary-questions.ts'
import { savingPolicies, tryingPolicies } from '../arbitrary-policy.ts'
import { holdsText } from '../holds-text.ts'
import { GOOD_URLS } from '../hostile-urls.ts'
import type { Json } from '../quiz-document.ts'
import { resolved, type Schema } from './schema.ts'
import { valuesOf } from './schema-values.ts'
import { NAMES } from './scene.ts'

/**
 * Bodies that should be taken. A schema says how each member looks; what it cannot say is what goes with what, and what
 * there is: that stands here.
 */

type Members = Readonly<Record<string, fc.Arbitrary<any>>>

const record = (members: Members, optional: Members = {}) =>
  fc.record(
    { ...members, ...optional },
    { requiredKeys: Object.keys(members), noNullPrototype: true },
  ) as fc.Arbitrary<Json>
const letters = (ids: string) => [...ids]
const order = fc.shuffledSubarray(letters('wxyz'), { minLength: 4 }).map((ids) => ({ order: ids }))
const text = fc.string({ unit: 'grapheme', maxLength: 30 })
const number = fc.oneof(fc.integer(), fc.constantFrom('1', '-1.5', '2e3', ' 7 '))

/** What can be answered to the questions of `everyType()`. */
const ANSWERS: Members = {
  single: record({ choice: fc.constantFrom(...'abc') }),
  multiple: record({ choices: fc.shuffledSubarray(letters('pqrst')) }),
  truth: record({ choice: fc.constantFrom('true', 'false') }),
  order,
  steps: order,
  match: record({ pairs: record({}, { n: fc.constantFrom(...'1234'), l: fc.constantFrom(...'1234') }) }),
  number: record({ number }),
  size: record({ number, unit: fc.constantFrom('crate', 'kB', 'B') }),
  words: record({ text }),
  cloze: record({
    blanks: record({}, { tool: text, many: fc.constantFrom('3', '1,5'), kind: fc.constantFrom('i', 'j') }),
  }),
  essay: record({ text }),
}

const questionIds = Object.keys(ANSWERS)
const responses = (minLength: number) =>
  fc
    .shuffledSubarray(questionIds, { minLength, maxLength: 5 })
    .chain((ids) =>
      fc.tuple(...ids.map((question) => record({ question: fc.constant(question), response: ANSWERS[question]! }))),
    )

const documents = (schema: Schema) => {
  const { title, description, language } = resolved(schema).properties!
  const questions = fc
    .array(
      fc
        .constantFrom(...typeNames)
        .chain(publishedQuestions)
        .filter(holdsText)
        .chain((drawn) => fc.record({ drawn: fc.constant(drawn), word: text.map((said) => `Because ${said}`) })),
      { minLength: 1, maxLength: 4 },
    )
    .map((all) => all.map(({ drawn, word }, index) => ({ ...written(drawn, drawn.keyed, word), id: `q-${index}` })))
  return record(
    {
      title: valuesOf(title!),
      access: fc.constantFrom('public', 'restricted'),
      sections: fc.constant([{ id: 'one', title: 'One' }]),
      questions,
    },
    {
      description: valuesOf(description!),
      language: valuesOf(language!),
      policy: fc.oneof(
        savingPolicies({ feedback: 'deferred' }),
        savingPolicies({ feedback: 'never' }),
        tryingPolicies(),
      ),
    },
  )
}

const reason = (schema: Schema) => valuesOf(resolved(schema).properties!['reason']!)
const extension = (schema: Schema) => {
  const { extraSeconds, factor } = resolved(schema).properties!
  const more = [
    valuesOf(extraSeconds!).map((value) => ({ extraSeconds: value })),
    valuesOf(factor!).map((value) => ({ factor: value })),
    fc.constant({ unlimited: true }),
  ]
  return fc.tuple(fc.oneof(...more), reason(schema)).map(([given, why]) => ({ ...given, reason: why }))
}

const scores = (most: number) => fc.integer({ min: 0, max: most * 1000 }).map((points) => points / 1000)
const webhook = { url: fc.constantFrom(...GOOD_URLS), description: text }

/** By operation; another one takes whatever fits its schema. */
const TAKEN: Readonly<Record<string, (schema: Schema) => fc.Arbitrary<unknown>>> = {
  publishQuiz: documents,
  submitResponses: () => record({ responses: responses(1) }),
  submitQuiz: (schema) =>
    record({ responses: responses(0) }, { learner: valuesOf(resolved(schema).properties!['learner']!) }),
  extendAttempt: extension,
  extendAttempts: extension,
  gradeResponse: (schema) =>
    record(
      { question: fc.constant('essay'), score: scores(5) },
      { comment: valuesOf(resolved(schema).properties!['comment']!) },
    ),
  overrideScore: (schema) =>
    fc.oneof(
      record({ question: fc.constantFrom('single', 'truth'), score: scores(1), reason: reason(schema) }),
      record({ score: scores(30), reason: reason(schema) }),
    ),
  regradeQuiz: (schema) =>
    record(
      {
        revision: fc.constant(NAMES.revision),
        rule: fc.oneof(
          fc.constantFrom('full-credit', 'new-key'),
          fc.dictionary(fc.constantFrom(...questionIds), fc.constant('full-credit'), {
            minKeys: 1,
            maxKeys: 3,
            noNullPrototype: true,
          }),
        ),
        reason: reason(schema),
      },
      { dryRun: fc.boolean() },
    ),
  setAccommodations: (schema) =>
    record({
      rules: fc.uniqueArray(fc.constantFrom(null, NAMES.quiz, 'another-quiz')).chain((quizzes) =>
        fc.tuple(
          ...quizzes.map((quiz) =>
            record({
              quiz: fc.constant(quiz),
              factor: fc.integer({ min: 1000, max: 100_000 }).map((n) => n / 1000),
              reason: text.map((why) => `Agreed: ${why}`),
            }),
          ),
        ),
      ),
    }).filter(() => schema !== undefined),
  createKey: (schema) =>
    record({
      name: valuesOf(resolved(schema).properties!['name']!),
      scopes: fc.shuffledSubarray(['quizzes:read', 'quizzes:write', 'keys:write'], { minLength: 1 }),
    }),
  createWebhook: () =>
    record(
      {
        url: webhook.url,
        events: fc.shuffledSubarray(['ping', 'attempt.finished', 'quiz.published'], { minLength: 1 }),
      },
      {
        description: text,
        quizzes: fc.constantFrom(null, [NAMES.quiz]),
        headers: fc.constantFrom({}, { 'X-Tenant': 'one' }),
      },
    ),
  updateWebhook: () => record({}, { ...webhook, disabled: fc.boolean(), quizzes: fc.constantFrom(null, [NAMES.quiz]) }),
  replayDeliveries: () => record({ since: fc.constantFrom('2026-01-05T09:00:00Z', '2026-01-04T23:59:59.999Z') }),
}

export function takenBodies(operation: string, schema: Schema): fc.Arbitrary<unknown> {
  return TAKEN[operation]?.(schema) ?? valuesOf(schema)
}

/** Words of which some are ids of something. */
export const WORDS: readonly string[] = [
  ...Object.values(NAMES),
  ...questionIds,
  ...'abcpqrstwxyz1234ij',
  'true',
  'tool',
  'many',
  'kind',
  'never-published',
  'att_none',
  'https://lms.school.edu/',
]
