import { QuizDocument } from '../../content/document.ts'
import { QuizId } from '../../grading/identifiers.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { archiveQuiz } from '../../services/archive-quiz.ts'
import { publishQuiz } from '../../services/publish-quiz.ts'
import { toETag, writePrecondition } from '../_http/etag.ts'
import { operation } from '../_http/operation.ts'
import * as v from 'valibot'

/** Bytes of an author's body. */
const AUTHOR_BODY = 1_000_000

const Published = strictObject({ quiz: QuizId, revision: v.string(), number: v.number(), created: v.boolean() })

export const putQuiz = operation({
  id: 'publishQuiz',
  method: 'PUT',
  path: '/v1/quizzes/{quiz}',
  summary: 'Publish a quiz',
  description:
    'Makes a new immutable revision, which attempts get from now on; those that run keep theirs. The same document again ' +
    'makes nothing. Brings an archived quiz back.',
  tag: 'Publishing',
  access: 'staff',
  scope: 'quizzes:write',
  headers: ['If-Match', 'If-None-Match', 'Idempotency-Key'],
  body: { schema: v.unknown(), documented: QuizDocument, maxBytes: AUTHOR_BODY },
  replies: {
    201: { description: 'A new revision.', schema: Published, headers: ['ETag', 'Location'] },
    200: { description: 'The quiz already stands like this.', schema: Published, headers: ['ETag', 'Location'] },
  },
  problems: ['revision-changed', 'quiz-too-large'],
  async handle({ deps, actor, request, params, body, requestKey }) {
    const precondition = writePrecondition(request)
    const input = { quiz: params['quiz']!, document: body, precondition, requestKey }
    const published = await publishQuiz(deps, actor, input)
    const headers = {
      ETag: toETag(published.revision),
      Location: `${deps.config.publicUrl}/v1/quizzes/${published.quiz}/revisions/${published.revision}`,
    }
    return { status: published.created ? 201 : 200, body: published, headers }
  },
})

export const deleteQuiz = operation({
  id: 'archiveQuiz',
  method: 'DELETE',
  path: '/v1/quizzes/{quiz}',
  summary: 'Archive a quiz',
  description: 'It takes no new attempts, and those that run go on. Publishing brings it back.',
  tag: 'Publishing',
  access: 'staff',
  scope: 'quizzes:write',
  headers: ['Idempotency-Key'],
  replies: { 204: { description: 'The quiz is archived.', schema: null } },
  problems: ['not-found'],
  async handle({ deps, actor, params, requestKey }) {
    await archiveQuiz(deps, actor, params['quiz']!, requestKey)
    return { status: 204 }
  },
})
