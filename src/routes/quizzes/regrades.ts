import { Id, QuizId } from '../../grading/identifiers.ts'
import { RegradeRule } from '../../grading/regrading.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { strictRecord } from '../../grading/strict-record.ts'
import { NfcString } from '../../grading/text/nfc.ts'
import { maxCharacters } from '../../grading/max-characters.ts'
import { Time } from '../../grading/time.ts'
import { Learner, Score } from '../../grading/wire.ts'
import { readRegrade } from '../../services/read-regrade.ts'
import { regradeQuiz } from '../../services/regrade-quiz.ts'
import { operation } from '../_http/operation.ts'
import { fromCursor, PageQuery, toCursor } from '../_http/paging.ts'
import { Reason } from '../_http/staff-schemas.ts'
import * as v from 'valibot'

const RevisionId = v.pipe(v.string(), v.regex(/^rev_[A-Za-z0-9_-]{1,60}$/, 'Expected the id of a revision.'))
const MAX_QUESTIONS = 500
/** Bytes of a body: a map may name every option of a large quiz. */
const MAX_BODY = 256_000

/** One rule for all, or one each. What is said of a mistake is about the one that was written. */
const Rules = v.pipe(
  v.union([RegradeRule, strictRecord(Id, RegradeRule)]),
  v.description('One rule for every question, or an object with a rule for each that is to be regraded.'),
)

/** An id, or a unit of a number. */
const Name = v.pipe(NfcString, v.minLength(1), maxCharacters(64))

const regradingEntries = {
  revision: RevisionId,
  rule: Rules,
  map: v.pipe(
    strictRecord(Id, strictRecord(Name, Name)),
    v.description(
      'By question: ids of options, items, prompts and blanks, and units, as they were served, with what they are called ' +
        'in the target. The id of the question itself stands there for a question that was renamed.',
    ),
  ),
}

const RegradeInput = v.pipe(
  strictObject({
    ...regradingEntries,
    map: v.optional(regradingEntries.map, {}),
    questions: v.optional(v.pipe(v.array(Id), v.minLength(1), v.maxLength(MAX_QUESTIONS))),
    dryRun: v.optional(v.boolean(), false),
    reason: Reason,
  }),
  v.metadata({ ref: 'RegradeInput' }),
)

const Count = v.pipe(v.number(), v.integer(), v.minValue(0))

const regradeEntries = {
  id: v.string(),
  quiz: QuizId,
  ...regradingEntries,
  questions: v.nullable(v.array(Id)),
  reason: v.string(),
  dryRun: v.boolean(),
  status: v.picklist(['running', 'done']),
  createdAt: Time,
  createdBy: v.string(),
  finishedAt: v.nullable(Time),
  attempts: v.pipe(Count, v.description('Attempts that have been looked at; every count is of these.')),
  regraded: v.pipe(Count, v.description('Attempts whose key in force changes, whether their score does or not.')),
  becamePassed: Count,
  becameFailed: Count,
  meanBefore: v.pipe(v.nullable(Score), v.description('Over finished attempts.')),
  meanAfter: v.nullable(Score),
}
const Regrade = v.pipe(strictObject(regradeEntries), v.metadata({ ref: 'Regrade' }))

const Standing = v.pipe(
  strictObject({ score: Score, maxScore: Score, passed: v.nullable(v.boolean()) }),
  v.metadata({ ref: 'Standing' }),
)
const RegradeChange = v.pipe(
  strictObject({ attempt: v.string(), learner: v.nullable(Learner), before: Standing, after: Standing }),
  v.metadata({ ref: 'RegradeChange' }),
)

export const postRegrade = operation({
  id: 'regradeQuiz',
  method: 'POST',
  path: '/v1/quizzes/{quiz}/regrades',
  summary: 'Regrade the attempts at a quiz',
  description:
    'Takes key, scoring, points and explanations of a revision; policy and texts stay as they were served. Options and ' +
    'questions are found again by their ids: what appeared, vanished or was renamed is named in a 422. A dry run is the ' +
    'same job without its effect.',
  tag: 'Grading',
  access: 'staff',
  scope: 'grading:write',
  headers: ['Idempotency-Key'],
  body: { schema: RegradeInput, maxBytes: MAX_BODY },
  replies: { 202: { description: 'The job.', schema: Regrade, headers: ['Location'] } },
  problems: ['not-found'],
  async handle({ deps, actor, params, body, requestKey }) {
    const { revision, rule, questions = null, map, dryRun, reason } = body
    const input = { quiz: params['quiz']!, regrading: { revision, rule, questions, map }, dryRun, reason, requestKey }
    const regrade = await regradeQuiz(deps, actor, input)
    const location = `${deps.config.publicUrl}/v1/quizzes/${regrade.quiz}/regrades/${regrade.id}`
    return { status: 202, body: regrade, headers: { Location: location } }
  },
})

export const getRegrade = operation({
  id: 'readRegrade',
  method: 'GET',
  path: '/v1/quizzes/{quiz}/regrades/{regrade}',
  summary: 'Read how far a regrade has come, and what it changes',
  tag: 'Grading',
  access: 'staff',
  scope: 'grading:write',
  query: PageQuery,
  replies: {
    200: {
      description: 'The job, and a page of the attempts whose score, maximum or passing it changes.',
      schema: strictObject({ ...regradeEntries, changes: v.array(RegradeChange), nextCursor: v.nullable(v.string()) }),
    },
  },
  problems: ['not-found'],
  async handle({ deps, actor, params, query }) {
    const after = query.cursor === undefined ? '' : fromCursor(query.cursor)
    const page = { quiz: params['quiz']!, id: params['regrade']!, limit: Number(query.limit), after }
    const { regrade, changes, next } = await readRegrade(deps, actor, page)
    return { status: 200, body: { ...regrade, changes, nextCursor: next === null ? null : toCursor(next) } }
  },
})
