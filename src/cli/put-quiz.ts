import { toFinding } from '../bank/document-issues.ts'
import type { Finding } from '../bank/finding.ts'
import type { ReadQuiz } from '../bank/read-quiz.ts'
import { CliError } from './command.ts'
import * as v from 'valibot'

export interface Target {
  readonly origin: string
  /** An API key. It goes into a header, and nowhere else. */
  readonly key: string
  /** The id of a revision, with or without the quotes of an ETag. */
  readonly ifMatch: string | null
}

export type PutAnswer =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly message: string; readonly findings: readonly Finding[] }

const TIMEOUT_MS = 30_000

const Published = v.object({ revision: v.string(), number: v.number(), created: v.boolean() })

/** What is read of a problem document (RFC 9457). */
const Problem = v.object({
  code: v.string(),
  detail: v.optional(v.string(), ''),
  instance: v.optional(v.string()),
  errors: v.optional(v.array(v.object({ pointer: v.string(), code: v.string(), detail: v.string() })), []),
})

/** Publishes a quiz. Throws a `CliError` when there is no answer. */
export async function putQuiz(quiz: ReadQuiz, target: Target, fetcher: typeof fetch): Promise<PutAnswer> {
  const { status, body } = await put(quiz, target, fetcher)
  const published = v.safeParse(v.pipe(v.string(), v.parseJson(), Published), body)
  if ((status === 200 || status === 201) && published.success) {
    const { revision, number, created } = published.output
    const named = `revision ${revision} (number ${number})`
    return { ok: true, message: created ? `${named} published` : `unchanged, ${named}` }
  }
  const problem = v.safeParse(v.pipe(v.string(), v.parseJson(), Problem), body)
  if (!problem.success || status < 400) {
    return { ok: false, message: `${target.origin} answered ${status}, and not as Answerkey does`, findings: [] }
  }
  const { code, detail, instance, errors } = problem.output
  const request = instance === undefined ? '' : ` (request ${instance})`
  return {
    ok: false,
    message: `refused, ${status} ${code}: ${detail}${request}`,
    findings: errors.map((error) => toFinding(error.code, error.detail, error.pointer, quiz.places)),
  }
}

async function put(
  { id, document }: ReadQuiz,
  { origin, key, ifMatch }: Target,
  fetcher: typeof fetch,
): Promise<{ status: number; body: string }> {
  try {
    const response = await fetcher(`${origin}/v1/quizzes/${id}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...(ifMatch !== null && { 'if-match': `"${ifMatch.replaceAll('"', '')}"` }),
      },
      body: JSON.stringify(document),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status: response.status, body: await response.text() }
  } catch (error) {
    throw new CliError(`${id}: no answer from ${origin}: ${reasonOf(error)}.`, { cause: error })
  }
}

/** The system's code for what happened: other words of an error may repeat the request. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed'
  if (error.name === 'TimeoutError') return `nothing came within ${TIMEOUT_MS / 1000} seconds`
  const { cause } = error
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'the request failed'
}
