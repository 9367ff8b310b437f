import { EXPLANATION } from './bank-files.ts'

/**
 * One question of each written form that nothing is wrong with. The tables of the tests count lines: the front matter
 * starts on line 1, and `section` and `type` stand on lines 2 and 3.
 */

export function written(type: string, frontMatter: string, body: string): string {
  return `---\nsection: one\ntype: ${type}\n${frontMatter.trim()}\n---\n\n${body.trim()}\n\n## Explanation\n\n${EXPLANATION}\n`
}

/** Samples from line 4, the prompt on line 11, the items from line 13. */
export const ORDERING = written(
  'ordering',
  `
samples:
  - order: [1, 2, 3]
    earns: 1
  - order: [2, 1, 3]
    earns: 1/3`,
  `
Which order?

1. Alpha
   > The first.
2. Bravo {#b}
3. Charlie`,
)

/** The table from line 13, its rows from line 15. */
export const MATCHING = written(
  'matching',
  `
samples:
  - match: [1, 2, 2]
    earns: 1
  - match: [1, 0, 4]
    earns: 1/3`,
  `
What belongs together?

| prompt | option | feedback |
| --- | --- | --- |
| Alpha | one | Not two. |
| Bravo | two | |
| Charlie | two | |
| | three | |`,
)

/** Answers from line 4, units from line 9, samples from line 12, the prompt on line 20. */
export const NUMERIC = written(
  'numeric',
  `
answers:
  - value: 256
    tolerance: { absolute: 1 }
  - range: { min: 300, max: 400 }
    fraction: 1/2
units:
  MiB: 1
  GiB: 1024
samples:
  - number: 256
    unit: MiB
    earns: 1
  - number: 350
    unit: MiB
    earns: 1/2`,
  'How much?',
)

/** Answers from line 4, rules from line 9, samples from line 11, the prompt on line 18. */
export const SHORT_TEXT = written(
  'short-text',
  `
answers:
  - text: digest
  - wildcard: sha256 *
    fraction: 1/2
    feedback: Nearly.
maxEdits: 1
maxLength: 40
samples:
  - text: digest
    earns: 1
  - text: sha256 sum
    earns: 1/2`,
  'What is its name?',
)

/** Blanks on lines 5, 9 and 13, samples from line 21, the prompt on line 28. */
export const CLOZE = written(
  'cloze',
  `
blanks:
  quantile:
    type: numeric
    answers: [{ value: 0.75 }]
    weight: 2
  label:
    type: short-text
    answers:
      - text: le
  kind:
    type: single-choice
    options:
      - a counter
      - text: a gauge
        feedback: It goes down.
        id: gauge
    choice: 1
samples:
  - blanks: { quantile: "0.75", label: le, kind: 1 }
    earns: 1
  - blanks: { quantile: 0.75, kind: 2 }
    earns: 1/2`,
  'From {{quantile}} by {{label}} of {{kind}}.',
)

/** Samples from line 5, the prompt on line 10. */
export const ESSAY = written(
  'essay',
  `
maxLength: 200
samples:
  - text: A model.
    earns: 1`,
  'Why?',
)

/** Weights on line 4, samples from line 5, the prompt on line 12, options on lines 14, 16 and 18. */
export const WEIGHTED = written(
  'multiple-choice',
  `
weights: [1/2, -1/2, 1/2]
samples:
  - choose: [1, 3]
    earns: 1
  - choose: [1, 2]
    earns: 0`,
  `
Which?

- [x] Alpha
  > Yes.
- [ ] Bravo
  > No.
- [x] Charlie
  > Yes.`,
)

export const SOUND = {
  ordering: ORDERING,
  matching: MATCHING,
  numeric: NUMERIC,
  'short-text': SHORT_TEXT,
  cloze: CLOZE,
  essay: ESSAY,
  weights: WEIGHTED,
} as const
