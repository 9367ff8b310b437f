import type { Finished, Problem, QuizSummary, Response, Resumed, Started, Submitted } from '../contract.ts'

/** The server said no, and why. */
export class Refused extends Error {
  readonly status: number
  readonly problem: Problem
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfter: number | null
  /** What became of the responses, where the problem tells. */
  readonly results: Submitted['results'] | null

  constructor(status: number, problem: Problem, retryAfter: number | null) {
    super(problem.detail)
    this.status = status
    this.problem = problem
    this.retryAfter = retryAfter
    this.results = (problem['results'] as Submitted['results'] | undefined) ?? null
  }
}

/** No answer that could be read: whether the server did what was asked is not known. */
export class Unreachable extends Error {}

/** What is sent to be counted once, however often it is sent. */
export interface Submission {
  readonly key: string
  readonly question: string
  readonly response: Response
  readonly certainty: 1 | 2 | 3 | null
}

const PATIENCE_MS = 20_000

/** Browsers send at most 64 kB in all after a page is gone. */
const KEEPALIVE_LENGTH = 16_000

/** The calls of the public contract that a learner makes. Each throws {@link Refused} or {@link Unreachable}. */
export class Client {
  readonly #api: string
  readonly #fetch: typeof fetch

  /** Takes the server's origin. */
  constructor(api: string, fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init)) {
    this.#api = api.replace(/\/+$/, '')
    this.#fetch = fetch
  }

  readQuiz(quiz: string): Promise<QuizSummary> {
    return this.#call('GET', `/v1/quizzes/${encodeURIComponent(quiz)}`)
  }

  start(quiz: string, key: string): Promise<Started> {
    return this.#call('POST', `/v1/quizzes/${encodeURIComponent(quiz)}/attempts`, { key, body: {} })
  }

  resume(attempt: string, token: string): Promise<Resumed> {
    return this.#call('GET', attemptPath(attempt), { token })
  }

  submit(attempt: string, token: string, { key, question, response, certainty }: Submission): Promise<Submitted> {
    const body = { responses: [{ question, response, ...(certainty && { certainty }) }] }
    return this.#call('POST', `${attemptPath(attempt)}/responses`, { token, key, body })
  }

  finish(attempt: string, token: string): Promise<Finished> {
    return this.#call('POST', `${attemptPath(attempt)}/finish`, { token, body: {} })
  }

  async #call<T>(method: string, path: string, { token, key, body }: Call = {}): Promise<T> {
    const text = body && JSON.stringify(body)
    const response = await this.#fetch(this.#api + path, {
      method,
      headers: {
        Accept: 'application/json',
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(key && { 'Idempotency-Key': key }),
        ...(text && { 'Content-Type': 'application/json' }),
      },
      ...(text && { body: text, keepalive: text.length < KEEPALIVE_LENGTH }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(unreachable)
    const answer: unknown = await response.json().catch(unreachable)
    if (response.ok) return answer as T
    if (!isProblem(answer)) throw new Unreachable(`The server answered ${response.status}.`)
    throw new Refused(response.status, answer, retryAfterOf(response.headers))
  }
}

interface Call {
  readonly token?: string
  readonly key?: string
  readonly body?: object
}

function attemptPath(attempt: string): string {
  return `/v1/attempts/${encodeURIComponent(attempt)}`
}

function unreachable(cause: unknown): never {
  throw new Unreachable('The server did not answer.', { cause })
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'detail' in answer
}

function retryAfterOf(headers: Headers): number | null {
  const seconds = Number(headers.get('Retry-After') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 : null
}
