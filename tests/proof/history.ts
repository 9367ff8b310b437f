import {
  type AttemptAction,
  attemptModel,
  type AttemptRules,
  type Fate,
  type Sent,
  type View,
} from './attempt-model.ts'
import { explain, type Explanation, type Operation } from './linearizability.ts'

/** What clients did to one attempt and were answered, as they recorded it, and whether some order explains it. */

/** One intention of a client: sent until an answer came, always with the same Idempotency-Key. */
export interface Call {
  readonly kind: 'respond' | 'finish' | 'resume'
  readonly sent: readonly Sent[]
  /** By a clock of the history's own that never says the same twice: before the first sending, before the last one, after the answer. */
  readonly invoked: number
  readonly lastSent: number
  /** Null where none has come. */
  readonly answered: number | null
  /** The sendings whose outcome is unknown. */
  readonly unknown: number
  readonly answer: Answered | null
}

export interface Answered {
  readonly status: number
  readonly fates: readonly Fate[]
  /** Null where the answer is a refusal, which says nothing of the attempt. */
  readonly view: View | null
}

/** The members of the answers' bodies that are looked at. */
export interface AttemptBody {
  readonly attempt?: {
    readonly id: string
    readonly status: 'active' | 'finished'
    readonly finishReason: string | null
    readonly deadline: string | null
    readonly finishedAt: string | null
    readonly serverTime: string
    readonly answeredCount: number
    readonly score: number | null
    readonly questions?: readonly {
      readonly id: string
      readonly status: string
      readonly tries: number
      readonly triesLeft: number | null
      readonly score: number | null
    }[]
  }
  readonly results?: readonly {
    readonly question: string
    readonly response: { readonly choice: string } | null
    readonly status: string
    readonly score: number | null
    readonly try: number | null
    readonly triesLeft: number | null
    readonly duplicate: boolean
    readonly refused: Fate['refused']
    readonly feedback: unknown
    readonly explanation: unknown
    readonly answer: unknown
  }[]
  readonly token?: string | null
  readonly receipt?: string | null
  readonly code?: string
}

export function toAnswered(kind: Call['kind'], status: number, { attempt, results = [] }: AttemptBody): Answered {
  const shown = results.map(({ question, response, status: said, triesLeft, explanation }) => ({
    question,
    choice: response?.choice ?? null,
    status: said,
    triesLeft,
    explained: explanation !== null,
  }))
  const questions = attempt?.questions?.map(({ id, status: said, tries, triesLeft, score }) => ({
    question: id,
    status: said,
    tries,
    triesLeft,
    score,
  }))
  return {
    status,
    fates:
      kind !== 'respond'
        ? []
        : results.map(({ refused, duplicate, try: made }) => ({
            refused,
            duplicate,
            try: refused === null ? made : null,
          })),
    view: attempt
      ? {
          status: attempt.status,
          answered: attempt.answeredCount,
          score: attempt.score,
          questions: questions?.toSorted(byName) ?? null,
          results: kind === 'respond' ? shown : shown.toSorted(byName),
        }
      : null,
  }
}

function byName(a: { question: string }, b: { question: string }): number {
  return a.question < b.question ? -1 : 1
}

/**
 * A call is one or two operations: what it does takes effect between its first sending and its answer, and what it shows is
 * looked at after that, between its last sending and its answer.
 */
function toOperations(calls: readonly Call[]) {
  const operations: Operation<AttemptAction>[] = []
  const callOf: Call[] = []
  for (const call of calls) {
    const { kind, sent, invoked, lastSent, answered, answer } = call
    const fates = answer?.fates ?? null
    if (kind === 'respond') operations.push({ action: { kind, sent, fates }, invoked, answered })
    if (kind === 'finish') operations.push({ action: { kind }, invoked, answered })
    if (answer?.view) {
      const of = kind === 'respond' && fates ? { sent, fates } : null
      const action = { kind: 'view', view: answer.view, of } as const
      const after = kind === 'resume' ? {} : { after: operations.length - 1 }
      operations.push({ action, invoked: lastSent, answered, ...after })
    }
    while (callOf.length < operations.length) callOf.push(call)
  }
  return { operations, callOf }
}

export interface Checked {
  readonly explanation: Explanation
  /** What is wrong, in a sentence and the call that cannot be explained; null where all is well. */
  readonly violation: string | null
}

export function checkHistory(rules: AttemptRules, calls: readonly Call[]): Checked {
  const { operations, callOf } = toOperations(calls)
  const explanation = explain(attemptModel(rules), operations)
  if (explanation.kind === 'explained') return { explanation, violation: null }
  if (explanation.kind === 'undecided') return { explanation, violation: 'The search for an order was given up.' }
  const culprit = callOf[explanation.culprit]!
  return { explanation, violation: `No order of ${calls.length} calls explains ${JSON.stringify(culprit)}.` }
}
