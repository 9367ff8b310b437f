import { AnswerkeyError } from '../../errors.ts'
import type { Reply } from './operation.ts'
import { home, page } from './page.ts'
import { PROBLEMS } from './problems.ts'
import { html } from 'hono/html'

/** An answer in the form of RFC 9457. */
export function toProblem(error: AnswerkeyError, requestId: string, publicUrl: string): Reply {
  const { status, title } = PROBLEMS[error.code]
  const body = {
    type: `${publicUrl}/problems/${error.code}`,
    title,
    status,
    detail: error.message,
    instance: requestId,
    code: error.code,
    errors: error.errors,
    ...error.extension,
  }
  return { status, body, headers: { 'Content-Type': 'application/problem+json', ...headersFor(error) } }
}

/** The same for people, where they come with a browser. */
export async function toProblemPage(error: AnswerkeyError, requestId: string): Promise<Reply> {
  const { status, title } = PROBLEMS[error.code]
  const { body, headers } = await page({
    title,
    body: html`${home}
      <main>
        <h1>${title}</h1>
        <p>${error.message}</p>
        <p class="small">Status ${status}, request <code>${requestId}</code></p>
      </main>`,
  })
  return { status, body, headers: { ...headers, ...headersFor(error) } }
}

/**
 * What any other error becomes. Drivers' errors hold SQL and its parameters, so nothing of them is passed on; and what
 * cannot be explained is treated as passing, for the request had no effect or can be repeated.
 */
export function toAnswerkeyError(error: unknown): AnswerkeyError {
  if (error instanceof AnswerkeyError) return error
  return new AnswerkeyError('unavailable', 'The service cannot answer now: try again.', { cause: error })
}

function headersFor({ code, allow, retryAfter }: AnswerkeyError): Record<string, string> {
  if (code === 'unauthorized') return { 'WWW-Authenticate': 'Bearer' }
  if (code === 'token-expired') return { 'WWW-Authenticate': 'Bearer error="invalid_token"' }
  if (code === 'method-not-allowed') return { Allow: allow.join(', ') }
  return code === 'unavailable' || code === 'rate-limited' ? { 'Retry-After': String(retryAfter) } : {}
}

/**
 * What the log tells of a failure. Of an unexpected error it is the kind, the driver's code and the place in ours, never the message, in
 * which a driver would have put its SQL and the parameters.
 */
export function describeFailure({ code, cause }: AnswerkeyError): Readonly<Record<string, string | null>> {
  if (!(cause instanceof Error)) return { code }
  return { code, error: cause.name, driverCode: driverCodeOf(cause), where: framesOf(cause) }
}

/** Such as SQLITE_BUSY: a word of the driver's own, and never a text. */
function driverCodeOf(error: Error): string | null {
  const code = 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? code : null
}

function framesOf({ name, message, stack }: Error): string | null {
  const head = `${name}: ${message}\n`
  if (!stack?.startsWith(head)) return null
  const frames = stack.slice(head.length).split('\n', 4)
  return frames.map((frame) => frame.trim()).join(' < ')
}
