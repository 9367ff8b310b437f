import description from '../../../openapi.json' with { type: 'json' }
import { SCOPES, type Scope } from '../../../src/services/_authorise.ts'
import type { Schema } from './schema.ts'

/** An operation as openapi.json has it. */
export interface Described {
  readonly id: string
  readonly method: string
  /** With parameters in braces. */
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: { readonly schema: Schema; readonly required: boolean } | null
  /** Who may call: see `Operation` in `src/routes`. */
  readonly access: 'open' | 'anyone' | 'learner' | 'staff'
  readonly scope: Scope | null
  /** The codes of problems by their status. */
  readonly problems: ReadonlyMap<number, readonly string[]>
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly schema: Schema
}

interface Written {
  readonly operationId: string
  readonly description?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly required: boolean
    readonly content: { readonly 'application/json': { readonly schema: Schema } }
  }
  readonly security: readonly Readonly<Record<string, unknown>>[]
  readonly responses: Readonly<Record<string, { readonly description: string }>>
}

const paths = description.paths as unknown as Readonly<Record<string, Readonly<Record<string, Written>>>>

export const described: readonly Described[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, written]) => ({
    id: written.operationId,
    method: method.toUpperCase(),
    path,
    parameters: written.parameters ?? [],
    body: written.requestBody
      ? { schema: written.requestBody.content['application/json'].schema, required: written.requestBody.required }
      : null,
    access: accessOf(written),
    scope: SCOPES.find((scope) => written.description?.includes(`scope \`${scope}\``)) ?? null,
    problems: new Map(
      Object.entries(written.responses)
        .filter(([status]) => Number(status) >= 400)
        .map(([status, reply]) => [
          Number(status),
          [...reply.description.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code!),
        ]),
    ),
  })),
)

/** Methods that a path takes, HEAD and OPTIONS aside. */
export function methodsOf(path: string): string[] {
  return Object.keys(paths[path]!).map((method) => method.toUpperCase())
}

function accessOf({ security }: Written): Described['access'] {
  if (security.length === 0) return 'open'
  if (security.some((scheme) => Object.keys(scheme).length === 0)) return 'anyone'
  return security.some((scheme) => 'progressToken' in scheme) ? 'learner' : 'staff'
}
