import type { LogEntry } from '../deps.ts'
import { toLine } from './create-deps.ts'

/** Whoever read the lines may be gone, or its disk full: that is no reason to stop answering. */
process.stdout.on('error', () => undefined)

/** A line on the standard output, without the way around through the inspector that `console` takes. */
export function writeLine(entry: LogEntry): void {
  process.stdout.write(`${toLine(entry)}\n`)
}
