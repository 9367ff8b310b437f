import type { Actor, Deps } from '../deps.ts'
import { deleteRules, insertRules, selectRuledSummaries, selectRules } from '../db/accommodations.ts'
import { noteRequest, selectNotedRequest } from '../db/request-keys.ts'
import { invalidInput } from '../errors.ts'
import { type AuthoredAccommodation, checkAccommodations } from '../grading/accommodations.ts'
import { canonicalJson } from '../grading/same-json.ts'
import { type Accommodations, noteSubject, viewAccommodations } from './_accommodations.ts'
import { requireStaff } from './_authorise.ts'
import { hashRequestKey, hashText, type RequestKey } from './_ids.ts'
import { keyReused } from './_new-attempt.ts'

export interface SetAccommodationsInput {
  readonly learner: string
  readonly rules: readonly AuthoredAccommodation[]
  readonly requestKey: RequestKey | null
}

/** Replaces all rules of a learner. A retry answers with the rules as they stand, and leaves later ones alone. */
export async function setAccommodations(
  deps: Deps,
  actor: Actor,
  { learner, rules, requestKey }: SetAccommodationsInput,
): Promise<Accommodations> {
  const { keyId } = requireStaff(actor, 'learners:write')
  const issues = checkAccommodations(rules)
  if (issues.length > 0) throw invalidInput(issues, ['rules'])
  const { db } = deps
  const key = requestKey && (await hashRequestKey(requestKey))
  const given = rules.map(complete)
  const digest = await hashText(canonicalJson(given))
  const now = deps.now()
  const rows = given.map((rule) => ({ ...rule, setAt: now, setBy: keyId }))
  const [[noted], , , set, summaries] = await db.batch([
    selectNotedRequest(db, key ?? ''),
    deleteRules(db, learner, key),
    insertRules(db, learner, rows, key),
    selectRules(db, learner),
    selectRuledSummaries(db, learner),
    ...(key ? [noteRequest(db, { key, digest }, noteSubject(learner))] : []),
  ])
  if (noted && noted.digest !== digest) throw keyReused()
  return viewAccommodations(learner, set, summaries, now)
}

/** A rule with nothing left out: written in whatever way, it is the same request. */
function complete(rule: AuthoredAccommodation) {
  return {
    quiz: rule.quiz ?? '',
    factor: rule.factor ?? null,
    extraSeconds: rule.extraSeconds ?? null,
    unlimited: rule.unlimited ?? false,
    extraAttempts: rule.extraAttempts ?? null,
    reason: rule.reason,
  }
}
