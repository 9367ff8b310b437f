import type { Actor, Deps } from '../../deps.ts'
import { AnswerkeyError } from '../../errors.ts'
import { isSecret } from '../../services/_api-keys.ts'
import { identifyCaller } from '../../services/identify-caller.ts'
import { type CountRequest, tooMany } from './count-request.ts'
import type { Operation } from './operation.ts'

interface Caller {
  /** The Authorization header. */
  readonly header: string | null
  /** Null where it is not known. */
  readonly network: string | null
}

/** Says who calls. An Authorization that is sent must be valid, even where none is needed. */
export async function authenticate(
  deps: Deps,
  op: Operation,
  { header, network }: Caller,
  count: CountRequest,
): Promise<Actor> {
  const { access } = op
  if (op.isUnlimited) return { kind: 'anonymous' }
  if (header === null || access === 'open') await count('address', network)
  if (access === 'open') return { kind: 'anonymous' }
  if (header === null) {
    if (access !== 'anyone') throw new AnswerkeyError('unauthorized', 'This call needs an Authorization header.')
    if (op.startsFor) await count('start', network)
    return { kind: 'anonymous' }
  }
  return await countingFailures(deps, { network, count }, (keysToo) => verify(header, keysToo))

  async function verify(given: string, keysToo: boolean): Promise<Actor> {
    const credential = /^Bearer +([\x21-\x7e]{1,8192})$/i.exec(given)?.[1]
    if (credential === undefined) {
      throw new AnswerkeyError('unauthorized', 'Expected Authorization: Bearer, and a token or key.')
    }
    // By the secret, before the database is asked whose it is.
    if (keysToo && isSecret(credential)) await count('key', credential)
    const actor = await identifyCaller(deps, credential, { learnersToo: access === 'learner', keysToo })
    if (actor.kind === 'learner') await count('attempt', actor.attempt)
    if (actor.kind === 'staff' && actor.keyId === 'root') await count('key', actor.keyId)
    return actor
  }
}

/**
 * Counts the credentials from a network that were wrong. Past the limit keys are not looked at any more, also right ones:
 * who guesses would else go on until one is. Progress tokens are signed, so nobody guesses them, and a classroom goes on.
 */
async function countingFailures(
  { limits }: Deps,
  { network, count }: { readonly network: string | null; readonly count: CountRequest },
  verify: (keysToo: boolean) => Promise<Actor>,
): Promise<Actor> {
  const refusal = network && (await limits.refusal('credential', network))
  try {
    return await verify(!refusal)
  } catch (error) {
    if (!isWrongCredential(error)) throw error
    if (refusal) throw tooMany(refusal)
    await count('credential', network)
    throw error
  }
}

function isWrongCredential(error: unknown): boolean {
  return error instanceof AnswerkeyError && (error.code === 'unauthorized' || error.code === 'token-expired')
}
