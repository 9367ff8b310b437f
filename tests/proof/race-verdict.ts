import type { AttemptBody } from './history.ts'
import type { RaceCall, RacedAttempt } from './race-attempt.ts'
import { worthOf } from './race-quizzes.ts'
import { faultsOfLog, type StoredAttempt, type StoredEvent } from './stored.ts'

export interface RaceVerdict {
  accepted: number
  refused: number
  /** Refused responses that stand in a log, after its end, and count for nothing. */
  late: number
  /** Accepted ones between the deadline and the end of the grace. */
  inGrace: number
  /** Answers in which something was told that is only told at the end. */
  releases: number
  readonly violations: string[]
}

export const newRaceVerdict = (): RaceVerdict => ({
  accepted: 0,
  refused: 0,
  late: 0,
  inGrace: 0,
  releases: 0,
  violations: [],
})

/** Judges an attempt whose responses came around its deadline: by the clients' clock, and by what the file holds. */
export function judgeRace(verdict: RaceVerdict, raced: RacedAttempt, stored: StoredAttempt | undefined): void {
  const { id, quiz, deadline, calls, ends } = raced
  const wrong = (what: string) => void verdict.violations.push(`${id} at ${quiz.id}: ${what}`)
  if (!stored) return wrong('is not in the file.')
  verdict.violations.push(...faultsOfLog(stored))
  const due = deadline + quiz.graceMs
  if (stored.deadline !== deadline) wrong(`its deadline is ${stored.deadline}, and ${deadline} was told.`)

  // What was sent again has one id.
  const once = new Map(stored.log.toReversed().map((event) => [event.id, event]))
  const responded = stored.log.filter((event) => event.type === 'responded' && once.get(event.id) === event)
  const inTime = responded.filter(({ at }) => at <= due).map(choiceOf)
  verdict.late += responded.length - inTime.length
  if (new Set(inTime).size < inTime.length) wrong(`something counts twice: ${inTime.join(' ')}.`)

  for (const call of calls) {
    if (call.choice === null) continue
    const [result] = call.body.results ?? []
    const place = inTime.indexOf(call.choice)
    const told = `${call.choice}, sent ${call.sentAt - due} ms after the end and answered ${call.answeredAt - due} ms after it,`
    if (call.status === 200 && result?.refused === null) {
      verdict.accepted += 1
      const event = responded.find((each) => choiceOf(each) === call.choice)
      if (event && event.at > deadline && event.at <= due) verdict.inGrace += 1
      if (place < 0) wrong(`${told} was accepted, and is not in the log in time.`)
      if (call.sentAt > due) wrong(`${told} was accepted.`)
      if (!quiz.isSilent && result.try !== place + 1) wrong(`${told} is try ${result.try}, and stands at ${place + 1}.`)
    } else if (call.status === 409 && result?.refused === 'attempt-finished') {
      verdict.refused += 1
      if (place >= 0) wrong(`${told} was refused, and is in the log in time.`)
      if (call.answeredAt <= due) wrong(`${told} was refused.`)
    } else wrong(`${told} came to ${call.status} ${String(call.body.code)}.`)
  }

  const finish = stored.log.find(({ type }) => type === 'finished')
  if (!finish) return wrong('is not finished in the log.')
  for (const call of calls) {
    if (!releases(call, quiz.isSilent)) continue
    verdict.releases += 1
    const told = call.body.attempt ? Date.parse(call.body.attempt.serverTime) : call.answeredAt
    if (told < finish.at) wrong(`something was told ${finish.at - told} ms before the finish stood in the log.`)
  }

  const score = inTime.length === 0 ? 0 : worthOf(inTime.at(-1)!)
  const tries = quiz.isSilent ? Math.min(1, inTime.length) : inTime.length
  for (const end of ends) judgeEnd(wrong, end, { deadline, score, tries })
  if (stored.finishedAt !== deadline) wrong(`its row says that it ended at ${stored.finishedAt}.`)
  if (stored.settled !== stored.log.length || stored.score !== Math.round(score * 1000)) {
    wrong(`it is settled at ${stored.settled} of ${stored.log.length} with ${stored.score}, not with ${score} points.`)
  }
}

function choiceOf({ body }: StoredEvent): string {
  return body.responses![0]!.response.choice
}

function judgeEnd(
  wrong: (what: string) => void,
  { attempt, receipt }: AttemptBody,
  { deadline, score, tries }: { deadline: number; score: number; tries: number },
): void {
  const said = {
    status: attempt?.status,
    reason: attempt?.finishReason,
    finishedAt: Date.parse(attempt?.finishedAt ?? ''),
    score: attempt?.score,
    tries: attempt?.questions?.[0]?.tries,
    receipt: typeof receipt,
  }
  const expected = { status: 'finished', reason: 'expired', finishedAt: deadline, score, tries, receipt: 'string' }
  if (JSON.stringify(said) !== JSON.stringify(expected)) {
    wrong(`it ended as ${JSON.stringify(said)}, and not as ${JSON.stringify(expected)}.`)
  }
}

/** Whether an answer tells what only the end may tell: nobody has answered right, so no question closes before. */
function releases({ body }: RaceCall, isSilent: boolean): boolean {
  const { attempt, results = [], receipt = null } = body
  if (receipt !== null || attempt?.status === 'finished') return true
  const opened = results.some(({ explanation, answer }) => explanation !== null || answer !== null)
  if (!isSilent) return opened
  const judged = results.some(
    ({ status, score, feedback }) =>
      score !== null || feedback !== null || !['answered', 'unanswered'].includes(status),
  )
  return opened || judged || (attempt !== undefined && attempt.score !== null)
}
