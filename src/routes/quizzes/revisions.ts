import { CompleteQuizDocument } from '../../content/document.ts'
import { QuizId } from '../../grading/identifiers.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { listRevisions, readRevision } from '../../services/read-revisions.ts'
import { operation } from '../_http/operation.ts'
import { fromNumberCursor, PageQuery, toCursor } from '../_http/paging.ts'
import * as v from 'valibot'

const revisionEntries = {
  quiz: QuizId,
  revision: v.string(),
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  publishedAt: v.pipe(v.string(), v.isoTimestamp()),
  publishedBy: v.string(),
}
const RevisionSummary = v.pipe(strictObject(revisionEntries), v.metadata({ ref: 'RevisionSummary' }))
const Revision = v.pipe(
  strictObject({ ...revisionEntries, document: CompleteQuizDocument }),
  v.metadata({ ref: 'Revision' }),
)

export const getRevisions = operation({
  id: 'listRevisions',
  method: 'GET',
  path: '/v1/quizzes/{quiz}/revisions',
  summary: 'List the revisions of a quiz, the newest first',
  tag: 'Publishing',
  access: 'staff',
  scope: 'quizzes:read',
  query: PageQuery,
  replies: {
    200: {
      description: 'A page of revisions.',
      schema: strictObject({ revisions: v.array(RevisionSummary), nextCursor: v.nullable(v.string()) }),
    },
  },
  problems: ['not-found'],
  async handle({ deps, actor, params, query }) {
    const below = query.cursor === undefined ? Number.MAX_SAFE_INTEGER : fromNumberCursor(query.cursor)
    const page = await listRevisions(deps, actor, params['quiz']!, { limit: Number(query.limit), below })
    const nextCursor = page.next === null ? null : toCursor(page.next)
    return { status: 200, body: { revisions: page.revisions, nextCursor } }
  },
})

export const getRevision = operation({
  id: 'readRevision',
  method: 'GET',
  path: '/v1/quizzes/{quiz}/revisions/{revision}',
  summary: 'Read a revision, answers included',
  description: 'The document as it was sent, with every default filled in.',
  tag: 'Publishing',
  access: 'staff',
  scope: 'quizzes:read',
  replies: { 200: { description: 'The revision.', schema: Revision } },
  problems: ['not-found'],
  async handle({ deps, actor, params }) {
    return { status: 200, body: await readRevision(deps, actor, params['quiz']!, params['revision']!) }
  },
})
