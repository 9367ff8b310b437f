import type { Actor, Deps } from '../deps.ts'
import { selectApiKeyByHash } from '../db/api-keys.ts'
import { AnswerkeyError } from '../errors.ts'
import { verifyProgressToken } from '../tokens/progress-token.ts'
import { isSecret, scopesOf } from './_api-keys.ts'
import type { Staff } from './_authorise.ts'
import { hashText } from './_ids.ts'

/**
 * Says who sent a credential: the root key, an API key, or, where a learner may call, the progress token of an attempt.
 * One that is unknown or revoked is told what nonsense is told.
 */
export async function identifyCaller(
  deps: Deps,
  credential: string,
  { learnersToo }: { learnersToo: boolean },
): Promise<Actor> {
  if (await deps.isRootKey(credential)) return { kind: 'staff', keyId: 'root', scopes: 'all' }
  const staff = isSecret(credential) ? await findStaff(deps, credential) : null
  if (staff) return staff
  if (!learnersToo) throw new AnswerkeyError('unauthorized', 'The API key is not valid.')
  const signing = { keys: deps.keys, publicUrl: deps.config.publicUrl, now: deps.now() }
  return { kind: 'learner', ...(await verifyProgressToken(credential, signing)) }
}

/** Asks the database on each call: a key that was revoked at one isolate is worth nothing at any other. */
async function findStaff({ db }: Deps, secret: string): Promise<Staff | null> {
  const [[key]] = await db.batch([selectApiKeyByHash(db, await hashText(secret))])
  if (!key || key.revokedAt !== null) return null
  return { kind: 'staff', keyId: key.id, scopes: new Set(scopesOf(key)) }
}
