import type { Deps } from '../deps.ts'
import { noteRequest, selectNotedRequest } from '../db/request-keys.ts'
import { canonicalJson } from '../grading/same-json.ts'
import { hashRequestKey, hashText, type RequestKey } from './_ids.ts'
import { keyReused } from './_new-attempt.ts'

/** What a request that may come again does once: it is noted in the batch of its effect. */
export interface Once {
  /** It has been here before, and has had its effect. */
  readonly done: boolean
  /** The statement that notes it, for the batch of its effect; none without a key. */
  readonly note: readonly ReturnType<typeof noteRequest>[]
}

/** Looks for a request by its Idempotency-Key; another body than before is refused. */
export async function lookForRequest(
  { db }: Deps,
  key: RequestKey | null,
  { subject, body }: { readonly subject: string; readonly body: unknown },
): Promise<Once> {
  if (key === null) return { done: false, note: [] }
  const [hash, digest] = [await hashRequestKey(key), await hashText(canonicalJson(body))]
  const [[noted]] = await db.batch([selectNotedRequest(db, hash)])
  if (noted && noted.digest !== digest) throw keyReused()
  return { done: noted !== undefined, note: noted ? [] : [noteRequest(db, { key: hash, digest }, subject)] }
}
