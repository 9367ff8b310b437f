import type { Actor, Allowance, Deps } from '../../deps.ts'
import type { AnswerkeyError } from '../../errors.ts'
import { randomId } from '../../services/_ids.ts'
import { inTrace } from '../../telemetry/in-trace.ts'
import { describeFailure } from './problem.ts'

/** What becomes known of a request while it is answered. */
export interface RequestRecord {
  readonly id: string
  /** Null until it is known who calls, and for calls that do not look. */
  actor: Actor['kind'] | null
  failure: AnswerkeyError | null
  /** How it stands to each limit that it was counted by. */
  readonly allowances: Allowance[]
}

/** Anyone can send any word as a method: what is counted by it must be few. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** What requests are counted under that reach no path of the contract. */
const UNMATCHED = 'unmatched'

/**
 * Answers a request within its trace, which goes on with the caller's where it names one (W3C Trace Context), counts it,
 * and writes its one line into the log. Of the request these hold the template of its path, and never the path.
 */
export async function observeRequest(
  deps: Deps,
  request: Request,
  route: string = UNMATCHED,
  handle: (deps: Deps, record: RequestRecord) => Promise<Response>,
): Promise<Response> {
  const began = deps.elapsed()
  const record: RequestRecord = { id: randomId(deps, 'req'), actor: null, failure: null, allowances: [] }
  const method = METHODS.has(request.method) ? request.method : 'other'
  const trace = deps.tracing.begin(`${method} ${route}`, {
    parent: request.headers.get('traceparent'),
    kind: 'server',
    attributes: { 'http.request.method': method, 'http.route': route, 'answerkey.request_id': record.id },
  })
  const scope = inTrace(deps, trace)
  const response = await handle(scope, record)
  const { status } = response
  const milliseconds = deps.elapsed() - began
  deps.metrics.requestAnswered({ method, route, status, seconds: milliseconds / 1000 })
  scope.log({
    level: record.failure?.code === 'unavailable' ? 'error' : 'info',
    event: 'request',
    requestId: record.id,
    method,
    route,
    status,
    durationMs: Math.round(milliseconds * 10) / 10,
    actor: record.actor,
    ...(record.failure && describeFailure(record.failure)),
  })
  const outcome = { 'http.response.status_code': status, 'answerkey.actor': record.actor ?? undefined }
  trace.end(outcome, { failed: status >= 500 })
  return response
}
