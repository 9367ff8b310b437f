import { ONE, ZERO } from '../fraction.ts'
import { Id } from '../identifiers.ts'
import { oneOf } from '../one-of.ts'
import { strictObject } from '../strict-object.ts'
import {
  checkIds,
  checkWeights,
  OPTIONS,
  type OptionsContent,
  scoreWeights,
  weightOf,
  type Weights,
  Weights as WeightsSchema,
} from './options.ts'
import { PLAIN, type QuestionType } from './question-type.ts'

const Choice = strictObject({ choice: Id })
type Choice = { readonly choice: string }
type Key = Choice | { readonly weights: Weights }

/** One option is right, or each has its weight. */
export const singleChoice: QuestionType<OptionsContent, Key, Choice> = {
  ...PLAIN,
  type: 'single-choice',
  lists: OPTIONS,
  key: oneOf({ choice: Choice, weights: strictObject({ weights: WeightsSchema }) }),
  response: Choice,
  methods: (key) => ('choice' in key ? ['exact'] : ['option-weights']),
  checkResponse: (content, response) => checkIds(content.options, [response.choice], () => ['choice']),
  checkKey: (content, key) =>
    'choice' in key
      ? checkIds(content.options, [key.choice], () => ['choice'])
      : checkWeights(content, key.weights, weightOf(key.weights, best(content, key.weights))),
  canonical: (response) => response,
  grade({ key, response }) {
    if ('weights' in key) return scoreWeights(key.weights, [response.choice])
    return response.choice === key.choice ? ONE : ZERO
  },
  answer: (content, key) => ({ choice: 'choice' in key ? key.choice : best(content, key.weights) }),
  rename: ({ choice }, nameOf) => ({ choice: nameOf(choice) }),
  revealedBy: (response) => [response.choice],
}

/** The option that weighs most: of several the first by id, for the author's order is not told. */
function best({ options }: OptionsContent, weights: Weights): string {
  const ids = options.map((option) => option.id).toSorted()
  return ids.reduce((most, id) => (weightOf(weights, id).compare(weightOf(weights, most)) > 0 ? id : most))
}
