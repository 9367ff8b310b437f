import type { AuthoredQuestion } from '../../content/document.ts'
import type { Policy } from '../../grading/policy.ts'
import type { Finding } from '../finding.ts'
import type { QuestionContent } from '../read-question.ts'

/** A bank whose questions could all be read, or as many as could. */
export interface CheckedBank {
  /** The path of quiz.yaml: what is said of the bank as a whole is said there. */
  readonly path: string
  readonly language: unknown
  readonly questions: readonly CheckedQuestion[]
  /** Null where the document is refused. */
  readonly policy: Policy | null
}

export interface CheckedQuestion {
  readonly path: string
  readonly id: string
  readonly content: QuestionContent
  /** The question as the server would read it. Null where something in the document is refused. */
  readonly question: AuthoredQuestion | null
}

/** Looks for one thing that a good bank does not have. Warnings only: a person decides. */
export type BankCheck = (bank: CheckedBank) => Finding[]

/** Shares say something only from this number of questions on. */
export const ENOUGH_QUESTIONS = 8

/** More than this share of the questions having the same tell is worth a warning. */
export const TELLING_SHARE = 0.4

export function warn(path: string, line: number, code: string, message: string): Finding {
  return { path, line, severity: 'warning', code, message }
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** Questions whose options are the author's, with as many of each kind as a comparison needs. */
export function choiceQuestions({ questions }: CheckedBank): readonly CheckedQuestion[] {
  return questions.filter(
    ({ content: { choices } }) => choices.some((choice) => choice.isRight) && choices.some((choice) => !choice.isRight),
  )
}
