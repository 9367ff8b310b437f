/** Responses that are equally likely: all there are, or where they are too many, as many as are worth grading. */
export interface Guesses<Response = unknown> {
  readonly responses: readonly Response[]
  readonly isAll: boolean
}

/** An integer from 0 to a bound, without the bound. */
export type Draw = (bound: number) => number

/** What is graded of one question at most. */
const MAX_GUESSES = 4096

/** One of the choices. */
export function guessChoice(choices: readonly string[]): Guesses {
  return { responses: choices.map((choice) => ({ choice })), isAll: true }
}

/** Each option picked or not. */
export function guessSubsets(ids: readonly string[], draw: Draw): Guesses<string[]> {
  return responses(2 ** ids.length, draw, (digit) => ids.filter(() => digit(2) === 1))
}

/** The items in any order. */
export function guessOrder(ids: readonly string[], draw: Draw): Guesses<string[]> {
  const count = ids.reduce((product, _id, index) => product * (index + 1), 1)
  return responses(count, draw, (digit) => {
    const left = [...ids]
    return ids.map(() => left.splice(digit(left.length), 1)[0]!)
  })
}

/** For each name one of its values. */
export function guessAssignments(
  choices: readonly (readonly [name: string, values: readonly string[]])[],
  draw: Draw,
): Guesses<Record<string, string>> {
  const count = choices.reduce((product, [, values]) => product * values.length, 1)
  return responses(count, draw, (digit) =>
    Object.fromEntries(choices.map(([name, values]) => [name, values[digit(values.length)]!])),
  )
}

/**
 * What is made of every sequence of digits: a response is a number whose digits say what was chosen at each step, of as
 * many things as could be chosen there. Where the numbers are too many the digits are drawn.
 */
function responses<Response>(count: number, draw: Draw, make: (digit: Draw) => Response): Guesses<Response> {
  if (count > MAX_GUESSES) return { responses: Array.from({ length: MAX_GUESSES }, () => make(draw)), isAll: false }
  const all = Array.from({ length: count }, (_, number) => {
    let rest = number
    return make((bound) => {
      const digit = rest % bound
      rest = Math.floor(rest / bound)
      return digit
    })
  })
  return { responses: all, isAll: true }
}

/** The same guesses as something else: ids as the response that holds them. */
export function asResponses<From>(
  { responses: from, isAll }: Guesses<From>,
  toResponse: (guess: From) => unknown,
): Guesses {
  return { responses: from.map(toResponse), isAll }
}
