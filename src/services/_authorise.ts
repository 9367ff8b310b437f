import type { Actor } from '../deps.ts'
import { AnswerkeyError } from '../errors.ts'

/** What an API key may be allowed to do. The root key has every scope. */
export const SCOPES = [
  'quizzes:read',
  'quizzes:write',
  'attempts:read',
  'attempts:write',
  'grading:write',
  'learners:write',
  'keys:write',
  'webhooks:write',
] as const
export type Scope = (typeof SCOPES)[number]

export type Staff = Extract<Actor, { kind: 'staff' }>

/** For calls of staff alone. */
export function requireStaff(actor: Actor, scope: Scope): Staff {
  if (actor.kind !== 'staff') throw new AnswerkeyError('unauthorized', 'This call needs an API key.')
  requireScope(actor, scope)
  return actor
}

export function hasScope(actor: Actor, scope: Scope): boolean {
  return actor.kind === 'staff' && (actor.scopes === 'all' || actor.scopes.has(scope))
}

/** For calls that learners and anyone may make too: whoever comes with an API key needs its scope all the same. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (actor.kind !== 'staff' || hasScope(actor, scope)) return
  throw new AnswerkeyError('forbidden', `The API key lacks the scope ${scope}.`)
}
