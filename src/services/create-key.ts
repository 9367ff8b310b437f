import type { Actor, Deps } from '../deps.ts'
import { insertApiKey, selectApiKey, selectApiKeyByRequestKey } from '../db/api-keys.ts'
import { AnswerkeyError, invalidInput } from '../errors.ts'
import type { Issue } from '../grading/issue.ts'
import { sameJson } from '../grading/same-json.ts'
import { type ApiKey, newSecret, scopesOf, viewApiKey } from './_api-keys.ts'
import { requireStaff, type Scope, type Staff } from './_authorise.ts'
import { hashRequestKey, hashText, type RequestKey, timedId } from './_ids.ts'
import { keyReused } from './_new-attempt.ts'

export interface CreateKeyInput {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly requestKey: RequestKey | null
}

/** `secret` is null for a request that made the key before: it is shown once. */
export type CreatedKey = ApiKey & { readonly secret: string | null }

/** Makes an API key. Of its secret only a hash is kept. */
export async function createKey(deps: Deps, actor: Actor, input: CreateKeyInput): Promise<CreatedKey> {
  const staff = requireStaff(actor, 'keys:write')
  refuseDuplicates(input.scopes)
  requireOwnScopes(staff, input.scopes)
  const { db } = deps
  const requestKey = input.requestKey && (await hashRequestKey(input.requestKey))
  const secret = newSecret(deps)
  const key = {
    id: timedId(deps, 'key'),
    hash: await hashText(secret),
    name: input.name,
    scopes: scopesOf(input),
    createdAt: deps.now(),
    createdBy: staff.keyId,
    requestKey,
  }
  const [, [own], [made]] = await db.batch([
    insertApiKey(db, key),
    selectApiKey(db, key.id),
    selectApiKeyByRequestKey(db, requestKey ?? ''),
  ])
  if (own) return { ...viewApiKey(own), secret }
  // Whoever calls was identified a moment ago, and has been revoked since.
  if (!made) throw new AnswerkeyError('unauthorized', 'The API key is not valid.')
  if (made.name !== key.name || !sameJson(made.scopes, key.scopes)) throw keyReused()
  return { ...viewApiKey(made), secret: null }
}

function refuseDuplicates(scopes: readonly Scope[]): void {
  const issues = scopes.flatMap((scope, index): Issue[] =>
    scopes.indexOf(scope) === index
      ? []
      : [{ path: [index], code: 'duplicate', detail: 'This scope is named earlier in the list.' }],
  )
  if (issues.length > 0) throw invalidInput(issues, ['scopes'])
}

/** A key could else make itself one that may do more. */
function requireOwnScopes({ scopes: own }: Staff, scopes: readonly Scope[]): void {
  const lacking = own === 'all' ? [] : scopes.filter((scope) => !own.has(scope))
  if (lacking.length === 0) return
  throw new AnswerkeyError('forbidden', `A key hands on what it has itself, and this one lacks ${lacking.join(', ')}.`)
}
