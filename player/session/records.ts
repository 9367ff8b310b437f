import type { Submission } from '../client/client.ts'
import type { Question } from '../contract.ts'
import type { Memory } from './memory.ts'
import { isDraft, isRun, isWaiting } from './stored.ts'

/** An attempt that this browser may continue. */
export interface Run {
  readonly attempt: string
  readonly token: string
}

/** What a learner has done at a question and not sent. */
export interface Draft {
  readonly response: Submission['response'] | null
  readonly certainty: Submission['certainty']
}

/** What waits for its acknowledgement, in the order in which it was given. */
export interface Waiting extends Submission {
  readonly order: number
}

/** The key of a request, as this program makes it and a server takes it. */
const KEY = /^[\w-]{20,64}$/

/** What is remembered of a quiz of a server, and of an attempt. What cannot be read counts as not there. */
export class Records {
  readonly #memory: Memory
  readonly #quiz: string

  constructor(memory: Memory, api: string, quiz: string) {
    this.#memory = memory
    this.#quiz = `answerkey/${api}/${quiz}`
  }

  /** The key of a start that has not been answered yet: sent again, it makes one attempt. */
  startKey(make: () => string): string {
    const name = `${this.#quiz}/start`
    const known = this.#memory.get(name)
    if (known !== null && KEY.test(known)) return known
    const key = make()
    this.#memory.set(name, key)
    return key
  }

  forgetStartKey(): void {
    this.#memory.remove(`${this.#quiz}/start`)
  }

  run(): Run | null {
    const run = this.#read(`${this.#quiz}/run`)
    return isRun(run) ? run : null
  }

  keepRun(run: Run): void {
    this.#write(`${this.#quiz}/run`, run)
    this.forgetStartKey()
  }

  forgetRun(): void {
    const run = this.run()
    if (run) for (const name of this.#memory.names(ofAttempt(run.attempt))) this.#memory.remove(name)
    this.#memory.remove(`${this.#quiz}/run`)
  }

  /** The question that was looked at last. */
  place(attempt: string): string | null {
    return this.#memory.get(ofAttempt(attempt, 'place'))
  }

  keepPlace(attempt: string, question: string): void {
    this.#memory.set(ofAttempt(attempt, 'place'), question)
  }

  /** Like all that two tabs may write, one record each: neither overwrites what the other has. */
  draft(attempt: string, question: Question): Draft | null {
    const draft = this.#read(ofAttempt(attempt, `draft/${question.id}`))
    return isDraft(draft, question) ? draft : null
  }

  keepDraft(attempt: string, question: string, draft: Draft): void {
    this.#write(ofAttempt(attempt, `draft/${question}`), draft)
  }

  forgetDraft(attempt: string, question: string): void {
    this.#memory.remove(ofAttempt(attempt, `draft/${question}`))
  }

  waiting(attempt: string, questions: readonly Question[]): Waiting[] {
    return this.#memory
      .names(ofAttempt(attempt, 'waiting/'))
      .map((name) => this.#read(name))
      .filter((value) => isWaiting(value, questions))
      .toSorted((a, b) => a.order - b.order)
  }

  keepWaiting(attempt: string, waiting: Waiting): void {
    this.#write(ofAttempt(attempt, `waiting/${waiting.key}`), waiting)
  }

  forgetWaiting(attempt: string, key: string): void {
    this.#memory.remove(ofAttempt(attempt, `waiting/${key}`))
  }

  #read(name: string): unknown {
    try {
      return JSON.parse(this.#memory.get(name) ?? 'null')
    } catch {
      return null
    }
  }

  #write(name: string, value: unknown): void {
    this.#memory.set(name, JSON.stringify(value))
  }
}

export function isNameOfRun(name: string): boolean {
  return name.startsWith('answerkey/') && name.endsWith('/run')
}

function ofAttempt(attempt: string, name = ''): string {
  return `answerkey/${attempt}/${name}`
}
