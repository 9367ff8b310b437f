import { isDeepStrictEqual } from 'node:util'
import type { Model } from './linearizability.ts'

/**
 * What an attempt at a quiz of single-choice questions of one point each must answer, said anew from the documentation and
 * sharing nothing with the code that grades. Where verdicts are shown a response is a try, of which there are so many;
 * where they are not it is a save, of which the last one counts.
 */
export interface AttemptRules {
  /** The right option of each question. */
  readonly keys: Readonly<Record<string, string>>
  /** Null for saves. */
  readonly tries: number | null
}

export interface Sent {
  readonly question: string
  readonly choice: string
}

/** What became of a response: for ever, whatever comes after it. */
export interface Fate {
  readonly refused: 'attempt-finished' | 'no-tries-left' | null
  readonly duplicate: boolean
  /** Null where it was refused, and for saves. */
  readonly try: number | null
}

/** How a question stands, as an answer shows it. */
export interface Standing {
  readonly question: string
  readonly status: string
  readonly tries: number
  readonly triesLeft: number | null
  readonly score: number | null
}

/** How the attempt stands, as an answer shows it. */
export interface View {
  readonly status: 'active' | 'finished'
  readonly answered: number
  readonly score: number | null
  /** Of every question, by name. Null where the answer does not say. */
  readonly questions: readonly Standing[] | null
  /** Of the responses of a request in their order, or else of every question, by name. */
  readonly results: readonly Shown[]
}

/** What a result says of its question as it stands, and of the response that it shows. */
export interface Shown {
  readonly question: string
  /** The response that is shown; null for none. */
  readonly choice: string | null
  readonly status: string
  readonly triesLeft: number | null
  readonly explained: boolean
}

export type AttemptAction =
  | { readonly kind: 'respond'; readonly sent: readonly Sent[]; readonly fates: readonly Fate[] | null }
  | { readonly kind: 'finish' }
  /** With `sent` and `fates` it is the view in the answer to that request. */
  | {
      readonly kind: 'view'
      readonly view: View | null
      readonly of: { readonly sent: readonly Sent[]; readonly fates: readonly Fate[] } | null
    }

export interface AttemptState {
  readonly finished: boolean
  /** The choices of each question that count, in order; of saves one at most. */
  readonly accepted: Readonly<Record<string, string>>
}

export const NEW_ATTEMPT: AttemptState = { finished: false, accepted: {} }

export function attemptModel(rules: AttemptRules): Model<AttemptState, AttemptAction> {
  return {
    initial: NEW_ATTEMPT,
    keyOf: (state) => JSON.stringify(state),
    apply(state, action, isAnswered) {
      if (action.kind === 'finish') return { ...state, finished: true }
      if (action.kind === 'respond') {
        const { next, fates } = respond(rules, state, action.sent)
        return !isAnswered || isDeepStrictEqual(fates, action.fates) ? next : null
      }
      return !isAnswered || isDeepStrictEqual(viewOf(rules, state, action), action.view) ? state : null
    },
  }
}

/** What a request comes to. */
export function respond({ keys, tries }: AttemptRules, state: AttemptState, sent: readonly Sent[]) {
  // Keys of one order: equal states are equal texts.
  const accepted = Object.fromEntries(Object.keys(keys).map((name) => [name, state.accepted[name] ?? '']))
  const fates = sent.map(({ question, choice }): Fate => {
    const chosen = accepted[question]!
    const at = chosen.indexOf(choice)
    if (at >= 0) return { refused: null, duplicate: true, try: tries === null ? null : at + 1 }
    const refused = { duplicate: false, try: null }
    if (state.finished) return { ...refused, refused: 'attempt-finished' }
    if (isClosed({ keys, tries }, question, chosen)) return { ...refused, refused: 'no-tries-left' }
    accepted[question] = tries === null ? choice : chosen + choice
    return { refused: null, duplicate: false, try: tries === null ? null : chosen.length + 1 }
  })
  return { next: { ...state, accepted }, fates }
}

function isClosed({ keys, tries }: AttemptRules, question: string, chosen: string): boolean {
  return tries !== null && (chosen.length >= tries || chosen.endsWith(keys[question]!))
}

/** How an attempt stands: the part of an answer that depends on when it was looked at. */
export function viewOf(
  rules: AttemptRules,
  { finished, accepted }: AttemptState,
  { view, of }: Extract<AttemptAction, { kind: 'view' }>,
): View {
  const { keys, tries } = rules
  const told = finished || tries !== null
  const chosenFor = (question: string) => accepted[question] ?? ''
  const isRight = (question: string, choice: string | undefined) => keys[question] === choice
  const closed = (question: string) => finished || isClosed(rules, question, chosenFor(question))
  const statusOf = (question: string, choice: string | undefined) => {
    if (choice === undefined) return 'unanswered'
    if (!told) return 'answered'
    return isRight(question, choice) ? 'correct' : 'incorrect'
  }
  const triesLeft = (question: string) => {
    if (tries === null) return null
    return closed(question) ? 0 : tries - chosenFor(question).length
  }
  const points = (question: string) => Number(isRight(question, chosenFor(question).at(-1)))
  const names = Object.keys(keys).toSorted()
  const standing = (question: string): Standing => {
    const chosen = chosenFor(question)
    const scored = finished || (told && chosen !== '')
    return {
      question,
      status: statusOf(question, chosen.at(-1)),
      tries: chosen.length,
      triesLeft: triesLeft(question),
      score: scored ? points(question) : null,
    }
  }
  const shown = (question: string, choice: string | undefined): Shown => ({
    question,
    choice: choice ?? null,
    status: statusOf(question, choice),
    triesLeft: triesLeft(question),
    explained: told && closed(question) && chosenFor(question) !== '',
  })
  // An answer to a request shows the response that was sent, or where it was refused the question as it stands.
  const results = of
    ? of.sent.map(({ question, choice }, index) =>
        shown(question, of.fates[index]!.refused === null ? choice : chosenFor(question).at(-1)),
      )
    : names.map((question) => shown(question, chosenFor(question).at(-1)))
  return {
    status: finished ? 'finished' : 'active',
    answered: names.filter((question) => chosenFor(question) !== '').length,
    score: told ? names.reduce((sum, question) => sum + points(question), 0) : null,
    questions: view?.questions ? names.map(standing) : null,
    results,
  }
}
