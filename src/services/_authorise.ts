import type { Actor } from '../deps.ts'
import { AnswerkeyError } from '../errors.ts'

/** What a staff call needs. The root key has every scope. */
export type Scope = 'quizzes:read' | 'quizzes:write' | 'attempts:read' | 'attempts:write'

export type Staff = Extract<Actor, { kind: 'staff' }>

export function requireStaff(actor: Actor, _scope: Scope): Staff {
  if (actor.kind === 'staff') return actor
  throw new AnswerkeyError('unauthorized', 'This call needs an API key.')
}
