import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** Runs a script several times at once, each with arguments of its own; shows what they say as each ends, and gives it. */
export async function shareOut(
  script: string,
  shares: readonly (readonly string[])[],
): Promise<{ codes: number[]; said: string[] }> {
  const runs = shares.map(async (args) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number | null]>])
    return { said, code: code ?? 1 }
  })
  const ended = await Promise.all(runs)
  return { codes: ended.map(({ code }) => code), said: ended.map(({ said }) => said) }
}
