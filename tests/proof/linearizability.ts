/**
 * Whether the answers of an object that many use at once can be explained: by an order in which each operation took effect
 * in one moment between its invocation and its answer, as the object's sequential model would have answered in that
 * order (Herlihy and Wing 1990). The search is Wing and Gong's with Lowe's memory of configurations that led nowhere, as
 * in Knossos and Porcupine. It knows nothing of what the object is.
 */

export interface Operation<Action> {
  readonly action: Action
  /** When it was invoked and when it was answered, by one clock that never says the same twice. */
  readonly invoked: number
  /** Null where no answer has come: it may take effect at any time from its invocation on, or never. */
  readonly answered: number | null
  /** It takes effect later than this other one, by its place in the history, which is an earlier place. */
  readonly after?: number
}

export interface Model<State, Action> {
  readonly initial: State
  /** The state after an action; null where the action's answer is another one than the state gives. No answer fits every state. */
  apply(state: State, action: Action, isAnswered: boolean): State | null
  /** A text that is the same for equal states alone. */
  keyOf(state: State): string
}

export type Explanation =
  /** The places of the operations in an order that explains the answers. Those without an answer may be missing. */
  | { readonly kind: 'explained'; readonly order: readonly number[]; readonly configurations: number }
  /** Up to the answer of this operation no order explains everything; without it some order does. */
  | { readonly kind: 'unexplained'; readonly culprit: number; readonly configurations: number }
  /** The search was given up. */
  | { readonly kind: 'undecided'; readonly configurations: number }

const MAX_CONFIGURATIONS = 500_000

export function explain<State, Action>(
  model: Model<State, Action>,
  history: readonly Operation<Action>[],
  limit = MAX_CONFIGURATIONS,
): Explanation {
  const whole = search(model, history, limit)
  if (whole.kind !== 'unexplained') return whole
  // What can be explained can be explained at every earlier moment: so the first answer that cannot is found by halving.
  const answers = [...history.keys()]
    .filter((place) => history[place]!.answered !== null)
    .toSorted((a, b) => history[a]!.answered! - history[b]!.answered!)
  let [low, high] = [0, answers.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    const { kind } = search(model, upTo(history, history[answers[middle]!]!.answered!), limit)
    if (kind === 'undecided') return { kind, configurations: limit }
    if (kind === 'unexplained') high = middle
    else low = middle + 1
  }
  return { ...whole, culprit: answers[low]! }
}

/** The history as it was at a moment: later operations are not there yet, and later answers have not come. */
function upTo<Action>(history: readonly Operation<Action>[], moment: number): Operation<Action>[] {
  return history.map((operation) => {
    const { invoked, answered } = operation
    if (answered === null || answered <= moment) return operation
    return { ...operation, answered: null, invoked: invoked > moment ? Infinity : invoked }
  })
}

function search<State, Action>(
  model: Model<State, Action>,
  history: readonly Operation<Action>[],
  limit: number,
): Explanation {
  const taken = history.map(() => false)
  const order: number[] = []
  const dead = new Set<string>()
  let answersLeft = history.filter(({ answered }) => answered !== null).length

  /** Whether some order of what is left explains it; null where the search is given up. */
  function goOn(state: State): boolean | null {
    if (answersLeft === 0) return true
    const configuration = `${taken.map(Number).join('')} ${model.keyOf(state)}`
    if (dead.has(configuration)) return false
    if (dead.size >= limit) return null
    dead.add(configuration)
    for (const place of candidates()) {
      const { action, answered } = history[place]!
      const next = model.apply(state, action, answered !== null)
      if (next === null) continue
      taken[place] = true
      order.push(place)
      if (answered !== null) answersLeft -= 1
      const found = goOn(next)
      if (found !== false) return found
      taken[place] = false
      order.pop()
      if (answered !== null) answersLeft += 1
    }
    return false
  }

  /** What may take effect next: whatever was invoked before any of the others had been answered. Answered ones come first. */
  function candidates(): number[] {
    let firstAnswer = Infinity
    for (const [place, { answered }] of history.entries()) {
      if (!taken[place] && answered !== null) firstAnswer = Math.min(firstAnswer, answered)
    }
    return [...history.keys()]
      .filter((place) => {
        const { invoked, after } = history[place]!
        return !taken[place] && invoked < firstAnswer && (after === undefined || taken[after])
      })
      .toSorted((a, b) => (history[a]!.answered ?? Infinity) - (history[b]!.answered ?? Infinity))
  }

  const found = goOn(model.initial)
  const configurations = dead.size
  if (found === null) return { kind: 'undecided', configurations }
  return found ? { kind: 'explained', order, configurations } : { kind: 'unexplained', culprit: -1, configurations }
}
