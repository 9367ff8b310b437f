type Example = [options: string, right: string, picked: string, earned: string]

export interface Method {
  name: string
  scoring: { method: string; wrong?: string }
  source: string
  examples: Example[]
}

/** Every method for a set of right options, worked out by hand from what the sources document. */
export const METHODS: readonly Method[] = [
  {
    name: 'exact',
    scoring: { method: 'exact' },
    source: 'PrairieLearn pl-checkbox without partial credit, Canvas “exact match”',
    examples: [
      ['abcd', 'ab', 'ab', '1'],
      ['abcd', 'ab', 'ba', '1'],
      ['abcd', 'ab', 'a', '0'],
      ['abcd', 'ab', 'abc', '0'],
      ['abcd', 'ab', 'ac', '0'],
      ['abcd', 'ab', 'cd', '0'],
      ['abcd', 'ab', 'abcd', '0'],
      ['abcd', 'ab', '', '0'],
      ['abcd', 'abcd', 'abcd', '1'],
    ],
  },
  {
    name: 'net-correct',
    scoring: { method: 'net-correct' },
    source: 'PrairieLearn pl-checkbox net correct, Canvas partial credit with penalty',
    examples: [
      // Canvas’s guide: 4 points, 2 right options; both of them and a wrong one make 2 points.
      ['abcd', 'ab', 'abc', '1/2'],
      ['abcd', 'ab', 'ab', '1'],
      ['abcd', 'ab', 'cd', '0'],
      ['abcde', 'abc', 'ab', '2/3'],
      ['abcde', 'abc', 'abd', '1/3'],
      ['abcde', 'abc', 'ad', '0'],
      ['abcde', 'abc', 'ade', '0'],
      ['abcde', 'abc', '', '0'],
      ['abcde', 'abc', 'abcde', '1/3'],
      ['abcde', 'ab', 'abcde', '0'],
      ['abcde', 'abcde', 'abcd', '4/5'],
      ['abcde', 'abcde', 'abcde', '1'],
    ],
  },
  {
    name: 'every-decision-counts',
    scoring: { method: 'every-decision-counts' },
    source: 'Open edX choiceresponse EDC, PrairieLearn pl-checkbox each answer',
    examples: [
      // Open edX’s guide: A, B and D are right, C is wrong.
      ['abcd', 'abd', 'abd', '1'],
      ['abcd', 'abd', 'ab', '3/4'],
      ['abcd', 'abd', 'abc', '1/2'],
      // Open edX’s guide: two of three right options and no wrong one, of five.
      ['abcde', 'abc', 'ab', '4/5'],
      // PrairieLearn’s test: a and b are right, a and c picked, of four.
      ['abcd', 'ab', 'ac', '1/2'],
      ['abcd', 'abd', 'c', '0'],
      ['abcd', 'abd', 'abcd', '3/4'],
      // By the formula a blank earns w/n. Open edX itself refuses to grade one.
      ['abcd', 'abd', '', '1/4'],
      ['abcde', 'a', '', '4/5'],
      ['abcd', 'abcd', '', '0'],
      ['abcd', 'abcd', 'abc', '3/4'],
    ],
  },
  {
    name: 'halves',
    scoring: { method: 'halves' },
    source: 'Open edX choiceresponse halves: its tables for 2 to 7 options',
    examples: [
      ['ab', 'a', 'a', '1'],
      ['ab', 'a', 'ab', '0'],
      ['ab', 'ab', 'a', '0'],
      ['abc', 'ab', 'a', '1/2'],
      ['abc', 'ab', 'abc', '1/2'],
      ['abc', 'ab', 'ac', '0'],
      ['abcd', 'ab', 'abc', '1/2'],
      ['abcd', 'ab', 'ac', '0'],
      ['abcd', 'ab', 'abcd', '0'],
      ['abcde', 'ab', 'ab', '1'],
      ['abcde', 'ab', 'a', '1/2'],
      ['abcde', 'ab', 'ac', '1/4'],
      ['abcde', 'ab', 'abcd', '1/4'],
      ['abcde', 'ab', '', '1/4'],
      ['abcde', 'ab', 'cd', '0'],
      ['abcde', 'ab', 'abcde', '0'],
      ['abcde', 'abc', '', '0'],
      ['abcdefg', 'abc', 'ab', '1/2'],
      ['abcdefg', 'abc', 'abd', '1/4'],
      ['abcdefg', 'abc', 'ade', '0'],
      ['abcdefg', 'abc', 'abcdefg', '0'],
    ],
  },
  {
    name: 'coverage',
    scoring: { method: 'coverage' },
    source: 'PrairieLearn pl-checkbox coverage',
    examples: [
      // PrairieLearn’s test: (2/2) · (2/3).
      ['abc', 'ab', 'abc', '2/3'],
      ['abcde', 'abc', 'ab', '2/3'],
      ['abcde', 'abc', 'abd', '4/9'],
      ['abcde', 'abc', 'ade', '1/9'],
      ['abcde', 'abc', 'ad', '1/6'],
      ['abcde', 'abc', 'd', '0'],
      ['abcde', 'abc', '', '0'],
      ['abcde', 'a', 'abcde', '1/5'],
      ['abcde', 'abcde', 'abcde', '1'],
      ['abcd', 'abcd', 'b', '1/4'],
    ],
  },
  {
    name: 'guess-corrected, false2 when nothing is said',
    scoring: { method: 'guess-corrected' },
    source: 'R/exams exams_eval, rule "false2": a wrong pick costs 1/max(w, 2)',
    examples: [
      ['abcde', 'abc', 'abcd', '1/2'],
      ['abcde', 'abc', 'abd', '1/6'],
      ['abcde', 'abc', 'ad', '0'],
      ['abcde', 'abc', 'abcde', '0'],
      ['abcde', 'abc', '', '0'],
      ['abcd', 'abc', 'abcd', '1/2'],
      ['abcde', 'ab', 'abcd', '1/3'],
    ],
  },
  {
    name: 'guess-corrected, false2',
    scoring: { method: 'guess-corrected', wrong: 'false2' },
    source: 'R/exams exams_eval, rule "false2": a wrong pick costs 1/max(w, 2)',
    examples: [
      ['abcde', 'abc', 'ab', '2/3'],
      ['abcd', 'abc', 'abcd', '1/2'],
      ['abcd', 'abc', 'abd', '1/6'],
      ['abcde', 'ab', 'abc', '2/3'],
      ['abcde', 'ab', 'ac', '1/6'],
      ['abcde', 'ab', 'acd', '0'],
      ['abcd', 'abcd', 'abc', '3/4'],
      ['abcd', 'abcd', 'abcd', '1'],
      ['abcd', 'abcd', '', '0'],
    ],
  },
  {
    name: 'guess-corrected, false',
    scoring: { method: 'guess-corrected', wrong: 'false' },
    source: 'R/exams exams_eval, rule "false": a wrong pick costs 1/w',
    examples: [
      ['abcd', 'abc', 'abcd', '0'],
      ['abcd', 'abc', 'abd', '0'],
      ['abcd', 'abc', 'ab', '2/3'],
      ['abcde', 'abc', 'abcd', '1/2'],
      ['abcde', 'ab', 'abc', '2/3'],
      ['abcde', 'ab', 'abcd', '1/3'],
      ['abcde', 'ab', 'abcde', '0'],
      ['abcde', 'ab', '', '0'],
      // No option is wrong: 1/w is never asked for.
      ['abcd', 'abcd', 'abc', '3/4'],
      ['abcd', 'abcd', 'abcd', '1'],
      ['abcd', 'abcd', '', '0'],
    ],
  },
  {
    name: 'guess-corrected, all',
    scoring: { method: 'guess-corrected', wrong: 'all' },
    source: 'R/exams exams_eval, rule "all": a wrong pick costs everything',
    examples: [
      ['abcde', 'abc', 'abc', '1'],
      ['abcde', 'abc', 'ab', '2/3'],
      ['abcde', 'abc', 'abcd', '0'],
      ['abcde', 'abc', 'abcde', '0'],
      ['abcde', 'abc', '', '0'],
      ['abcd', 'abcd', 'a', '1/4'],
    ],
  },
  {
    name: 'guess-corrected, none',
    scoring: { method: 'guess-corrected', wrong: 'none' },
    source: 'R/exams exams_eval, rule "none": a wrong pick costs nothing',
    examples: [
      ['abcde', 'abc', 'abcd', '1'],
      ['abcde', 'abc', 'abde', '2/3'],
      ['abcde', 'abc', 'de', '0'],
      ['abcde', 'abc', 'abcde', '1'],
      ['abcde', 'abc', '', '0'],
      ['abcd', 'abcd', 'abc', '3/4'],
    ],
  },
  {
    name: 'any-correct-none-wrong',
    scoring: { method: 'any-correct-none-wrong' },
    source: 'this engine’s own: “name one” questions',
    examples: [
      ['abcd', 'ab', 'a', '1'],
      ['abcd', 'ab', 'ba', '1'],
      ['abcd', 'ab', 'ac', '0'],
      ['abcd', 'ab', 'c', '0'],
      ['abcd', 'ab', 'abcd', '0'],
      ['abcd', 'ab', '', '0'],
      ['abcd', 'abcd', 'd', '1'],
      ['abcd', 'abcd', 'abcd', '1'],
    ],
  },
]
