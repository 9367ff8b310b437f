import type { Deps } from './deps.ts'
import { AnswerkeyError } from './errors.ts'
import { addLimits } from './routes/_http/count-request.ts'
import { addCors, allowedOrigin, allowsBrowsers, preflightHeaders } from './routes/_http/cors.ts'
import { methodsOf, type Operation, type Reply, toHonoPath } from './routes/_http/operation.ts'
import { servesPages, wantsPage } from './routes/_http/page.ts'
import { observeRequest, type RequestRecord } from './routes/_http/observe-request.ts'
import { toAnswerkeyError, toProblem, toProblemPage } from './routes/_http/problem.ts'
import { runOperation } from './routes/_http/run-operation.ts'
import { operations } from './routes/operations.ts'
import { securityHeaders } from './security-headers.ts'
import { Hono } from 'hono'

/** What a host tells of a request beside it, as the environment of `fetch`. */
export interface Connection {
  /** Where it comes from; null where that is not known. */
  readonly address: string | null
}

/** The whole HTTP surface over injected edges: the same on every host. */
export function createApp(deps: Deps): Hono {
  const app = new Hono()
  for (const op of operations) {
    deps.metrics.expectRequests({ method: op.method, route: op.path })
    app.on(op.method, toHonoPath(op.path), (c) =>
      answer(deps, c.req.raw, { op, route: op.path }, (scope, record) =>
        runOperation(scope, op, { request: c.req.raw, params: c.req.param(), address: addressOf(c.env) }, record),
      ),
    )
  }
  for (const [path, siblings] of Map.groupBy(operations, (op) => op.path)) {
    const methods = methodsOf(siblings)
    app.options(toHonoPath(path), (c) =>
      answer(deps, c.req.raw, { route: path }, () => preflight(deps, c.req.raw, siblings)),
    )
    app.all(toHonoPath(path), (c) =>
      answer(deps, c.req.raw, { route: path }, () => {
        throw new AnswerkeyError('method-not-allowed', `This path takes ${methods.join(', ')}.`, { allow: methods })
      }),
    )
  }
  app.notFound((c) =>
    answer(deps, c.req.raw, {}, () => {
      throw new AnswerkeyError('not-found', 'There is nothing here, or it is not yours.')
    }),
  )
  return app
}

/** What a request has reached. */
interface Destination {
  readonly op?: Operation
  readonly route?: string
}

/** Turns what a handler gives or throws into an answer, and adds what every answer has. */
function answer(
  deps: Deps,
  request: Request,
  { op, route }: Destination,
  handle: (deps: Deps, record: RequestRecord) => Promise<Reply> | Reply,
): Promise<Response> {
  return observeRequest(deps, request, route, async (scope, record) => {
    const reply = await Promise.try(() => handle(scope, record)).catch((error: unknown) => {
      const failure = (record.failure = toAnswerkeyError(error))
      const isForPeople = op !== undefined && servesPages(op) && wantsPage(request)
      return isForPeople ? toProblemPage(failure, record.id) : toProblem(failure, record.id, deps.config.publicUrl)
    })
    const response = toResponse(reply)
    response.headers.set('X-Request-Id', record.id)
    const usual = { 'Cache-Control': 'private, no-store', ...securityHeaders(deps.config.publicUrl) }
    for (const [name, value] of Object.entries(usual)) {
      if (!response.headers.has(name)) response.headers.set(name, value)
    }
    addLimits(response, record.allowances)
    if (op && allowsBrowsers(op)) addCors(response, request, deps.config.corsOrigins)
    return response
  })
}

/** Whoever calls the app itself, as tests do, says nothing. */
function addressOf(environment: unknown): string | null {
  return (environment as Partial<Connection> | undefined)?.address ?? null
}

function preflight(deps: Deps, request: Request, siblings: readonly Operation[]): Reply {
  const headers = { Allow: methodsOf(siblings).join(', ') }
  const method = request.headers.get('Access-Control-Request-Method')?.replace(/^HEAD$/, 'GET')
  const wanted = siblings.find((op) => op.method === method)
  const origin = wanted && allowsBrowsers(wanted) ? allowedOrigin(request, deps.config.corsOrigins) : null
  return { status: 204, headers: wanted && origin ? { ...headers, ...preflightHeaders(origin, wanted) } : headers }
}

function toResponse({ status, body, headers }: Reply): Response {
  if (body === undefined) return new Response(null, { status, headers: { ...headers } })
  if (typeof body === 'string') return new Response(body, { status, headers: { ...headers } })
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
}
