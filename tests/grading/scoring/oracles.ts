/**
 * What the worked examples are checked against: slow, by the definitions alone, in plain integers. Sets and orders are
 * strings of one-letter ids. Nothing here knows the code under test.
 */

/** A fraction in lowest terms, as results are written. One below 0 is 0. */
export function ratio(top: number, bottom: number): string {
  if (top <= 0) return '0'
  const divisor = greatestCommonDivisor(top, bottom)
  return bottom === divisor ? `${top / divisor}` : `${top / divisor}/${bottom / divisor}`
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

export const entries = (ids: string) => [...ids].map((id) => ({ id, text: id }))

/** Every subset, the empty one first, each in the order of the letters. */
export function subsets(letters: string): string[] {
  let all = ['']
  for (const letter of letters) all = all.concat(all.map((set) => set + letter))
  return all
}

export function permutations(letters: string): string[] {
  if (letters === '') return ['']
  return [...letters].flatMap((first) => permutations(letters.replace(first, '')).map((rest) => first + rest))
}

/** How many letters both have. */
export const common = (a: string, b: string) => [...a].filter((letter) => b.includes(letter)).length

type PickOracle = (options: string, right: string, picked: string) => string

/** How many options were decided wrongly: picked though wrong, or left though right. */
const errors = (options: string, right: string, picked: string) =>
  [...options].filter((option) => right.includes(option) !== picked.includes(option)).length

/** Right picks pay `pay` each and wrong ones cost `cost` each, of `whole`. */
const balance = (right: string, picked: string, pay: number, cost: number, whole: number) =>
  ratio(
    [...picked].map((option) => (right.includes(option) ? pay : -cost)).reduce((a, b) => a + b, 0),
    whole,
  )

export const pickOracles: Record<string, PickOracle> = {
  exact: (options, right, picked) => (errors(options, right, picked) === 0 ? '1' : '0'),
  'net-correct': (_options, right, picked) => balance(right, picked, 1, 1, right.length),
  'every-decision-counts': (options, right, picked) =>
    ratio(options.length - errors(options, right, picked), options.length),
  halves: (options, right, picked) => {
    const credit = { 2: ['1'], 3: ['1', '1/2'], 4: ['1', '1/2'] }[options.length] ?? ['1', '1/2', '1/4']
    return credit[errors(options, right, picked)] ?? '0'
  },
  coverage: (_options, right, picked) => ratio(common(right, picked) ** 2, right.length * (picked.length || 1)),
  'guess-corrected': (...sets) => pickOracles['guess-corrected false2']!(...sets),
  'guess-corrected false2': (options, right, picked) => {
    const wrong = options.length - right.length > 2 ? options.length - right.length : 2
    return balance(right, picked, wrong, right.length, wrong * right.length)
  },
  'guess-corrected false': (options, right, picked) => {
    const wrong = options.length - right.length || 1
    return balance(right, picked, wrong, right.length, wrong * right.length)
  },
  'guess-corrected all': (_options, right, picked) => balance(right, picked, 1, right.length, right.length),
  'guess-corrected none': (_options, right, picked) => balance(right, picked, 1, 0, right.length),
  'any-correct-none-wrong': (_options, right, picked) =>
    picked !== '' && common(right, picked) === picked.length ? '1' : '0',
}

type OrderOracle = (right: string, given: string) => string

const before = (order: string, item: string) => order.slice(0, order.indexOf(item))
const after = (order: string, item: string) => order.slice(order.indexOf(item) + 1)

/** Whether the letters come in this order in a longer string, others between them or not. */
export const comesIn = (letters: string, order: string) => new RegExp([...letters].join('.*')).test(order)

const longest = (parts: readonly string[], given: string) =>
  Math.max(...parts.filter((part) => part.length > 1 && comesIn(part, given)).map((part) => part.length), 0)

/** The neighbours of an order, two letters each. */
const pairs = (order: string) => [...order].slice(1).map((item, index) => order.charAt(index) + item)

const sharedPairs = (right: string, given: string) => pairs(right).filter((pair) => given.includes(pair)).length

const intervals = (order: string) => [...order].flatMap((_, start) => subsetsFrom(order.slice(start)))
const subsetsFrom = (order: string) => [...order].map((_, index) => order.slice(0, index + 1))

export const orderOracles: Record<string, OrderOracle> = {
  exact: (right, given) => (right === given ? '1' : '0'),
  'absolute-position': (right, given) =>
    ratio([...right].filter((item) => before(right, item).length === before(given, item).length).length, right.length),
  'relative-next': (right, given) => ratio(sharedPairs(right, given), right.length - 1),
  'relative-next includeLast': (right, given) => ratio(sharedPairs(`${right}$`, `${given}$`), right.length),
  'one-neighbour-each-side': (right, given) =>
    ratio(sharedPairs(`^${right}`, `^${given}`) + sharedPairs(`${right}$`, `${given}$`), 2 * right.length),
  'all-before-and-after': (right, given) => {
    const sides = [...right].map(
      (item) => common(before(right, item), before(given, item)) + common(after(right, item), after(given, item)),
    )
    return ratio(
      sides.reduce((a, b) => a + b, 0),
      right.length * (right.length - 1),
    )
  },
  'longest-ordered-subset': (right, given) => ratio(longest(subsets(right), given), right.length),
  'longest-run': (right, given) => ratio(longest(intervals(right), given), right.length),
  'relative-to-correct': (right, given) => {
    const whole = right.length * (right.length - 1)
    const off = [...right].map((item) => Math.abs(before(right, item).length - before(given, item).length))
    return ratio(
      off.reduce((left, places) => left - places, whole),
      whole,
    )
  },
  'partial-order': (right, given) => ratio(right.length - edits(right, given), right.length),
}

/** The least insertions and deletions that make one order the other, by the usual table of edit distances. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (const [at, other] of [...to].entries()) {
      next.push(letter === other ? row[at]! : 1 + Math.min(row[at + 1]!, next[at]!))
    }
    row = next
  }
  return row[to.length]!
}

/** What each item needs first, such as "b:a d:bc". */
export function dependencies(text: string): Record<string, string[]> {
  return Object.fromEntries(
    text
      .split(' ')
      .filter((part) => part !== '')
      .map((part) => [part.charAt(0), [...part].slice(2)]),
  )
}

/** Every order of the items in which each comes after all that it needs. */
export function validOrders(items: string, dependsOn: Record<string, string[]>): string[] {
  return permutations(items).filter((order) =>
    Object.entries(dependsOn).every(([item, needs]) => needs.every((need) => before(order, item).includes(need))),
  )
}

/** By the nearest of all valid orders. */
export function nearest(valid: readonly string[], given: string): string {
  return ratio(given.length - Math.min(...valid.map((order) => edits(given, order))), given.length)
}
