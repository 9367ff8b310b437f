import type { Actor, Deps } from '../deps.ts'
import { eraseRules, selectRules } from '../db/accommodations.ts'
import {
  eraseAttempts,
  ERASED,
  eraseNotes,
  noteErasure,
  selectAttemptsOf,
  selectNoteOf,
  settleErasure,
} from '../db/learners.ts'
import { selectNotedRequest } from '../db/request-keys.ts'
import { eraseDeliveries } from '../db/webhook-deliveries.ts'
import { noteSubject } from './_accommodations.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'
import { hashRequestKey, type RequestKey } from './_ids.ts'

/** Attempts that go in one batch, as far as their logs hold no more events than one full log. */
const MAX_ATTEMPTS = 20
const MAX_EVENTS = 2000

/** What is to be erased: with a request key, what was there when the request first came. */
interface Erasure {
  readonly learner: string
  readonly key: string | null
  readonly until: number | null
}

/**
 * Erases a learner. Each batch takes some of their attempts whole, and the last one their rules too: cut off anywhere, the
 * call sent again goes on where it stood. An attempt that begins meanwhile is erased with the others, or is left whole.
 */
export async function eraseLearner(
  deps: Deps,
  actor: Actor,
  learner: string,
  requestKey: RequestKey | null,
): Promise<void> {
  requireStaff(actor, 'learners:write')
  const key = requestKey && (await hashRequestKey(requestKey))
  const until = key === null ? null : await beginErasure(deps, learner, key)
  if (until === ERASED) return
  for (let batch = 1; ; batch++) {
    const { found, more } = await eraseSome(deps, { learner, key, until })
    if (batch === 1 && !found && key === null) throw notFound()
    if (!more) return
  }
}

/** Notes the request once, and says up to which moment it erases; or that it has done so. */
async function beginErasure({ db, now }: Deps, learner: string, key: string): Promise<number | typeof ERASED> {
  const note = noteSubject(learner)
  const [, [noted]] = await db.batch([noteErasure(db, key, { learner, note, now: now() }), selectNotedRequest(db, key)])
  if (!noted) throw notFound()
  return noted.digest === ERASED ? ERASED : Number(noted.digest)
}

async function eraseSome({ db }: Deps, { learner, key, until }: Erasure): Promise<{ found: boolean; more: boolean }> {
  const note = noteSubject(learner)
  const [rows, rules, notes] = await db.batch([
    selectAttemptsOf(db, learner, { until, limit: MAX_ATTEMPTS + 1 }),
    selectRules(db, learner),
    selectNoteOf(db, note),
  ])
  const ids = withinBounds(rows.slice(0, MAX_ATTEMPTS))
  const more = rows.length > ids.length
  const rest = [
    eraseRules(db, learner, until),
    eraseNotes(db, [note]),
    ...(key === null ? [] : [settleErasure(db, key)]),
  ]
  const [first, ...others] = [
    ...(ids.length > 0 ? ([eraseDeliveries(db, ids), ...eraseAttempts(db, ids)] as const) : []),
    ...(more ? [] : rest),
  ]
  await db.batch([first, ...others])
  return { found: rows.length + rules.length + notes.length > 0, more }
}

/** One attempt at least, whatever its log holds. */
function withinBounds(rows: readonly { readonly id: string; readonly lastSeq: number }[]): string[] {
  let events = 0
  const end = rows.findIndex(({ lastSeq }) => (events += lastSeq) > MAX_EVENTS)
  return (end === -1 ? rows : rows.slice(0, Math.max(1, end))).map(({ id }) => id)
}
