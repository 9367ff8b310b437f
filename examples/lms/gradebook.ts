import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What the LMS keeps of an attempt: what its newest webhook says. */
export interface Grade {
  readonly attempt: string
  readonly quiz: string
  readonly learner: { readonly id: string; readonly name?: string } | null
  readonly score: number
  readonly maxScore: number
  readonly passed: boolean | null
  readonly final: boolean
  readonly finishedAt: string
  readonly seq: number
}

type Received = { readonly id: string; readonly at: string; readonly grade: Grade }

/** Grades on disk: a line for each webhook, written before it is acknowledged, so that a restart forgets nothing. */
export class Gradebook {
  readonly #file: string
  readonly #seen = new Set<string>()
  readonly #grades = new Map<string, Grade>()
  /** When the last webhook arrived. */
  lastAt: string | null = null

  constructor(file: string) {
    this.#file = file
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    // The last line is empty, or was cut off: then it was not acknowledged, and comes again.
    for (const line of lines.slice(0, -1)) this.#take(JSON.parse(line) as Received)
  }

  /** At-least-once delivery: the same id may come again. */
  has(id: string): boolean {
    return this.#seen.has(id)
  }

  add(received: Received): void {
    appendFileSync(this.#file, `${JSON.stringify(received)}\n`, { mode: 0o600 })
    this.#take(received)
  }

  grades(): Grade[] {
    return [...this.#grades.values()].toSorted((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1))
  }

  /** Order is not guaranteed: an old event may come late, and the highest seq of an attempt holds. */
  #take({ id, at, grade }: Received): void {
    this.#seen.add(id)
    this.lastAt = at
    if (grade.seq >= (this.#grades.get(grade.attempt)?.seq ?? 0)) this.#grades.set(grade.attempt, grade)
  }
}
