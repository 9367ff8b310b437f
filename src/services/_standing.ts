import type { Deps } from '../deps.ts'
import { type AttemptRow, countAttempts, selectActiveAttempt, selectAttemptByRequestKey } from '../db/attempts.ts'
import { type QuizRow, selectQuiz } from '../db/quizzes.ts'
import { noteStart, type NotedRequest, selectNotedAttempt, selectNotedRequest } from '../db/request-keys.ts'

/** What is there already when an attempt is about to begin. */

/** The attempt that the same request has made before; or has once returned, then noted with a digest of what it asked. */
export type Repeated =
  | { readonly kind: 'repeated'; readonly row: AttemptRow }
  | { readonly kind: 'noted'; readonly row: AttemptRow; readonly digest: string | null }

/** An attempt that stands in the way of an insert: a repeated one, or the learner's active one, perhaps expired. */
export type Standing = Repeated | { readonly kind: 'active' | 'expired'; readonly row: AttemptRow }

/** Who asks for an attempt at which quiz, when. Empty where there is no learner or no key. */
export interface Asking {
  readonly quiz: string
  readonly learnerId: string
  readonly key: string
  readonly now: number
}

/** What there is to be known of the attempts that are there. */
export interface Situation {
  readonly standing: Standing | null
  /** How many attempts the learner has had. */
  readonly count: number
  /** Where the quiz points; null where it is archived or gone. */
  readonly revision: string | null
}

export function selectSituation(db: Deps['db'], { quiz, learnerId, key }: Asking) {
  return [
    ...selectRepeated(db, key),
    selectActiveAttempt(db, quiz, learnerId),
    countAttempts(db, quiz, learnerId),
    selectQuiz(db, quiz),
  ] as const
}

/** Where the request is to be remembered: notes that it has come to the attempt that runs. */
export function noteRunning(db: Deps['db'], { quiz, learnerId, key, now }: Asking, digest: string | null) {
  const request: NotedRequest = { key, digest }
  return key === '' || digest === null ? [] : [noteStart(db, request, { quiz, learnerId, now })]
}

type Rows = readonly [
  made: readonly AttemptRow[],
  noted: readonly AttemptRow[],
  request: readonly NotedRequest[],
  active: readonly AttemptRow[],
  counted: readonly { count: number }[],
  current: readonly QuizRow[],
]

export function situationOf([[made], [noted], [request], [active], [counted], [quiz]]: Rows, now: number): Situation {
  const revision = quiz && quiz.archivedAt === null ? quiz.revision : null
  const running = active && revision !== null ? activeOrExpired(active, now) : null
  return { standing: toRepeated(made, noted, request) ?? running, count: counted?.count ?? 0, revision }
}

function activeOrExpired(row: AttemptRow, now: number): Standing {
  return { kind: row.due !== null && now > row.due ? 'expired' : 'active', row }
}

/** The attempt that a request with this key has made or returned before, if any. */
export async function findRepeated({ db }: Deps, key: string): Promise<Repeated | null> {
  const [[made], [noted], [request]] = await db.batch(selectRepeated(db, key))
  return toRepeated(made, noted, request)
}

function selectRepeated(db: Deps['db'], key: string) {
  return [selectAttemptByRequestKey(db, key), selectNotedAttempt(db, key), selectNotedRequest(db, key)] as const
}

function toRepeated(
  made: AttemptRow | undefined,
  noted: AttemptRow | undefined,
  request: NotedRequest | undefined,
): Repeated | null {
  if (made) return { kind: 'repeated', row: made }
  return noted && request ? { kind: 'noted', row: noted, digest: request.digest } : null
}
