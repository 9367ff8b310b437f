import type { Deps } from '../../deps.ts'
import { AnswerkeyError } from '../../errors.ts'
import { parse } from '../../grading/issue.ts'
import { authenticate } from './authenticate.ts'
import { requestCounter } from './count-request.ts'
import { networkOf } from './network-of.ts'
import type { RequestRecord } from './observe-request.ts'
import { type Operation, PATH_PARAMETERS, type Reply } from './operation.ts'
import { readJson } from './read-json.ts'
import { readRequestKey } from './request-key.ts'
import * as v from 'valibot'

interface Received {
  readonly request: Request
  readonly params: Record<string, string>
  /** Where it comes from, as far as the host knows. */
  readonly address: string | null | undefined
}

/** Authenticates, counts and parses a request by its operation's own description, and hands it over. */
export async function runOperation(
  deps: Deps,
  op: Operation,
  { request, params, address }: Received,
  record: RequestRecord,
): Promise<Reply> {
  const url = new URL(request.url)
  const header = request.headers.get('Authorization')
  const count = requestCounter(deps, record)
  const caller = { header, network: networkOf(address) }
  const actor = await deps.trace.span('verify', () => authenticate(deps, op, caller, count))
  record.actor = actor.kind
  checkParameters(op, params, url.pathname)
  const query = op.query ? readQuery(op.query, url) : null
  const keyHeader = op.headers?.includes('Idempotency-Key') ? request.headers.get('Idempotency-Key') : null
  const requestKey = readRequestKey(keyHeader, actor, JSON.stringify([op.method, op.path, params]))
  const body = op.body ? await readJson(request, op.body) : null
  if (actor.kind === 'staff') await count('learner', op.startsFor?.(body))
  return op.handle({ deps, actor, request, params, query, body, requestKey })
}

/** An id that could not have been given out, or is text that no body may hold, names nothing; where the caller chooses it, it is told what an id is. */
function checkParameters(op: Operation, params: Record<string, string>, path: string): void {
  const wellFormed = isWellFormed(path)
  for (const [name, value] of Object.entries(params)) {
    const { schema, form } = PATH_PARAMETERS[name]!
    if (wellFormed && !value.includes('\0') && v.is(schema, value)) continue
    if (op.method !== 'PUT') throw new AnswerkeyError('not-found', 'There is nothing here, or it is not yours.')
    throw new AnswerkeyError('invalid-input', 'The path is not valid.', {
      errors: [{ pointer: '', code: 'invalid-shape', detail: `${name}: expected ${form}.` }],
    })
  }
}

/** The router leaves what it cannot decode as it stands, and so two ids would be one. */
function isWellFormed(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

function readQuery(schema: v.GenericSchema, url: URL): unknown {
  const names = [...url.searchParams.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  const parsed = parse(schema, Object.fromEntries(url.searchParams))
  if (parsed.ok && twice === undefined) return parsed.value
  const issues = parsed.ok ? [{ code: 'duplicate', detail: 'A parameter is named twice.' }] : parsed.issues
  throw new AnswerkeyError('invalid-input', 'The query is not valid.', {
    errors: issues.map(({ code, detail, ...issue }) => ({
      pointer: '',
      code,
      detail: 'path' in issue ? `Query parameter ${issue.path.join('.')}: ${detail}` : detail,
    })),
  })
}
