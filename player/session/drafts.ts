import type { Draft, Records } from './records.ts'

/** What is chosen and not sent, by question: kept over a reload. */
export class Drafts {
  readonly #drafts: Map<string, Draft>
  readonly #attempt: string
  readonly #records: Records

  constructor(records: Records, attempt: string) {
    this.#records = records
    this.#attempt = attempt
    this.#drafts = records.drafts(attempt)
  }

  get(question: string): Draft | undefined {
    return this.#drafts.get(question)
  }

  set(question: string, draft: Draft): void {
    this.#drafts.set(question, draft)
    this.#records.keepDrafts(this.#attempt, this.#drafts)
  }

  /** Forgets those of the questions that are meant. */
  drop(isMeant: (question: string) => boolean): void {
    for (const question of this.#drafts.keys()) if (isMeant(question)) this.#drafts.delete(question)
    this.#records.keepDrafts(this.#attempt, this.#drafts)
  }
}
