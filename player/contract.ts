/* Made from openapi.json by "npm run openapi": do not edit. */

export type Question =
  | SingleChoiceQuestion
  | TrueFalseQuestion
  | MultipleChoiceQuestion
  | OrderingQuestion
  | MatchingQuestion
  | NumericQuestion
  | ShortTextQuestion
  | ClozeQuestion
  | EssayQuestion
/**
 * Its shape follows from the type of the question.
 */
export type Response =
  | SingleChoiceResponse
  | TrueFalseResponse
  | MultipleChoiceResponse
  | OrderingResponse
  | MatchingResponse
  | NumericResponse
  | ShortTextResponse
  | ClozeResponse
  | EssayResponse

export interface Contract {
  Attempt: Attempt
  Question: Question
  Result: Result
  QuizSummary: QuizSummary
  Problem: Problem
  ResponseInput: ResponseInput
  Quizzes: Quizzes
  Started: Started
  Resumed: Resumed
  Submitted: Submitted
  Finished: Finished
}
export interface Attempt {
  id: string
  quiz: string
  revision: string
  status: 'active' | 'finished'
  finishReason: ('submitted' | 'expired') | null
  learner: Learner | null
  metadata: Metadata
  startedAt: string
  deadline: string | null
  finishedAt: string | null
  serverTime: string
  questionCount: number
  answeredCount: number
  score: number | null
  /**
   * Points, with at most three decimals.
   */
  maxScore: number
  passed: boolean | null
  /**
   * Where the policy asks for certainty.
   */
  calibration: Calibration[] | null
  questions?: AttemptQuestion[]
}
export interface Learner {
  id: string
  name?: string
}
export interface Metadata {
  [k: string]: string
}
export interface Calibration {
  certainty: 1 | 2 | 3
  count: number
  correct: number
  /**
   * With which these answers would have earned the most.
   */
  best: (1 | 2 | 3) | null
}
export interface AttemptQuestion {
  id: string
  status: 'unanswered' | 'answered' | 'correct' | 'partially-correct' | 'incorrect' | 'pending'
  tries: number
  triesLeft: number | null
  score: number | null
}
export interface SingleChoiceQuestion {
  id: string
  section: string
  points: number
  prompt: RichText
  type: 'single-choice'
  /**
   * @minItems 2
   * @maxItems 50
   */
  options: Option[]
}
export interface RichText {
  markdown: string
  html: string
}
export interface Option {
  id: string
  text: RichText
}
export interface TrueFalseQuestion {
  id: string
  section: string
  points: number
  prompt: RichText
  type: 'true-false'
}
export interface MultipleChoiceQuestion {
  id: string
  section: string
  points: number
  prompt: RichText
  type: 'multiple-choice'
  /**
   * @minItems 2
   * @maxItems 50
   */
  options: Option[]
}
export interface OrderingQuestion {
  id: string
  section: string
  points: number
  prompt: RichText
  type: 'ordering'
  /**
   * @minItems 2
   * @maxItems 50
   */
  items: Option[]
}
export interface MatchingQuestion {
  id: string
  section: string
  points: number
  prompt: RichText
  type: 'matching'
  /**
   * @minItems 1
   * @maxItems 50
   */
  prompts: Option[]
  /**
   * @minItems 2
   * @maxItems 50
   */
  options: Option[]
}
export interface NumericQuestion {
  id: string
  section: string
  points: number
  prompt: RichText
  type: 'numeric'
  /**
   * @minItems 1
   * @maxItems 20
   */
  units?: string[]
  decimalComma?: boolean
}
export interface ShortTextQuestion {
  id: string
  section: string
  points: number
  prompt: RichText
  type: 'short-text'
  maxLength?: number
}
export interface ClozeQuestion {
  id: string
  section: string
  points: number
  prompt: RichText
  type: 'cloze'
  /**
   * @minItems 1
   * @maxItems 20
   */
  blanks: (ShortTextBlank | NumericBlank | SingleChoiceBlank)[]
}
export interface ShortTextBlank {
  id: string
  type: 'short-text'
  maxLength?: number
}
export interface NumericBlank {
  id: string
  type: 'numeric'
  decimalComma?: boolean
}
export interface SingleChoiceBlank {
  id: string
  type: 'single-choice'
  /**
   * @minItems 2
   * @maxItems 50
   */
  options: Option[]
}
export interface EssayQuestion {
  id: string
  section: string
  points: number
  prompt: RichText
  type: 'essay'
  maxLength?: number
}
export interface Result {
  question: string
  response: Response | null
  certainty: (1 | 2 | 3) | null
  status: 'unanswered' | 'answered' | 'correct' | 'partially-correct' | 'incorrect' | 'pending'
  score: number | null
  /**
   * Points, with at most three decimals.
   */
  maxScore: number
  try: number | null
  triesLeft: number | null
  duplicate: boolean
  refused: ('attempt-finished' | 'no-tries-left') | null
  feedback:
    | {
        option: string | null
        text: RichText
      }[]
    | null
  hint: RichText | null
  explanation: RichText | null
  answer: Response | null
  comment: RichText | null
}
export interface SingleChoiceResponse {
  choice: string
}
export interface TrueFalseResponse {
  choice: 'true' | 'false'
}
export interface MultipleChoiceResponse {
  /**
   * @maxItems 50
   */
  choices: string[]
}
export interface OrderingResponse {
  /**
   * @maxItems 50
   */
  order: string[]
}
export interface MatchingResponse {
  pairs: {
    [k: string]: string
  }
}
export interface NumericResponse {
  /**
   * A decimal in a string, or a number.
   */
  number: string | number
  unit?: string
}
export interface ShortTextResponse {
  text: string
}
export interface ClozeResponse {
  blanks: {
    [k: string]: string
  }
}
export interface EssayResponse {
  text: string
}
export interface QuizSummary {
  id: string
  title: string
  description: RichText
  language: string
  revision: string
  access: 'public' | 'restricted'
  questionCount: number
  maxScore: number
  sections: {
    id: string
    title: string
    questionCount: number
  }[]
  policy: Policy
}
export interface Policy {
  feedback: 'immediate' | 'deferred' | 'never'
  review: {
    during: ('verdict' | 'score' | 'feedback' | 'explanation' | 'answer' | 'unanswered')[]
    finished: ('verdict' | 'score' | 'feedback' | 'explanation' | 'answer' | 'unanswered')[]
    closed: ('verdict' | 'score' | 'feedback' | 'explanation' | 'answer' | 'unanswered')[]
  }
  tries: number | null
  penalty: number
  retryScoring: 'last' | 'best' | 'declining' | 'per-part'
  tryPoints: number[] | null
  certainty: boolean
  timeLimitSeconds: number | null
  graceSeconds: number
  attemptsPerLearner: number | null
  gradeBy: 'highest' | 'latest' | 'first' | 'average'
  passingScore: number
  shuffle: {
    questions: boolean
    options: boolean
  }
  draw: {
    [k: string]: number
  } | null
  opensAt: string | null
  closesAt: string | null
}
/**
 * RFC 9457. A 409 to responses also has `results`.
 */
export interface Problem {
  /**
   * A page about the code.
   */
  type: string
  title: string
  status: number
  detail: string
  /**
   * The id of the request.
   */
  instance: string
  code:
    | 'invalid-json'
    | 'unauthorized'
    | 'token-expired'
    | 'forbidden'
    | 'start-required'
    | 'learner-not-allowed'
    | 'not-found'
    | 'method-not-allowed'
    | 'attempt-finished'
    | 'no-tries-left'
    | 'no-attempts-left'
    | 'attempt-active'
    | 'quiz-not-open'
    | 'quiz-closed'
    | 'revision-changed'
    | 'body-too-large'
    | 'unsupported-media-type'
    | 'invalid-input'
    | 'not-supported'
    | 'idempotency-key-reused'
    | 'quiz-too-large'
    | 'rate-limited'
    | 'attempt-log-full'
    | 'unavailable'
  errors: {
    /**
     * RFC 6901, into the body; empty for headers and query.
     */
    pointer: string
    code: string
    detail: string
  }[]
  [k: string]: unknown
}
export interface ResponseInput {
  question: string
  certainty?: 1 | 2 | 3
  response: Response
}
export interface Quizzes {
  quizzes: QuizSummary[]
  nextCursor: string | null
}
export interface Started {
  attempt: Attempt
  quiz: QuizSummary
  questions: Question[]
  /**
   * A progress token: a JWT, `typ` progress+jwt.
   */
  token: string
}
export interface Resumed {
  attempt: Attempt
  quiz: QuizSummary
  questions: Question[]
  results: Result[]
  token: string | null
  receipt: string | null
}
export interface Submitted {
  attempt: Attempt
  results: Result[]
  /**
   * A progress token: a JWT, `typ` progress+jwt.
   */
  token: string
}
export interface Finished {
  attempt: Attempt
  results: Result[]
  /**
   * A progress token: a JWT, `typ` progress+jwt.
   */
  token: string
  receipt: string | null
}
