import { isDeepStrictEqual } from 'node:util'
import { NEW_ATTEMPT, respond, type View, viewOf } from './attempt-model.ts'
import { checkHistory } from './history.ts'
import type { TakenAttempt } from './learners.ts'
import { faultsOfLog, type StoredAttempt } from './stored.ts'

/** What was found of attempts that clients took under fire. */
export interface Verdict {
  attempts: number
  /** Calls of their histories. */
  calls: number
  /** Attempts for which an order was found that explains every answer, and in how many configurations of the search. */
  explained: number
  configurations: number
  /** Requests that stand in a log more than once: their answer was lost, and they were sent again. */
  repeated: number
  readonly violations: string[]
}

export const newVerdict = (): Verdict => ({
  attempts: 0,
  calls: 0,
  explained: 0,
  configurations: 0,
  repeated: 0,
  violations: [],
})

/** Judges what clients saw of an attempt. */
export function judgeHistory(verdict: Verdict, { id, quiz, calls, outcomes }: TakenAttempt): void {
  const { explanation, violation } = checkHistory(quiz.rules, calls)
  verdict.attempts += 1
  verdict.calls += calls.length
  verdict.configurations += explanation.configurations
  if (explanation.kind === 'explained') verdict.explained += 1
  if (violation !== null) verdict.violations.push(`${id} at ${quiz.id}: ${violation}`)
  if (outcomes.size > 1) verdict.violations.push(`${id} has had several outcomes: ${[...outcomes].join(' and ')}.`)
}

/** What is left to know of an attempt when its history has been judged. */
export interface Ended {
  readonly id: string
  readonly quiz: TakenAttempt['quiz']
  /** Requests with responses that its clients meant to send. */
  readonly requests: number
  /** What the last answer showed. */
  readonly last: View | null
}

export function endOf({ id, quiz, calls }: TakenAttempt): Ended {
  const requests = calls.filter(({ kind }) => kind === 'respond').length
  return { id, quiz, requests, last: calls.at(-1)?.answer?.view ?? null }
}

/** Judges what the file holds of an attempt by what its clients saw last. */
export function judgeStored(
  verdict: Verdict,
  { id, quiz, requests, last }: Ended,
  stored: StoredAttempt | undefined,
): void {
  if (!stored) return void verdict.violations.push(`${id} is not in the file.`)
  verdict.violations.push(...faultsOfLog(stored))
  const { log } = stored
  const responded = log.filter(({ type }) => type === 'responded')
  const ids = new Set(responded.map((event) => event.id))
  verdict.repeated += responded.length - ids.size
  // Who sends again says so: what has come twice has one id.
  if (ids.size > requests)
    verdict.violations.push(`${id}: ${requests} requests have left ${ids.size} different events.`)
  const state = stateOf(quiz.rules, stored)
  const expected = viewOf(quiz.rules, state, { kind: 'view', view: last, of: null })
  if (!isDeepStrictEqual(last, expected))
    verdict.violations.push(`${id}: its log says ${JSON.stringify(expected)}, its last answer ${JSON.stringify(last)}.`)
  if (!state.finished) return
  if (stored.settled !== log.length || stored.score !== (expected.score ?? 0) * 1000) {
    verdict.violations.push(
      `${id} is settled at ${stored.settled} of ${log.length} with ${stored.score}, not with ${expected.score} points.`,
    )
  }
}

/** What a log says by the model: of events with one id the first counts. */
function stateOf(rules: TakenAttempt['quiz']['rules'], { log }: StoredAttempt) {
  const seen = new Set<string>()
  let state = NEW_ATTEMPT
  for (const { id, type, body } of log) {
    if (seen.has(id)) continue
    seen.add(id)
    const sent = (body.responses ?? []).map(({ question, response }) => ({ question, choice: response.choice }))
    state = type === 'finished' ? { ...state, finished: true } : respond(rules, state, sent).next
  }
  return state
}
