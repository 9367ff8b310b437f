import type { Question } from '../contract.ts'
import type { Records, Waiting } from './records.ts'

/** What is given and not acknowledged: kept over a reload, and sent in order, since a save that was given later has to arrive later. */
export class Outbox {
  #waiting: Waiting[]
  #sending: Promise<void> | null = null
  readonly #records: Records
  readonly #attempt: string
  readonly #deliver: (waiting: Waiting) => Promise<void>

  /** Takes up what another page left of these questions. `deliver` sends one, and forgets it when it needs no more sending. */
  constructor(
    records: Records,
    { attempt, questions }: { readonly attempt: string; readonly questions: readonly Question[] },
    deliver: (waiting: Waiting) => Promise<void>,
  ) {
    this.#records = records
    this.#attempt = attempt
    this.#deliver = deliver
    this.#waiting = records.waiting(attempt, questions)
  }

  /** Later than all that waits, also where the clock was set back meanwhile. */
  add(given: Waiting): void {
    const waiting = { ...given, order: Math.max(given.order, (this.#waiting.at(-1)?.order ?? 0) + 1) }
    this.#waiting.push(waiting)
    this.#records.keepWaiting(this.#attempt, waiting)
  }

  /** What waits of a question, the latest of it. */
  latestOf(question: string): Waiting | undefined {
    return this.#waiting.findLast((waiting) => waiting.question === question)
  }

  forget({ key }: Waiting): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting.key !== key)
    this.#records.forgetWaiting(this.#attempt, key)
  }

  /** Forgets everything: the attempt has ended. */
  clear(): void {
    for (const waiting of this.#waiting) this.forget(waiting)
  }

  /** Sends until nothing waits, or the first cannot be delivered. One run serves all who ask. */
  send(): Promise<void> {
    if (this.#sending === null && this.#waiting.length > 0) this.#sending = this.#sendAll()
    return this.#sending ?? Promise.resolve()
  }

  async #sendAll(): Promise<void> {
    try {
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
        await this.#deliver(next)
        if (this.#waiting[0] === next) return
      }
    } finally {
      this.#sending = null
    }
  }
}
