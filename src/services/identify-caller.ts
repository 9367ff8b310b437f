import type { Actor, Deps } from '../deps.ts'
import { AnswerkeyError } from '../errors.ts'
import { verifyProgressToken } from '../tokens/progress-token.ts'

/** Says who sent a credential: the root key, or, where a learner may call, the progress token of an attempt. */
export async function identifyCaller(
  deps: Deps,
  credential: string,
  { learnersToo }: { learnersToo: boolean },
): Promise<Actor> {
  if (await deps.isRootKey(credential)) return { kind: 'staff', keyId: 'root', scopes: 'all' }
  if (!learnersToo) throw new AnswerkeyError('unauthorized', 'The API key is not valid.')
  const signing = { keys: deps.keys, publicUrl: deps.config.publicUrl, now: deps.now() }
  return { kind: 'learner', ...(await verifyProgressToken(credential, signing)) }
}
