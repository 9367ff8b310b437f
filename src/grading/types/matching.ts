import { ONE, ZERO } from '../fraction.ts'
import { Id } from '../identifiers.ts'
import type { Issue } from '../issue.ts'
import { own } from '../own.ts'
import { type PartScore, perPart } from '../scoring/parts.ts'
import { PART_METHODS, scoreBy } from '../scoring/registry.ts'
import { strictObject } from '../strict-object.ts'
import { strictRecord } from '../strict-record.ts'
import { checkIds } from './options.ts'
import { type Grading, type Listed, PLAIN, type QuestionType } from './question-type.ts'

const Pairs = strictObject({ pairs: strictRecord(Id, Id) })
export type Pairs = { readonly pairs: Readonly<Record<string, string>> }
interface Content {
  readonly prompts: readonly Listed[]
  readonly options: readonly Listed[]
}

/** To each prompt one option belongs. An option may belong to several prompts, or to none. Prompts may be left out. */
export const matching: QuestionType<Content, Pairs, Pairs> = {
  ...PLAIN,
  type: 'matching',
  lists: {
    prompts: { min: 1, max: 50, shuffle: 'never', use: 'places' },
    options: { min: 2, max: 50, shuffle: 'always', equalTexts: 'merge', use: 'choices' },
  },
  key: Pairs,
  response: Pairs,
  methods: () => [...PART_METHODS.keys()],
  // Equal options have become one by now.
  checkContent: ({ options }) =>
    options.length < 2
      ? [{ path: ['options'], code: 'inconsistent', detail: 'Expected two options that differ, or more.' }]
      : [],
  checkResponse: checkPairs,
  checkKey: (content, key) => [
    ...checkPairs(content, key),
    ...content.prompts.flatMap(({ id }): Issue[] =>
      own(key.pairs, id) === undefined
        ? [{ path: ['pairs'], code: 'inconsistent', detail: 'Expected an option for every prompt.' }]
        : [],
    ),
  ],
  canonical: (response) => response,
  isBlank: ({ pairs }) => Object.keys(pairs).length === 0,
  rename: ({ pairs }, nameOf) => ({
    pairs: Object.fromEntries(Object.entries(pairs).map(([prompt, option]) => [nameOf(prompt), nameOf(option)])),
  }),
  grade: (grading) => scoreBy(PART_METHODS, grading.scoring, partsOf(grading)),
  parts: (grading) => (grading.scoring.method === perPart.method ? partsOf(grading) : null),
  answer: (_content, key) => key,
}

function partsOf({ content, key, response }: Grading<Content, Pairs, Pairs>): PartScore[] {
  return content.prompts.map(({ id }) => ({
    earned: own(response.pairs, id) === own(key.pairs, id) ? ONE : ZERO,
    weight: ONE,
  }))
}

function checkPairs({ prompts, options }: Content, { pairs }: Pairs): Issue[] {
  const names = Object.keys(pairs)
  return [
    ...checkIds(prompts, names, (index) => ['pairs', names[index]!], 'The question has no prompt with this id.'),
    ...checkIds(options, Object.values(pairs), (index) => ['pairs', names[index]!]),
  ]
}
