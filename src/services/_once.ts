import type { NotedRequest } from '../db/request-keys.ts'
import { canonicalJson } from '../grading/same-json.ts'
import { hashRequestKey, hashText, type RequestKey } from './_ids.ts'
import { keyReused } from './_new-attempt.ts'

/**
 * What a request is noted as that may come again: by its key, with a digest of what it asks for. Its effect and the note
 * go in one batch, and the effect depends on there being no note: so of two at once one has it, and a retry undoes nothing.
 */
export async function noteOf(key: RequestKey | null, body: object): Promise<NotedRequest | null> {
  return key && { key: await hashRequestKey(key), digest: await hashText(canonicalJson(body)) }
}

/** Whether a request has had its effect before. One with the same key that asked for something else is refused. */
export function wasDone(asked: NotedRequest | null, noted: NotedRequest | undefined): boolean {
  if (noted && noted.digest !== asked?.digest) throw keyReused()
  return noted !== undefined
}
