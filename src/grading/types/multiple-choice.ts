import { ZERO } from '../fraction.ts'
import { oneOf } from '../one-of.ts'
import { countPicks } from '../scoring/picks/counts.ts'
import { PICK_METHODS, scoreBy } from '../scoring/registry.ts'
import { strictObject } from '../strict-object.ts'
import {
  checkIds,
  checkWeights,
  OPTIONS,
  type OptionsContent,
  Picks,
  scoreWeights,
  sumOf,
  weightOf,
  type Weights,
  Weights as WeightsSchema,
} from './options.ts'
import { PLAIN, type QuestionType } from './question-type.ts'
import * as v from 'valibot'

const Choices = strictObject({ choices: Picks })
type Choices = { readonly choices: readonly string[] }
type Key = Choices | { readonly weights: Weights }

/** Any number of options may be right. Picking none is a response. */
export const multipleChoice: QuestionType<OptionsContent, Key, Choices> = {
  ...PLAIN,
  type: 'multiple-choice',
  lists: OPTIONS,
  key: oneOf({
    choices: strictObject({ choices: v.pipe(Picks, v.minLength(1)) }),
    weights: strictObject({ weights: WeightsSchema }),
  }),
  response: Choices,
  methods: (key) => ('choices' in key ? [...PICK_METHODS.keys()] : ['option-weights']),
  checkResponse: (content, response) => checkIds(content.options, response.choices, (index) => ['choices', index]),
  checkKey: (content, key) =>
    'choices' in key
      ? checkIds(content.options, key.choices, (index) => ['choices', index])
      : checkWeights(content, key.weights, sumOf(key.weights, paying(content, key.weights))),
  isBlank: ({ choices }) => choices.length === 0,
  // Two options may have become one.
  rename: ({ choices }, nameOf) => ({ choices: [...new Set(choices.map(nameOf))] }),
  canonical: (response) => ({ choices: response.choices.toSorted() }),
  grade({ content, key, scoring, response }) {
    if ('weights' in key) return scoreWeights(key.weights, response.choices)
    return scoreBy(PICK_METHODS, scoring, countPicks(content.options, key.choices, response.choices))
  },
  answer: (content, key) => ({ choices: 'choices' in key ? key.choices.toSorted() : paying(content, key.weights) }),
}

/** The best set: every option that earns something. */
function paying({ options }: OptionsContent, weights: Weights): string[] {
  const ids = options.map((option) => option.id)
  return ids.filter((id) => weightOf(weights, id).compare(ZERO) > 0).toSorted()
}
