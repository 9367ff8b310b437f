import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Io } from '../../src/cli/io.ts'
import { run } from '../../src/cli/run.ts'
import { onTestFinished } from 'vitest'

/** A folder with these files in it, for as long as the test runs. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'answerkey-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** Runs the command line without a process. What is not given is not there: no network, no environment, no input. */
export async function terminal(
  argv: readonly string[],
  edges: Partial<Omit<Io, 'stdout' | 'readStdin'>> & { stdin?: string } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const output = { stdout: '', stderr: '' }
  const code = await run(argv, {
    stdout: (text) => void (output.stdout += text),
    stderr: (text) => {
      output.stderr += text
      edges.stderr?.(text)
    },
    readStdin: () => Promise.resolve(edges.stdin ?? ''),
    env: edges.env ?? {},
    fetch: edges.fetch ?? (() => Promise.reject(new Error('There is no network here.'))),
    cwd: edges.cwd ?? tmpdir(),
    interrupted: edges.interrupted ?? (() => Promise.resolve()),
  })
  return { code, ...output }
}
