import type { Deps } from './deps.ts'
import { AnswerkeyError, invalidInput } from './errors.ts'
import { authenticate } from './routes/_http/authenticate.ts'
import type { Operation, Reply } from './routes/_http/operation.ts'
import { toAnswerkeyError, toProblem } from './routes/_http/problem.ts'
import { readJson } from './routes/_http/read-json.ts'
import { readRequestKey } from './routes/_http/request-key.ts'
import { parse } from './grading/issue.ts'
import { randomId } from './services/_ids.ts'
import { Hono } from 'hono'

/** The whole HTTP surface over injected edges: the same on every host. */
export function createApp(deps: Deps, operations: readonly Operation[]): Hono {
  const app = new Hono()
  for (const op of operations) {
    app.on(op.method, toHonoPath(op.path), (c) =>
      answer(deps, c.req.raw, () => run(deps, op, c.req.raw, c.req.param())),
    )
  }
  for (const [path, methods] of methodsByPath(operations)) {
    app.all(toHonoPath(path), (c) =>
      answer(deps, c.req.raw, () => {
        throw new AnswerkeyError('method-not-allowed', `This path takes ${methods.join(', ')}.`)
      }),
    )
  }
  app.notFound((c) =>
    answer(deps, c.req.raw, () => {
      throw new AnswerkeyError('not-found', 'There is nothing here, or it is not yours.')
    }),
  )
  return app
}

async function answer(deps: Deps, request: Request, handle: () => Promise<Reply> | Reply): Promise<Response> {
  const requestId = randomId(deps, 'req')
  const response = await Promise.try(handle).then(toResponse, (error: unknown) => {
    const failure = toAnswerkeyError(error)
    deps.log({
      level: failure.code === 'unavailable' ? 'error' : 'info',
      event: 'problem',
      requestId,
      code: failure.code,
      method: request.method,
    })
    return toProblem(failure, requestId, deps.config.publicUrl)
  })
  response.headers.set('X-Request-Id', requestId)
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private, no-store')
  return response
}

async function run(deps: Deps, op: Operation, request: Request, params: Record<string, string>): Promise<Reply> {
  const actor = await authenticate(deps, op.access, request.headers.get('Authorization'))
  const query = op.query ? parse(op.query, Object.fromEntries(new URL(request.url).searchParams)) : null
  if (query && !query.ok) throw invalidInput(query.issues)
  const route = `${op.method} ${new URL(request.url).pathname}`
  const requestKey = readRequestKey(request.headers.get('Idempotency-Key'), actor, route)
  const body = op.body ? await readJson(request, op.body) : null
  return op.handle({ deps, actor, request, params, query: query?.value, body, requestKey })
}

function toResponse({ status, body, headers }: Reply): Response {
  if (body === undefined) return new Response(null, { status, headers: { ...headers } })
  if (typeof body === 'string') return new Response(body, { status, headers: { ...headers } })
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
}

function methodsByPath(operations: readonly Operation[]): Map<string, string[]> {
  const methods = new Map<string, string[]>()
  for (const { path, method } of operations) {
    methods.set(path, [...(methods.get(path) ?? []), ...(method === 'GET' ? ['GET', 'HEAD'] : [method])])
  }
  return methods
}

function toHonoPath(path: string): string {
  return path.replaceAll('{', ':').replaceAll('}', '')
}
