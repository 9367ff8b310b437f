import type { Actor, Deps } from '../deps.ts'
import { AnswerkeyError, invalidInput } from '../errors.ts'
import { extend, type Extension, MAX_EXTENT } from '../grading/extension.ts'
import type { EventBody } from '../grading/log.ts'
import { sameJson } from '../grading/same-json.ts'
import { dueOf } from '../grading/timing.ts'
import type { Attempt } from '../grading/wire.ts'
import { toTime, viewAttempt } from './_attempt-view.ts'
import { requireStaff } from './_authorise.ts'
import type { LoadedAttempt } from './_folded-attempt.ts'
import type { RequestKey } from './_ids.ts'
import { appendStaffEvent } from './_staff-event.ts'

export interface ExtendInput {
  readonly attempt: string
  readonly extension: Extension
  readonly reason: string
  readonly requestKey: RequestKey | null
}

/** What holds now, and one sentence for each thing that made it so. */
export interface Extended {
  readonly attempt: Attempt
  readonly effective: { readonly deadline: string | null }
  readonly because: readonly { readonly source: 'start' | 'extension'; readonly detail: string }[]
}

/** Gives an attempt that runs more time. It reopens nothing that is over. */
export async function extendAttempt(deps: Deps, actor: Actor, input: ExtendInput): Promise<Extended> {
  const staff = requireStaff(actor, 'attempts:write')
  const { extension, reason, requestKey } = input
  const attempt = await appendStaffEvent(deps, {
    attempt: input.attempt,
    requestKey,
    decide: (current, at) => {
      const extended = extensionOf(current, { extension, reason, by: staff.keyId }, at)
      if (extended === 'over') {
        throw new AnswerkeyError('attempt-finished', 'The attempt is over: an extension reopens nothing.')
      }
      if (extended === 'endless') throw invalidInput([NO_DEADLINE])
      if (extended === 'too-far') throw invalidInput([TOO_FAR])
      return extended
    },
    isSame: (event) =>
      event.type === 'extended' && event.body.reason === reason && sameJson(event.body.extension, extension),
  })
  const view = viewAttempt(deps, attempt, 'staff')
  return { attempt: view, effective: { deadline: view.deadline }, because: reasonsFor(attempt) }
}

const NO_DEADLINE = {
  path: [],
  code: 'inconsistent',
  detail: 'The attempt has no deadline that could be moved.',
} as const

const TOO_FAR = {
  path: [],
  code: 'inconsistent',
  detail: 'Expected a deadline within ten years of the start.',
} as const

/** The event that extends an attempt; or why there is none: it is over, has no deadline, or would nearly never end. */
export function extensionOf(
  { quiz, row, outcome }: LoadedAttempt,
  { extension, reason, by }: { readonly extension: Extension; readonly reason: string; readonly by: string },
  at: number,
): Extract<EventBody, { type: 'extended' }> | 'over' | 'endless' | 'too-far' {
  const { deadline, finished } = outcome
  const due = dueOf(deadline, quiz.policy)
  if (finished || (due !== null && at > due)) return 'over'
  if (deadline === null) return 'endless'
  const moved = extend({ startedAt: row.startedAt, deadline }, extension)
  if (moved !== null && moved > row.startedAt + MAX_EXTENT) return 'too-far'
  return { type: 'extended', body: { deadline: moved, extension, reason, by } }
}

function reasonsFor({ row, log }: LoadedAttempt): Extended['because'] {
  const began = row.deadline === null ? 'without a deadline' : `with the deadline ${toTime(row.deadline)}`
  return [
    { source: 'start', detail: `The attempt began ${began}.` },
    ...log.flatMap((event) => {
      if (event.type !== 'extended') return []
      const { deadline, reason } = event.body
      const moved = deadline === null ? 'The deadline was lifted' : `The deadline was moved to ${toTime(deadline)}`
      return [{ source: 'extension' as const, detail: `${moved}: ${reason}` }]
    }),
  ]
}
