export interface Method {
  name: string
  scoring: { method: string; includeLast?: boolean }
  source: string
  examples: [right: string, given: string, earned: string][]
}

/**
 * Every method for one right order, worked out by hand. The first rows of Moodle’s methods are those of its own tests
 * (question_test.php), where a to f stand for Modular, Object, Oriented, Dynamic, Learning, Environment.
 */
export const METHODS: readonly Method[] = [
  {
    name: 'exact',
    scoring: { method: 'exact' },
    source: 'Moodle ALL_OR_NOTHING',
    examples: [
      ['abcdef', 'abcdef', '1'],
      ['abcdef', 'fedcba', '0'],
      ['abcdef', 'cbdefa', '0'],
      ['abcdef', 'abcdfe', '0'],
      ['ab', 'ba', '0'],
      ['cab', 'cab', '1'],
      ['cab', 'abc', '0'],
    ],
  },
  {
    name: 'absolute-position',
    scoring: { method: 'absolute-position' },
    source: 'Moodle ABSOLUTE_POSITION',
    examples: [
      ['abcdef', 'abcdef', '1'],
      ['abcdef', 'fedcba', '0'],
      ['abcdef', 'fbcdea', '2/3'],
      ['abcdef', 'cbdefa', '1/6'],
      ['abcdef', 'bcdefa', '0'],
      ['abc', 'cba', '1/3'],
      ['cab', 'cba', '1/3'],
      ['ab', 'ba', '0'],
    ],
  },
  {
    name: 'relative-next',
    scoring: { method: 'relative-next' },
    source: 'Moodle RELATIVE_NEXT_EXCLUDE_LAST',
    examples: [
      ['abcdef', 'abcdef', '1'],
      ['abcdef', 'fedcba', '0'],
      ['abcdef', 'fbcdea', '3/5'],
      ['abcdef', 'cbdefa', '2/5'],
      ['abcdef', 'bcdefa', '4/5'],
      ['abcdef', 'abcdfe', '3/5'],
      ['abc', 'acb', '0'],
      ['abc', 'cab', '1/2'],
      ['cab', 'abc', '1/2'],
      ['ab', 'ba', '0'],
    ],
  },
  {
    name: 'relative-next, the last place excluded when so said',
    scoring: { method: 'relative-next', includeLast: false },
    source: 'Moodle RELATIVE_NEXT_EXCLUDE_LAST',
    examples: [
      ['abcdef', 'bcdefa', '4/5'],
      ['abc', 'bac', '0'],
    ],
  },
  {
    name: 'relative-next, the last place included',
    scoring: { method: 'relative-next', includeLast: true },
    source: 'Moodle RELATIVE_NEXT_INCLUDE_LAST',
    examples: [
      ['abcdef', 'abcdef', '1'],
      ['abcdef', 'fedcba', '0'],
      ['abcdef', 'fbcdea', '1/2'],
      ['abcdef', 'cbdefa', '1/3'],
      ['abcdef', 'bcdefa', '2/3'],
      ['abcdef', 'acbdef', '1/2'],
      ['abc', 'bac', '1/3'],
      ['abc', 'acb', '0'],
      ['ab', 'ba', '0'],
    ],
  },
  {
    name: 'one-neighbour-each-side',
    scoring: { method: 'one-neighbour-each-side' },
    source: 'Moodle RELATIVE_ONE_PREVIOUS_AND_NEXT',
    examples: [
      ['abcdef', 'abcdef', '1'],
      ['abcdef', 'fedcba', '0'],
      ['abcdef', 'cbdefa', '1/3'],
      ['abcdef', 'bcdefa', '2/3'],
      ['abcdef', 'abdcef', '1/2'],
      // The first place alone, the last place alone.
      ['abc', 'acb', '1/6'],
      ['abc', 'bac', '1/6'],
      ['abc', 'bca', '1/3'],
      ['ab', 'ba', '0'],
    ],
  },
  {
    name: 'all-before-and-after',
    scoring: { method: 'all-before-and-after' },
    source: 'Moodle RELATIVE_ALL_PREVIOUS_AND_NEXT',
    examples: [
      ['abcdef', 'abcdef', '1'],
      ['abcdef', 'fedcba', '0'],
      ['abcdef', 'cbdefa', '3/5'],
      ['abcdef', 'bcdefa', '2/3'],
      ['abc', 'acb', '2/3'],
      ['abc', 'cab', '1/3'],
      ['ab', 'ba', '0'],
    ],
  },
  {
    name: 'longest-ordered-subset',
    scoring: { method: 'longest-ordered-subset' },
    source: 'Moodle LONGEST_ORDERED_SUBSET',
    examples: [
      ['abcdef', 'abcdef', '1'],
      ['abcdef', 'fedcba', '0'],
      ['abcdef', 'bcdefa', '5/6'],
      ['abcdef', 'acebdf', '2/3'],
      ['abcdef', 'cbdefa', '2/3'],
      ['abcdef', 'badcfe', '1/2'],
      ['abcdef', 'fedcab', '1/3'],
      ['cab', 'abc', '2/3'],
      ['ab', 'ba', '0'],
    ],
  },
  {
    name: 'longest-run',
    scoring: { method: 'longest-run' },
    source: 'Moodle LONGEST_CONTIGUOUS_SUBSET',
    examples: [
      ['abcdef', 'abcdef', '1'],
      ['abcdef', 'fedcba', '0'],
      ['abcdef', 'bcdefa', '5/6'],
      ['abcdef', 'acebdf', '1/3'],
      // a, b, c are neighbours in the right order; what stands between them in the response does not matter.
      ['abcdef', 'adbecf', '1/2'],
      ['abcdef', 'defabc', '1/2'],
      ['abcdef', 'badcfe', '1/3'],
      ['cab', 'abc', '2/3'],
      ['ab', 'ba', '0'],
    ],
  },
  {
    name: 'relative-to-correct',
    scoring: { method: 'relative-to-correct' },
    source: 'Moodle RELATIVE_TO_CORRECT',
    examples: [
      ['abcdef', 'abcdef', '1'],
      ['abcdef', 'fedcba', '2/5'],
      ['abcdef', 'bcdefa', '2/3'],
      ['abcdef', 'abdcef', '14/15'],
      ['abc', 'cba', '1/3'],
      ['abc', 'bca', '1/3'],
      ['abc', 'acb', '2/3'],
      ['ab', 'ba', '0'],
    ],
  },
  {
    name: 'partial-order',
    scoring: { method: 'partial-order' },
    source: 'PrairieLearn pl-order-blocks, grading ordered with partial credit by the longest common subsequence',
    examples: [
      ['abcdef', 'abcdef', '1'],
      ['abcdef', 'fedcba', '0'],
      ['abcdef', 'bcdefa', '2/3'],
      ['abcdef', 'cbdefa', '1/3'],
      ['abcdef', 'badcfe', '0'],
      ['abcde', 'abdce', '3/5'],
      ['abc', 'acb', '1/3'],
      ['cab', 'abc', '1/3'],
      ['ab', 'ba', '0'],
    ],
  },
]
