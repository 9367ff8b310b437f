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
  { learnersToo, keysToo = true }: { learnersToo: boolean; keysToo?: boolean },
): Promise<Actor> {
  const staff = keysToo ? await findStaff(deps, credential) : null
  if (staff) return staff
  if (!learnersToo) throw new AnswerkeyError('unauthorized', 'The API key is not valid.')
  const signing = { keys: deps.keys, publicUrl: deps.config.publicUrl, now: deps.now() }
  return { kind: 'learner', ...(await verifyProgressToken(credential, signing)) }
}

/**
 * Asks the database on each call: a key that was revoked at one isolate is worth nothing at any other. What is compared
 * there is a digest of 256 random bits: how long it takes tells nothing of the secret.
 */
async function findStaff(deps: Deps, credential: string): Promise<Staff | null> {
  if (await deps.isRootKey(credential)) return { kind: 'staff', keyId: 'root', scopes: 'all' }
  if (!isSecret(credential)) return null
  const [[key]] = await deps.db.batch([selectApiKeyByHash(deps.db, await hashText(credential))])
  if (!key || key.revokedAt !== null) return null
  return { kind: 'staff', keyId: key.id, scopes: new Set(scopesOf(key)) }
}
