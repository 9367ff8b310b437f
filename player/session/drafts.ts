import type { Question } from '../contract.ts'
import type { Draft, Records } from './records.ts'

/** What is chosen and not sent, by question: kept over a reload. */
export class Drafts {
  readonly #drafts = new Map<string, Draft>()
  readonly #attempt: string
  readonly #records: Records

  constructor(records: Records, attempt: string, questions: readonly Question[]) {
    this.#records = records
    this.#attempt = attempt
    for (const question of questions) {
      const draft = records.draft(attempt, question)
      if (draft) this.#drafts.set(question.id, draft)
    }
  }

  get(question: string): Draft | undefined {
    return this.#drafts.get(question)
  }

  set(question: string, draft: Draft): void {
    this.#drafts.set(question, draft)
    this.#records.keepDraft(this.#attempt, question, draft)
  }

  /** Forgets those of the questions that are meant. */
  drop(isMeant: (question: string) => boolean): void {
    for (const question of [...this.#drafts.keys()].filter(isMeant)) {
      this.#drafts.delete(question)
      this.#records.forgetDraft(this.#attempt, question)
    }
  }
}
