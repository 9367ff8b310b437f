import { CERTAINTIES } from './certainty.ts'
import { componentName } from './component-name.ts'
import { Id } from './identifiers.ts'
import { maxCharacters } from './max-characters.ts'
import { Points } from './points.ts'
import type { PublicQuestion } from './quiz.ts'
import { RichText } from './rich-text.ts'
import { strictObject } from './strict-object.ts'
import { strictRecord } from './strict-record.ts'
import { Time } from './time.ts'
import { contentEntries } from './types/content.ts'
import { questionTypes } from './types/registry.ts'
import * as v from 'valibot'

/** The shapes of the HTTP contract that speak of questions and what became of them. */

export const Score = v.pipe(v.number(), v.description('Points, with at most three decimals.'))

export const Option = v.pipe(strictObject({ id: Id, text: RichText }), v.metadata({ ref: 'Option' }))

const questionEntries = { id: Id, section: Id, points: Points, prompt: RichText }

/** What a type adds is served as it is declared, so the schema of a question follows from the registry. */
export const Question = v.pipe(
  v.variant(
    'type',
    questionTypes.map((type) =>
      v.pipe(
        strictObject({ ...questionEntries, type: v.literal(type.type), ...contentEntries(type, Option, 'Blank') }),
        v.metadata({ ref: componentName(type.type, 'Question') }),
      ),
    ),
  ),
  v.metadata({ ref: 'Question' }),
)
export type Question = Pick<PublicQuestion, 'id' | 'section' | 'type' | 'points' | 'prompt'> & {
  readonly [list: string]: unknown
}

export const QuestionStatus = v.picklist([
  'unanswered',
  'answered',
  'correct',
  'partially-correct',
  'incorrect',
  'pending',
])
export type QuestionStatus = v.InferOutput<typeof QuestionStatus>

/** A dot or two vanish from every URL, and a learner must be there to be exported and erased. */
export const LearnerId = v.pipe(
  v.string(),
  v.minLength(1),
  maxCharacters(200),
  v.regex(/^(?!\.{1,2}$)/, 'Expected another id than one or two dots.'),
)

export const Learner = v.pipe(
  strictObject({
    id: LearnerId,
    name: v.optional(v.pipe(v.string(), v.minLength(1), maxCharacters(200))),
  }),
  v.metadata({ ref: 'Learner' }),
)
export type Learner = v.InferOutput<typeof Learner>

export const Metadata = v.pipe(
  strictRecord(
    v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)),
    v.pipe(v.string(), maxCharacters(200)),
  ),
  v.check((metadata) => Object.keys(metadata).length <= 16, 'Expected at most 16 entries.'),
  v.metadata({ ref: 'Metadata' }),
)
export type Metadata = v.InferOutput<typeof Metadata>

const CertaintyLevel = v.picklist(CERTAINTIES)
const Tries = v.pipe(v.number(), v.integer(), v.minValue(0))

export const AttemptQuestion = v.pipe(
  strictObject({
    id: Id,
    status: QuestionStatus,
    tries: Tries,
    triesLeft: v.nullable(Tries),
    score: v.nullable(Score),
  }),
  v.metadata({ ref: 'AttemptQuestion' }),
)
export type AttemptQuestion = v.InferOutput<typeof AttemptQuestion>

const Calibration = v.pipe(
  strictObject({
    certainty: CertaintyLevel,
    count: Tries,
    correct: Tries,
    best: v.pipe(v.nullable(CertaintyLevel), v.description('With which these answers would have earned the most.')),
  }),
  v.metadata({ ref: 'Calibration' }),
)

export const Attempt = v.pipe(
  strictObject({
    id: v.string(),
    quiz: v.string(),
    revision: v.string(),
    status: v.picklist(['active', 'finished']),
    finishReason: v.nullable(v.picklist(['submitted', 'expired'])),
    learner: v.nullable(Learner),
    metadata: Metadata,
    startedAt: Time,
    deadline: v.nullable(Time),
    finishedAt: v.nullable(Time),
    serverTime: Time,
    questionCount: Tries,
    answeredCount: Tries,
    score: v.nullable(Score),
    maxScore: Score,
    passed: v.nullable(v.boolean()),
    calibration: v.pipe(v.nullable(v.array(Calibration)), v.description('Where the policy asks for certainty.')),
    questions: v.optional(v.array(AttemptQuestion)),
  }),
  v.metadata({ ref: 'Attempt' }),
)
export type Attempt = v.InferOutput<typeof Attempt>

export const Response = v.pipe(
  v.union(
    questionTypes.map((type) => v.pipe(type.response, v.metadata({ ref: componentName(type.type, 'Response') }))),
  ),
  v.description('Its shape follows from the type of the question.'),
  v.metadata({ ref: 'Response' }),
)
export type Response = unknown

export const Refusal = v.picklist(['attempt-finished', 'no-tries-left'])

export const Result = v.pipe(
  strictObject({
    question: Id,
    response: v.nullable(Response),
    certainty: v.nullable(CertaintyLevel),
    status: QuestionStatus,
    score: v.nullable(Score),
    maxScore: Score,
    try: v.nullable(Tries),
    triesLeft: v.nullable(Tries),
    duplicate: v.boolean(),
    refused: v.nullable(Refusal),
    feedback: v.nullable(v.array(strictObject({ option: v.nullable(Id), text: RichText }))),
    hint: v.nullable(RichText),
    explanation: v.nullable(RichText),
    answer: v.nullable(Response),
    comment: v.nullable(RichText),
  }),
  v.metadata({ ref: 'Result' }),
)
export type Result = v.InferOutput<typeof Result>

const responseEntries = { question: Id, certainty: v.optional(CertaintyLevel) }

/** One response of a request's body, as the contract describes it. */
export const ResponseInput = v.pipe(
  strictObject({ ...responseEntries, response: Response }),
  v.metadata({ ref: 'ResponseInput' }),
)

/**
 * The same as a request is read: any value is a response for now. Whether it is one is judged by the type of the question
 * that it names, so that an error can say where in it the mistake is.
 */
export const ReceivedResponse = strictObject({ ...responseEntries, response: v.unknown() })
