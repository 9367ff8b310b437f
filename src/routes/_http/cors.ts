import type { Operation } from './operation.ts'

const EXPOSED = 'ETag, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id'
/** A page that is traced sends the trace's headers with every call (W3C Trace Context). */
const ALLOWED_HEADERS = ['Authorization', 'Content-Type', 'traceparent', 'tracestate']
const PREFLIGHT_SECONDS = '86400'

/** Learner and public calls may be made from a browser. No cookies exist, so a foreign page borrows nobody's rights. */
export function allowsBrowsers(op: Operation): boolean {
  return op.access !== 'staff'
}

/** The origin to allow, or null: any by default, narrowed by the configuration. */
export function allowedOrigin(request: Request, corsOrigins: readonly string[] | null): string | null {
  const origin = request.headers.get('Origin')
  if (origin === null) return null
  if (corsOrigins === null) return '*'
  return corsOrigins.includes(origin) ? origin : null
}

/** Lets a page of an allowed origin read an answer, problems too. */
export function addCors(response: Response, request: Request, corsOrigins: readonly string[] | null): void {
  const origin = allowedOrigin(request, corsOrigins)
  if (origin) {
    response.headers.set('Access-Control-Allow-Origin', origin)
    response.headers.set('Access-Control-Expose-Headers', EXPOSED)
  }
  // Where the answer depends on the origin, a cache between must know.
  const vary = response.headers.get('Vary')
  if (corsOrigins !== null && !vary?.includes('Origin')) response.headers.append('Vary', 'Origin')
}

/** What the preflight of a call is told (Fetch standard, "CORS-preflight request"). */
export function preflightHeaders(origin: string, op: Operation): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': op.method === 'GET' ? 'GET, HEAD' : op.method,
    'Access-Control-Allow-Headers': [...ALLOWED_HEADERS, ...(op.headers ?? [])].join(', '),
    'Access-Control-Max-Age': PREFLIGHT_SECONDS,
  }
}
