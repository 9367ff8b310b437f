import { AnswerkeyError, type ErrorCode } from '../../errors.ts'
import { PROBLEMS } from './problems.ts'

/** Seconds after which a caller may try again. */
const RETRY_AFTER = 1

/** An answer in the form of RFC 9457. */
export function toProblem(error: AnswerkeyError, requestId: string, publicUrl: string): Response {
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
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headersFor(error.code) },
  })
}

/**
 * What any other error becomes. Drivers' errors hold SQL and its parameters, so nothing of them is passed on; and what
 * cannot be explained is treated as passing, for the request had no effect or can be repeated.
 */
export function toAnswerkeyError(error: unknown): AnswerkeyError {
  if (error instanceof AnswerkeyError) return error
  return new AnswerkeyError('unavailable', 'The service cannot answer now: try again.', { cause: error })
}

function headersFor(code: ErrorCode): Record<string, string> {
  if (code === 'unauthorized' || code === 'token-expired') {
    return { 'WWW-Authenticate': code === 'token-expired' ? 'Bearer error="invalid_token"' : 'Bearer' }
  }
  return PROBLEMS[code].status === 503 || code === 'rate-limited' ? { 'Retry-After': String(RETRY_AFTER) } : {}
}
