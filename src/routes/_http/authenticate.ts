import type { Actor, Deps } from '../../deps.ts'
import { AnswerkeyError } from '../../errors.ts'
import { identifyCaller } from '../../services/identify-caller.ts'
import type { Operation } from './operation.ts'

/** Says who calls. An Authorization that is sent must be valid, even where none is needed. */
export async function authenticate(deps: Deps, access: Operation['access'], header: string | null): Promise<Actor> {
  if (access === 'open') return { kind: 'anonymous' }
  if (header === null) {
    if (access === 'anyone') return { kind: 'anonymous' }
    throw new AnswerkeyError('unauthorized', 'This call needs an Authorization header.')
  }
  const credential = /^Bearer +([\x21-\x7e]{1,8192})$/i.exec(header)?.[1]
  if (credential === undefined) {
    throw new AnswerkeyError('unauthorized', 'Expected Authorization: Bearer, and a token or key.')
  }
  return identifyCaller(deps, credential, { learnersToo: access === 'learner' })
}
