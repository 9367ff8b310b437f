import type { TemplateResult } from 'lit'
import type { Question, Response, Result } from '../contract.ts'
import type { Strings } from '../strings/en.ts'

/** Whether a response can be sent: the server takes a blank one, which says nothing, and refuses what is malformed. */
export type Completeness = 'complete' | 'blank' | 'malformed'

/** How a type of question is put to a learner: a pure function of what it is given. */
export interface Control<Q extends Question = Question, R extends Response = Response> {
  readonly type: Q['type']
  /** Whether what is asked is part of the control, which then gives it the id `labelledBy`: a text with blanks in it. */
  readonly rendersPrompt?: boolean
  completenessOf(response: R, question: Q): Completeness
  render(props: ControlProps<Q, R>): TemplateResult
}

export interface ControlProps<Q extends Question = Question, R extends Response = Response> {
  readonly question: Q
  /** What is chosen now, null before anything was. */
  readonly response: R | null
  /** Whether it can only be looked at. */
  readonly locked: boolean
  /** What the server last said of the question: feedback on options, and a right answer where it is released. */
  readonly result: ResultOf<R> | null
  /** The id of the element that says what is asked, for `aria-labelledby`. Ids of the control begin with it. */
  readonly labelledBy: string
  readonly strings: Strings['controls']
  change(this: void, response: R): void
}

export type ResultOf<R extends Response> = Omit<Result, 'response' | 'answer'> & {
  readonly response: R | null
  readonly answer: R | null
}
