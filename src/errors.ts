import { type Issue, MAX_ISSUES, toPointer } from './grading/issue.ts'

/** Every way in which a call can fail. The codes are part of the contract. */
export const ERROR_CODES = [
  'invalid-json',
  'unauthorized',
  'token-expired',
  'forbidden',
  'start-required',
  'learner-not-allowed',
  'not-found',
  'method-not-allowed',
  'attempt-finished',
  'no-tries-left',
  'no-attempts-left',
  'attempt-active',
  'quiz-not-open',
  'quiz-closed',
  'revision-changed',
  'body-too-large',
  'unsupported-media-type',
  'invalid-input',
  'not-supported',
  'idempotency-key-reused',
  'quiz-too-large',
  'rate-limited',
  'attempt-log-full',
  'unavailable',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** One place in an input that is wrong. */
export interface ErrorDetail {
  /** A JSON pointer (RFC 6901) into the body; empty for the whole of it, and for headers and query parameters. */
  readonly pointer: string
  readonly code: string
  readonly detail: string
}

interface ErrorMembers {
  readonly errors: readonly ErrorDetail[]
  readonly extension: Readonly<Record<string, unknown>>
  readonly allow: readonly string[]
  readonly retryAfter: number
  readonly cause: unknown
}

/** Where nothing more is known. */
const RETRY_AFTER = 1

/** A failure that the caller may read as it is: it holds no key, no secret and no answer. */
export class AnswerkeyError extends Error {
  override readonly name = 'AnswerkeyError'
  readonly code: ErrorCode
  readonly errors: readonly ErrorDetail[]
  /** Members that extend the problem document. */
  readonly extension: Readonly<Record<string, unknown>>
  /** For `method-not-allowed`: the methods that are. */
  readonly allow: readonly string[]
  /** Seconds after which the same call may be made again, where it may. */
  readonly retryAfter: number

  constructor(code: ErrorCode, detail: string, more: Partial<ErrorMembers> = {}) {
    super(detail, { cause: more.cause })
    this.code = code
    this.errors = more.errors ?? []
    this.extension = more.extension ?? {}
    this.allow = more.allow ?? []
    this.retryAfter = more.retryAfter ?? RETRY_AFTER
  }
}

/** An input that was refused, with the places that are wrong. */
export function invalidInput(issues: readonly Issue[], path: readonly (string | number)[] = []): AnswerkeyError {
  const errors = issues.slice(0, MAX_ISSUES).map((issue) => ({
    pointer: toPointer([...path, ...issue.path]),
    code: issue.code,
    detail: issue.detail,
  }))
  return new AnswerkeyError('invalid-input', 'The input is not valid.', { errors })
}
