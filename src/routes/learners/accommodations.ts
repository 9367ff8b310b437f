import { Accommodation, AuthoredAccommodations, EffectiveTerms } from '../../grading/accommodations.ts'
import { QuizId } from '../../grading/identifiers.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { LearnerId } from '../../grading/wire.ts'
import { clearAccommodations } from '../../services/clear-accommodations.ts'
import { readAccommodations } from '../../services/read-accommodations.ts'
import { setAccommodations } from '../../services/set-accommodations.ts'
import { operation } from '../_http/operation.ts'
import * as v from 'valibot'

/** Bytes of a hundred rules with their reasons, in whatever way they are escaped. */
const RULES_BODY = 1_000_000

const Accommodations = v.pipe(
  strictObject({
    learner: LearnerId,
    rules: v.array(Accommodation),
    effective: v.pipe(
      v.array(EffectiveTerms),
      v.description('What an attempt that starts now would get, or as soon as the quiz opens.'),
    ),
  }),
  v.metadata({ ref: 'Accommodations' }),
)

export const getAccommodations = operation({
  id: 'readAccommodations',
  method: 'GET',
  path: '/v1/learners/{learner}/accommodations',
  summary: 'Read the accommodations of a learner',
  description: 'With what they come to at every quiz that they name; with `quiz`, at that one.',
  tag: 'Learners',
  access: 'staff',
  scope: 'learners:write',
  query: strictObject({
    quiz: v.optional(v.pipe(QuizId, v.description('The quiz to say the effective terms of.'))),
  }),
  replies: { 200: { description: 'The rules, none for a learner without.', schema: Accommodations } },
  problems: ['not-found'],
  async handle({ deps, actor, params, query }) {
    return { status: 200, body: await readAccommodations(deps, actor, params['learner']!, query.quiz ?? null) }
  },
})

export const putAccommodations = operation({
  id: 'setAccommodations',
  method: 'PUT',
  path: '/v1/learners/{learner}/accommodations',
  summary: 'Set the accommodations of a learner',
  description:
    'Replaces all rules of the learner. They hold for attempts that start from now on; those that run can be extended. A ' +
    'rule for a quiz takes the place of the one for all quizzes. No rule leads beyond the time at which a quiz closes.',
  tag: 'Learners',
  access: 'staff',
  scope: 'learners:write',
  headers: ['Idempotency-Key'],
  body: { schema: strictObject({ rules: AuthoredAccommodations }), maxBytes: RULES_BODY },
  replies: { 200: { description: 'The rules as they stand.', schema: Accommodations } },
  problems: [],
  async handle({ deps, actor, params, body, requestKey }) {
    const input = { learner: params['learner']!, rules: body.rules, requestKey }
    return { status: 200, body: await setAccommodations(deps, actor, input) }
  },
})

export const deleteAccommodations = operation({
  id: 'clearAccommodations',
  method: 'DELETE',
  path: '/v1/learners/{learner}/accommodations',
  summary: 'Take all accommodations from a learner',
  description: 'Attempts that run keep what they were given.',
  tag: 'Learners',
  access: 'staff',
  scope: 'learners:write',
  headers: ['Idempotency-Key'],
  replies: { 204: { description: 'The learner has none.', schema: null } },
  problems: ['not-found'],
  async handle({ deps, actor, params, requestKey }) {
    await clearAccommodations(deps, actor, params['learner']!, requestKey)
    return { status: 204 }
  },
})
