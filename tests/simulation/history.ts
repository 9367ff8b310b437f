import { createHash } from 'node:crypto'

/** Everything that has happened, in order: a line each, and a digest of all lines. */
export class History {
  readonly lines: string[] = []
  readonly #hash = createHash('sha256')

  add(line: string): void {
    this.lines.push(line)
    this.digested(line)
  }

  /** What is too long for a line. */
  digested(text: string): void {
    this.#hash.update(text).update('\n')
  }

  get digest(): string {
    return this.#hash.copy().digest('hex')
  }
}
