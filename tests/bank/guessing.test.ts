import { Fraction } from 'fraction.js'
import { expectedOf, expectedOfQuestions } from '../../src/bank/guessing/expected.ts'
import { authored, entries } from './authored.ts'
import { describe, expect, it } from 'vitest'

/** What is expected of a question, as fractions: of a blank, of everything, of guessing. */
function expected(...question: Parameters<typeof authored>): (string | null)[] {
  const { blank, everything, guessing } = expectedOf(authored(...question))
  return [blank, everything, guessing].map((fraction) => fraction?.toFraction() ?? null)
}

/** As many entries as that. */
const many = (count: number, prefix = 'o') =>
  Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, text: `${prefix} ${index}` }))
const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id)

function mean(fractions: readonly Fraction[]): string {
  return fractions
    .reduce((sum, each) => sum.add(each), new Fraction(0))
    .div(fractions.length)
    .toFraction()
}

describe('guessing at one of n options earns 1/n', () => {
  for (const n of [2, 3, 4, 7, 50]) {
    it(`where n is ${n}`, () => {
      const options = many(n)
      expect(expected('single-choice', { choice: 'o1' }, { options })).toEqual([null, null, `1/${n}`])
    })
  }

  it('and of true and false a half', () => {
    expect(expected('true-false', { choice: 'true' })).toEqual([null, null, '1/2'])
  })

  it('and with weights their mean, where those below 0 count 0', () => {
    const weights = { a: 1, b: '1/4', c: '-1/3', d: 0 }
    expect(expected('single-choice', { weights }, { options: entries('abcde') })).toEqual([null, null, '1/4'])
  })
})

/** What is earned by a set with tp right and fp wrong picks, of k right and w wrong options. */
type Pays = (tp: number, fp: number, k: number, w: number) => Fraction
const floored = (fraction: Fraction) => (fraction.compare(0) < 0 ? new Fraction(0) : fraction)
const corrected =
  (cost: (w: number) => Fraction): Pays =>
  (tp, fp, k, w) =>
    floored(new Fraction(tp, k).sub(fp === 0 ? 0 : cost(w).mul(fp)))

const PICKS: readonly (readonly [scoring: object, pays: Pays])[] = [
  [{ method: 'net-correct' }, (tp, fp, k) => floored(new Fraction(tp - fp, k))],
  [{ method: 'exact' }, (tp, fp, k) => new Fraction(tp === k && fp === 0 ? 1 : 0)],
  [{ method: 'every-decision-counts' }, (tp, fp, k, w) => new Fraction(tp + w - fp, k + w)],
  [
    { method: 'halves' },
    (tp, fp, k, w) => {
      const errors = fp + k - tp
      if (errors === 1 && k + w > 2) return new Fraction(1, 2)
      if (errors === 2 && k + w > 4) return new Fraction(1, 4)
      return new Fraction(errors === 0 ? 1 : 0)
    },
  ],
  [{ method: 'coverage' }, (tp, fp, k) => (tp === 0 ? new Fraction(0) : new Fraction(tp * tp, k * (tp + fp)))],
  [{ method: 'guess-corrected' }, corrected((w) => new Fraction(1, Math.max(w, 2)))],
  [{ method: 'guess-corrected', wrong: 'false' }, corrected((w) => new Fraction(1, w))],
  [{ method: 'guess-corrected', wrong: 'all' }, corrected(() => new Fraction(1))],
  [{ method: 'guess-corrected', wrong: 'none' }, corrected(() => new Fraction(0))],
  [{ method: 'any-correct-none-wrong' }, (tp, fp) => new Fraction(tp > 0 && fp === 0 ? 1 : 0)],
]

describe('guessing at several options earns the mean over all sets of them', () => {
  for (const [scoring, pays] of PICKS) {
    it(`by ${Object.values(scoring).join(' ')}`, () => {
      for (const [k, w] of [
        [1, 1],
        [1, 3],
        [2, 0],
        [2, 1],
        [2, 3],
        [3, 3],
        [5, 2],
      ] as const) {
        const n = k + w
        const sets = Array.from({ length: 2 ** n }, (_, set) => {
          const picked = Array.from({ length: n }, (_each, option) => (set >> option) % 2 === 1)
          const tp = picked.slice(0, k).filter(Boolean).length
          return pays(tp, picked.filter(Boolean).length - tp, k, w)
        })
        const options = many(n)
        const key = { choices: idsOf(options).slice(0, k) }
        expect(expected('multiple-choice', key, { options, scoring }), `${k} right, ${w} wrong`).toEqual([
          pays(0, 0, k, w).toFraction(),
          pays(k, w, k, w).toFraction(),
          mean(sets),
        ])
      }
    })
  }

  it('by weights', () => {
    // Nothing, a, b, c, ab, ac, bc and abc, each limited to 0..1.
    const weights = { a: 1, b: '1/2', c: '-1/2' }
    expect(expected('multiple-choice', { weights }, { options: entries('abc') })).toEqual([
      '0',
      '1',
      mean(['0', '1', '1/2', '0', '1', '1/2', '0', '1'].map((share) => new Fraction(share))),
    ])
  })
})

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))
}

/** The most items of a response that can stay: no two of them are in conflict. */
function mostThatStay(order: readonly number[], mustFollow: (later: number, earlier: number) => boolean): number {
  const sizes = Array.from({ length: 2 ** order.length }, (_, set) => {
    const kept = order.filter((_item, place) => (set >> place) % 2 === 1)
    return kept.every((item, place) => kept.slice(place + 1).every((later) => !mustFollow(item, later)))
      ? kept.length
      : 0
  })
  return Math.max(...sizes)
}

const partly = (n: number, stay: number) => floored(new Fraction(n - 2 * (n - stay), n))

/** The longest stretch of the right order that comes in that order. */
function longestStretch(order: readonly number[]): number {
  const n = order.length
  const stretches = order.flatMap((from) =>
    Array.from({ length: n - from }, (_, more) => Array.from({ length: more + 1 }, (_each, step) => from + step)),
  )
  const places = (stretch: readonly number[]) => stretch.map((item) => order.indexOf(item))
  const inOrder = stretches.filter((stretch) =>
    places(stretch).every((place, at, all) => at === 0 || all[at - 1]! < place),
  )
  return Math.max(...inOrder.map((stretch) => stretch.length))
}

/** One item alone is in no order. */
const ofLength = (n: number, length: number) => new Fraction(length > 1 ? length : 0, n)
const ascending = (item: number, later: number) => item > later
/** 2 follows 0, and 3 follows 2 and with it 0. */
const inSteps = (item: number, earlier: number) => ['2 0', '3 2', '3 0'].includes(`${item} ${earlier}`)

describe('guessing at an order earns the mean over all orders', () => {
  const orders = [2, 3, 4, 5, 6].map((n) => permutations(Array.from({ length: n }, (_, item) => item)))
  const over = (n: number, pays: (order: readonly number[]) => Fraction) => mean(orders[n - 2]!.map(pays))
  const methods: Readonly<Record<string, (n: number) => string>> = {
    'absolute-position': (n) => `1/${n}`,
    exact: (n) => `1/${[1, 2, 6, 24, 120, 720][n - 1]}`,
    'relative-next': (n) => `1/${n}`,
    'one-neighbour-each-side': (n) => `1/${n}`,
    'all-before-and-after': () => '1/2',
    // An item is (n² − 1)/3n places away from its own on average.
    'relative-to-correct': (n) => new Fraction(1).sub(n + 1, 3 * n).toFraction(),
    'longest-ordered-subset': (n) => over(n, (order) => ofLength(n, mostThatStay(order, ascending))),
    'longest-run': (n) => over(n, (order) => ofLength(n, longestStretch(order))),
    'partial-order': (n) => over(n, (order) => partly(n, mostThatStay(order, ascending))),
  }
  for (const [method, guessing] of Object.entries(methods)) {
    it(`by ${method}`, () => {
      for (const n of [2, 3, 4, 5, 6]) {
        const items = many(n)
        const found = expected('ordering', { order: idsOf(items) }, { items, scoring: { method } })
        expect(found, `${n} items`).toEqual([null, null, guessing(n)])
      }
    })
  }

  it('also of several right orders', () => {
    const dependsOn = { o2: ['o0'], o3: ['o2'] }
    const items = many(4)
    const partial = over(4, (order) => partly(4, mostThatStay(order, inSteps)))
    expect(expected('ordering', { dependsOn }, { items })).toEqual([null, null, partial])
    // Of the 6 orders of 0, 2 and 3 one is right, wherever 1 stands.
    expect(expected('ordering', { dependsOn }, { items, scoring: { method: 'exact' } })[2]).toBe('1/6')
  })
})

describe('guessing at parts', () => {
  const matching = { prompts: many(3, 'p'), options: many(4) }
  const pairs = { p0: 'o0', p1: 'o1', p2: 'o1' }

  it('earns of a matching one in as many as there are options, each part by itself', () => {
    expect(expected('matching', { pairs }, matching)).toEqual(['0', null, '1/4'])
    expect(expected('matching', { pairs }, { ...matching, scoring: { method: 'exact' } })).toEqual(['0', null, '1/64'])
  })

  it('counts equal options once', () => {
    const options = [...many(2), { id: 'other', text: 'o 1' }]
    expect(expected('matching', { pairs: { ...pairs, p2: 'other' } }, { ...matching, options })[2]).toBe('1/2')
  })

  const blanks = [
    { id: 'two', type: 'single-choice', options: entries('ab') },
    { id: 'text', type: 'short-text' },
    { id: 'four', type: 'single-choice', options: entries('abcd') },
  ]
  const key = {
    two: { choice: 'a' },
    text: { answers: [{ pattern: '.?' }], weight: 2 },
    four: { choice: 'd', weight: 3 },
  }

  it('earns of a cloze what its choices do, by their weights: nobody writes into the others', () => {
    const prompt = '{{two}} {{text}} {{four}}'
    // (1 · 1/2 + 3 · 1/4) / 6
    expect(expected('cloze', { blanks: key }, { blanks, prompt })).toEqual(['0', null, '5/24'])
    const exact = { blanks, prompt, scoring: { method: 'exact' } }
    expect(expected('cloze', { blanks: key }, exact)).toEqual(['0', null, '0'])
  })

  it('earns of choices alone what each earns, all at once', () => {
    const { two, four } = key
    const choices = { blanks: blanks.filter(({ type }) => type === 'single-choice'), prompt: '{{two}} {{four}}' }
    expect(expected('cloze', { blanks: { two, four } }, { ...choices, scoring: { method: 'exact' } })[2]).toBe('1/8')
    const weighed = { two, four: { weights: { a: 1, b: '1/2' } } }
    // (1/2 + 3/8) / 2
    expect(expected('cloze', { blanks: weighed }, choices)[2]).toBe('7/16')
  })
})

it('nobody guesses numbers and texts, and a text may be left blank', () => {
  expect(expected('numeric', { answers: [{ value: 0 }] })).toEqual([null, null, null])
  expect(expected('short-text', { answers: [{ text: 'a' }] })).toEqual(['0', null, null])
  expect(expected('short-text', { answers: [{ text: 'a' }, { wildcard: '*', fraction: '1/3' }] })[0]).toBe('1/3')
  expect(expected('essay', {})).toEqual([null, null, null])
})

it('questions count by their points, and where there is no such response nothing is earned', () => {
  const questions = [
    authored('single-choice', { choice: 'a' }, { options: entries('abcd'), points: 2 }),
    authored('essay', {}, { points: 1.5 }),
    authored(
      'multiple-choice',
      { choices: ['a'] },
      { options: entries('abc'), scoring: { method: 'coverage' }, points: 0.5 },
    ),
  ]
  const { blank, everything, guessing } = expectedOfQuestions(questions)
  // Of the 8 sets those with a pay 1, 1/2, 1/2 and 1/3: 7/24 on average.
  expect([blank, everything, guessing].map((share) => share.toFraction())).toEqual(['0', '1/24', '31/192'])
})
