import { strictObject } from '../../grading/strict-object.ts'
import { Policy } from '../../grading/policy.ts'
import { Attempt, Learner } from '../../grading/wire.ts'
import { type Grade as LearnerGrade, listGrades } from '../../services/list-grades.ts'
import { type Columns, CSV_TOO, jsonOrCsv } from '../_http/csv.ts'
import { operation } from '../_http/operation.ts'
import { fromCursor, PageQuery, toCursor } from '../_http/paging.ts'
import * as v from 'valibot'

const { maxScore, passed, startedAt: time } = Attempt.entries

const Grade = v.pipe(
  strictObject({
    learner: Learner,
    score: maxScore,
    maxScore,
    passed,
    attempts: v.pipe(v.number(), v.integer(), v.minValue(1)),
    gradedBy: Policy.entries.gradeBy,
    updatedAt: time,
  }),
  v.metadata({ ref: 'Grade' }),
)

const COLUMNS: Columns<LearnerGrade> = {
  learner: ({ learner }) => learner.id,
  learnerName: ({ learner }) => learner.name,
  score: (grade) => grade.score,
  maxScore: (grade) => grade.maxScore,
  passed: (grade) => grade.passed,
  attempts: (grade) => grade.attempts,
  gradedBy: (grade) => grade.gradedBy,
  updatedAt: (grade) => grade.updatedAt,
}

/** A cursor holds a learner's id, which can be any text: so it is marked, and another list's is told from it. */
const MARK = 'learner:'

export const getGrades = operation({
  id: 'listGrades',
  method: 'GET',
  path: '/v1/quizzes/{quiz}/grades',
  summary: 'List the grades of a quiz, one a learner',
  description:
    'A learner has one as soon as an attempt of theirs is finished and settled. It is made by the `gradeBy` of the ' +
    'current revision; `attempts` is how many there were to choose from, or to take the mean of. In the order of the ' +
    `learners' ids. ${CSV_TOO}`,
  tag: 'Attempts',
  access: 'staff',
  scope: 'attempts:read',
  query: PageQuery,
  replies: {
    200: {
      description: 'A page of grades.',
      schema: strictObject({ grades: v.array(Grade), nextCursor: v.nullable(v.string()) }),
      mediaTypes: ['application/json', 'text/csv'],
    },
  },
  problems: ['not-found'],
  async handle(call) {
    const { deps, actor, params, query } = call
    const { grades, next } = await listGrades(deps, actor, {
      quiz: params['quiz']!,
      after: query.cursor === undefined ? '' : fromCursor(query.cursor, /^learner:/).slice(MARK.length),
      limit: Number(query.limit),
    })
    const nextCursor = next === null ? null : toCursor(`${MARK}${next}`)
    return jsonOrCsv(call, { name: 'grades', rows: grades, nextCursor, columns: COLUMNS })
  },
})
