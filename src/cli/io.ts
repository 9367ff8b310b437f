/** The edges of the command line, injected. */
export interface Io {
  /** Writes text as it is. */
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Everything on the standard input. */
  readonly readStdin: () => Promise<string>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly fetch: typeof fetch
  /** Waits until whoever runs a command that goes on by itself has had enough. */
  readonly interrupted: () => Promise<void>
  /** The folder that relative paths start from. */
  readonly cwd: string
}

/** Done, something is wrong with what was given, the command was not understood. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const
