import { describe, expect, it } from 'vitest'
import { earned, keyProblems, responseProblems, rightAnswer } from '../earned.ts'
import { dependencies, entries, nearest, permutations, subsets, validOrders } from './oracles.ts'

const earnedBy = (needs: string, given: string, method?: string) =>
  earned('ordering', {
    content: { items: entries([...given].toSorted().join('')) },
    key: { dependsOn: dependencies(needs) },
    ...(method && { scoring: { method } }),
    response: { order: [...given] },
  })

const CHAIN = 'b:a c:b'
const DIAMOND = 'b:a c:a d:bc'
/** The two problems of PrairieLearn’s own tests (dag_checker_test.py), a to j for its 1 to 10. */
const PROBLEM_1 = 'b:a c:a d:bc e:a f:b g:def i:gh j:i'
const PROBLEM_2 = 'b:a c:b e:d f:e g:cf'

const EXAMPLES: [needs: string, given: string, earned: string][] = [
  [PROBLEM_1, 'abcdefghij', '1'],
  [PROBLEM_1, 'hacbfdegij', '1'],
  // PrairieLearn’s test has an edit distance of 2 here.
  [PROBLEM_1, 'abcdefgihj', '4/5'],
  [PROBLEM_2, 'abcdefg', '1'],
  [PROBLEM_2, 'defabcg', '1'],
  [PROBLEM_2, 'abdcefg', '1'],
  [PROBLEM_2, 'abcdegf', '5/7'],
  [PROBLEM_2, 'gabcdef', '5/7'],
  [PROBLEM_2, 'gacbdef', '3/7'],
  [PROBLEM_2, 'gfedcba', '0'],
  // c needs a because b does: with b away, c before a would still be wrong.
  [CHAIN, 'cba', '0'],
  [CHAIN, 'cab', '1/3'],
  [CHAIN, 'cbad', '0'],
  [CHAIN, 'dabc', '1'],
  [CHAIN, 'dacb', '1/2'],
  [DIAMOND, 'abcd', '1'],
  [DIAMOND, 'acbd', '1'],
  [DIAMOND, 'abdc', '1/2'],
  [DIAMOND, 'dabc', '1/2'],
  [DIAMOND, 'bacd', '1/2'],
  [DIAMOND, 'dbca', '0'],
  // Three to take out and put in again are six of six.
  ['b:a d:c f:e', 'bafedc', '0'],
  ['b:a d:c f:e', 'bacedf', '2/3'],
  ['b:a d:c f:e', 'badcef', '1/3'],
  ['', 'dacb', '1'],
  ['b:a', 'ba', '0'],
  ['b:a', 'ab', '1'],
]

describe('ordering partial-order with dependencies (PrairieLearn pl-order-blocks, grading dag)', () => {
  for (const [needs, given, expected] of EXAMPLES) {
    const everything = expected === '1' ? '1' : '0'
    it(`${needs || 'no dependency'} given as ${given} earns ${expected}, and exact ${everything}`, () => {
      expect(earnedBy(needs, given)).toBe(expected)
      expect(earnedBy(needs, given, 'partial-order')).toBe(expected)
      expect(earnedBy(needs, given, 'exact')).toBe(everything)
    })
  }
})

/** Every graph of a few items whose arrows point from earlier letters to later ones. Up to names, that is every one. */
const everyGraph = (items: string): string[] =>
  [...items].reduce<string[]>(
    (graphs, item, index) =>
      graphs.flatMap((graph) =>
        subsets(items.slice(0, index)).map((needs) => (needs === '' ? graph : `${graph} ${item}:${needs}`)),
      ),
    [''],
  )

const GRAPHS: [items: string, graphs: string[]][] = [
  ['ab', everyGraph('ab')],
  ['abc', everyGraph('abc')],
  ['abcd', everyGraph('abcd')],
  // Arrows that point to earlier letters.
  ['dbca', ['d:b b:c c:a', 'a:bcd', 'd:a c:a b:a', 'a:cd b:d']],
  [
    'abcde',
    [
      '',
      'b:a c:b d:c e:d',
      'b:a c:b d:c e:da',
      'b:a c:ab d:abc e:abcd',
      'c:ab d:c e:c',
      'b:a d:c',
      'b:a c:a d:bc e:d',
      'b:a c:a d:a e:a',
      'e:abcd',
      'd:ab e:bc',
      'c:ab d:ab e:ab',
      'b:a c:b e:d',
      'a:e b:d d:e',
      'b:e e:c c:a a:d',
    ],
  ],
  ['abcdef', ['b:a d:c f:e', 'b:a c:ab d:a e:db f:ec', 'd:ab e:bc f:ac', 'f:e e:d d:c c:b b:a', 'b:a c:b e:d f:e']],
]

describe('ordering partial-order against the nearest of all valid orders', () => {
  for (const [items, graphs] of GRAPHS) {
    it(`every order of ${items.length} items under ${graphs.length} graphs`, () => {
      const different: string[] = []
      for (const needs of graphs) {
        const valid = validOrders(items, dependencies(needs))
        for (const given of permutations(items)) {
          const found = earnedBy(needs, given)
          const expected = nearest(valid, given)
          if (found !== expected) different.push(`${needs} ${given}: ${found}, not ${expected}`)
          const everything = valid.includes(given) ? '1' : '0'
          if (earnedBy(needs, given, 'exact') !== everything) different.push(`exact ${needs} ${given}`)
        }
      }
      expect(different).toEqual([])
    })

    it(`the right answer to ${items.length} items under ${graphs.length} graphs is valid, and earns everything`, () => {
      for (const needs of graphs) {
        const key = { dependsOn: dependencies(needs) }
        const answer = rightAnswer('ordering', { content: { items: entries(items) }, key }) as { order: string[] }
        expect(validOrders(items, dependencies(needs)), needs).toContain(answer.order.join(''))
        expect(earnedBy(needs, answer.order.join(''))).toBe('1')
        expect(earnedBy(needs, answer.order.join(''), 'exact')).toBe('1')
      }
    })
  }

  it('the right answer says nothing of the order in which the author wrote the items', () => {
    for (const written of permutations('abcd')) {
      const answer = (needs: string) =>
        rightAnswer('ordering', { content: { items: entries(written) }, key: { dependsOn: dependencies(needs) } })
      expect(answer('')).toEqual({ order: ['a', 'b', 'c', 'd'] })
      expect(answer('a:d')).toEqual({ order: ['b', 'c', 'd', 'a'] })
      expect(answer('b:d')).toEqual({ order: ['a', 'c', 'd', 'b'] })
    }
  })

  it('a dependency that is named empty, and an item named like a member of every object, depend on nothing', () => {
    const content = { items: ['a', 'constructor', 'toString'].map((id) => ({ id, text: id })) }
    const key = { dependsOn: { a: [], toString: ['a'] } }
    const of = (order: string[]) => earned('ordering', { content, key, response: { order } })
    expect(of(['constructor', 'a', 'toString'])).toBe('1')
    expect(of(['toString', 'constructor', 'a'])).toBe('1/3')
  })
})

/** Pseudo-random numbers from 0 to 1 (the minimal standard generator of Park and Miller). */
function* numbers(seed: number) {
  for (let state = seed; ;) {
    state = (state * 16_807) % 2_147_483_647
    yield state / 2_147_483_647
  }
}

describe('ordering partial-order of 50 items', () => {
  const ids = Array.from({ length: 50 }, (_, index) => `i${index}`)
  const content = { items: ids.map((id) => ({ id, text: id })) }

  for (const density of [0, 0.02, 0.1, 0.3, 1]) {
    it(`takes less than 10 ms where ${density} of all dependencies are there`, () => {
      const random = numbers(42 + density * 1000)
      const next = () => random.next().value as number
      const dependsOn = Object.fromEntries(
        ids.map((id, index) => [id, ids.slice(0, index).filter(() => next() < density)]),
      )
      const order = ids.map((id) => [next(), id] as const).toSorted(([a], [b]) => a - b)
      const question = { content, key: { dependsOn }, response: { order: order.map(([, id]) => id) } }
      const times = [1, 2, 3, 4, 5].map(() => {
        const start = performance.now()
        earned('ordering', question)
        return performance.now() - start
      })
      expect(Math.min(...times)).toBeLessThan(10)
    })
  }

  it('in two halves that each need the one before it, given half by half the wrong way round', () => {
    // i25 to i49 each need all of i0 to i24: the best is to keep one half of them, and that leaves nothing.
    const dependsOn = Object.fromEntries(ids.slice(25).map((id) => [id, ids.slice(0, 25)]))
    const of = (order: string[]) => earned('ordering', { content, key: { dependsOn }, response: { order } })
    expect(of([...ids.slice(25), ...ids.slice(0, 25)])).toBe('0')
    expect(of([...ids.slice(40), ...ids.slice(0, 40)])).toBe('3/5')
    expect(of([...ids.slice(0, 25).toReversed(), ...ids.slice(25).toReversed()])).toBe('1')
  })
})

describe('the dependencies of an ordering key', () => {
  const content = { items: entries('abcd') }
  const problems = (dependsOn: unknown, scoring?: { method: string }) =>
    keyProblems('ordering', { content, key: { dependsOn }, ...(scoring && { scoring }) })

  it('may be none, and may be said twice in other words', () => {
    expect(problems({})).toEqual([])
    expect(problems({ a: [] })).toEqual([])
    expect(problems({ b: ['a'], c: ['b', 'a'] })).toEqual([])
  })

  it('have no circle', () => {
    expect(problems({ a: ['a'] })).toEqual(['inconsistent'])
    expect(problems({ a: ['b'], b: ['a'] })).toEqual(['inconsistent'])
    expect(problems({ a: ['b'], b: ['c'], c: ['a'] })).toEqual(['inconsistent'])
    expect(problems({ b: ['a'], c: ['b', 'd'], d: ['c'] })).toEqual(['inconsistent'])
  })

  it('are between items of the question, each once', () => {
    expect(problems({ x: ['a'] })).toEqual(['unknown-id'])
    expect(problems({ a: ['x'] })).toEqual(['unknown-id'])
    expect(problems({ a: ['x'], y: [] })).toEqual(['unknown-id', 'unknown-id'])
    expect(problems({ constructor: ['a'] })).toEqual(['unknown-id'])
    expect(problems({ b: ['a', 'a'] })).toEqual(['invalid-shape'])
    expect(problems({ b: 'a' })).toEqual(['invalid-shape'])
    expect(problems([['a', 'b']])).toEqual(['invalid-shape'])
  })

  it('are scored by partial-order or exact alone', () => {
    for (const method of ['partial-order', 'exact']) expect(problems({ b: ['a'] }, { method })).toEqual([])
    for (const method of ['absolute-position', 'longest-run', 'net-correct', 'relative-next']) {
      expect(problems({ b: ['a'] }, { method }), method).not.toEqual([])
    }
  })

  it('change nothing about what a response is', () => {
    expect(responseProblems('ordering', { content, response: { order: ['d', 'c', 'b', 'a'] } })).toEqual([])
    expect(responseProblems('ordering', { content, response: { order: ['d', 'c', 'b'] } })).toEqual(['inconsistent'])
  })
})
