import type { Io } from './io.ts'
import type { ParseArgsOptionsConfig } from 'node:util'

/** One command of `answerkey`. Every command is one module of this shape and one line in the registry. */
export interface Command {
  /** One word or two. */
  readonly name: string
  /** What comes behind the name: `<folder…> [--strict]`. */
  readonly usage: string
  readonly summary: string
  /** What `--help` says beyond the summary. */
  readonly help: string
  readonly options: ParseArgsOptionsConfig
  /** Gives the exit code. Throws `UsageError` and `CliError`. */
  readonly run: (args: Args, io: Io) => Promise<number>
}

export interface Args {
  readonly values: Readonly<Record<string, unknown>>
  readonly positionals: readonly string[]
}

/** The command line was not understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The command was understood and cannot be done. The message is for the person at the terminal, and holds no secret. */
export class CliError extends Error {
  override readonly name = 'CliError'
}

export function isSet({ values }: Args, name: string): boolean {
  return values[name] === true
}

export function textOf({ values }: Args, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
