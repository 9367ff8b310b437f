/** One thing to say about a bank, and where. Lines count from 1. Errors keep a quiz from being published. */
export interface Finding {
  readonly path: string
  readonly line: number
  readonly severity: 'error' | 'warning'
  /** Stable, for programs. */
  readonly code: string
  readonly message: string
}

/** Collects what is wrong with one file. */
export interface Reporter {
  readonly path: string
  readonly error: (line: number, code: string, message: string) => void
}

export function reportTo(findings: Finding[], path: string): Reporter {
  return { path, error: (line, code, message) => findings.push({ path, line, severity: 'error', code, message }) }
}

/** The order of findings: by file, line, then code and message, so that two runs print the same. */
export function byPlace(a: Finding, b: Finding): number {
  return compare(a.path, b.path) || a.line - b.line || compare(a.code, b.code) || compare(a.message, b.message)
}

/** Code-unit order, which no locale changes. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
