import { AnswerkeyError } from '../errors.ts'
import type { Policy } from '../grading/policy.ts'
import { dueOf, type Opening, phaseAt } from '../grading/timing.ts'

/** When a quiz opens and closes, as moments. */
export function openingOf({ opensAt, closesAt }: Policy): Opening {
  return { opensAt: toMoment(opensAt), closesAt: toMoment(closesAt) }
}

function toMoment(time: string | null): number | null {
  return time === null ? null : Date.parse(time)
}

/** Whether nobody can be answering any more who was not given more time: the grace has passed too. */
export function hasClosed(policy: Policy, now: number): boolean {
  const due = dueOf(toMoment(policy.closesAt), policy)
  return due !== null && now > due
}

/** Throws where nothing may begin: for staff too, who publish another policy to let it. */
export function checkIsOpen(policy: Policy, now: number): void {
  checkHasOpened(policy, now)
  if (phaseAt(now, openingOf(policy)) === 'closed') {
    throw new AnswerkeyError('quiz-closed', `The quiz closed at ${policy.closesAt} and takes no new attempts.`)
  }
}

/** Throws where questions are not given out yet. */
export function checkHasOpened(policy: Policy, now: number): void {
  if (phaseAt(now, openingOf(policy)) === 'before') {
    throw new AnswerkeyError('quiz-not-open', `The quiz opens at ${policy.opensAt}.`)
  }
}
