import { QuizSummary } from '../../content/summary.ts'
import { QuizId } from '../../grading/identifiers.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { Question } from '../../grading/wire.ts'
import { listQuizzes } from '../../services/list-quizzes.ts'
import { readQuestions } from '../../services/read-questions.ts'
import { readQuiz } from '../../services/read-quiz.ts'
import { isNotModified, toETag } from '../_http/etag.ts'
import { operation, type Reply } from '../_http/operation.ts'
import { fromCursor, PageQuery, toCursor } from '../_http/paging.ts'
import * as v from 'valibot'

/** Quiz reads may be cached by anyone, where nobody identified themselves: each use is checked with the entity tag. */
function cacheable(request: Request, revision: string, body: unknown): Reply {
  const etag = toETag(revision)
  const headers: Record<string, string> = { ETag: etag, Vary: 'Authorization, Origin' }
  if (!request.headers.has('Authorization')) headers['Cache-Control'] = 'public, no-cache'
  return isNotModified(request, etag) ? { status: 304, headers } : { status: 200, body, headers }
}

const notModified = { description: 'What If-None-Match names is still true.', schema: null, headers: ['ETag'] } as const

export const getQuizzes = operation({
  id: 'listQuizzes',
  method: 'GET',
  path: '/v1/quizzes',
  summary: 'List the quizzes',
  description: 'Public quizzes that are not archived; with an API key all of them.',
  tag: 'Quizzes',
  access: 'anyone',
  scope: 'quizzes:read',
  query: PageQuery,
  headers: ['If-None-Match'],
  replies: {
    200: {
      description: 'A page of quizzes.',
      schema: strictObject({ quizzes: v.array(QuizSummary), nextCursor: v.nullable(v.string()) }),
      headers: ['ETag'],
    },
    304: notModified,
  },
  problems: ['invalid-input'],
  async handle({ deps, actor, request, query }) {
    const after = query.cursor === undefined ? '' : fromCursor(query.cursor)
    const { quizzes, next } = await listQuizzes(deps, actor, { limit: Number(query.limit), after })
    const body = { quizzes, nextCursor: next === null ? null : toCursor(next) }
    return cacheable(request, await digest([...quizzes.map((quiz) => quiz.revision), next ?? '']), body)
  },
})

export const getQuiz = operation({
  id: 'readQuiz',
  method: 'GET',
  path: '/v1/quizzes/{quiz}',
  summary: 'Read what a quiz is',
  tag: 'Quizzes',
  access: 'anyone',
  scope: 'quizzes:read',
  headers: ['If-None-Match'],
  replies: { 200: { description: 'The quiz.', schema: QuizSummary, headers: ['ETag'] }, 304: notModified },
  problems: ['not-found'],
  async handle({ deps, actor, request, params }) {
    const quiz = await readQuiz(deps, actor, params['quiz']!)
    return cacheable(request, quiz.revision, quiz)
  },
})

export const getQuestions = operation({
  id: 'readQuestions',
  method: 'GET',
  path: '/v1/quizzes/{quiz}/questions',
  summary: 'Read the questions of a quiz, answers stripped',
  description: 'Options stand in id order. A quiz with a time limit gives its questions out by a start alone.',
  tag: 'Quizzes',
  access: 'anyone',
  scope: 'quizzes:read',
  headers: ['If-None-Match'],
  replies: {
    200: {
      description: 'The questions.',
      schema: strictObject({ quiz: QuizId, revision: v.string(), questions: v.array(Question) }),
      headers: ['ETag'],
    },
    304: notModified,
  },
  problems: ['not-found', 'start-required', 'quiz-not-open'],
  async handle({ deps, actor, request, params }) {
    const read = await readQuestions(deps, actor, params['quiz']!)
    return cacheable(request, read.revision, read)
  },
})

/** A page is the same while its quizzes stand at the same revisions and it ends in the same place. */
async function digest(parts: readonly string[]): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join(' ')))
  return [...new Uint8Array(bytes).slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
