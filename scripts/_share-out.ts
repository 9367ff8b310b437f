import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** Runs a script several times at once, each with arguments of its own; shows what each says at once, and gives it. */
export async function shareOut(
  script: string,
  shares: readonly (readonly string[])[],
): Promise<{ failed: boolean; said: string[] }> {
  const runs = shares.map(async (args) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    // A line of JSON is for whoever adds up.
    child.stdout.on('data', (chunk: Buffer) => void (chunk.toString().startsWith('{') || process.stdout.write(chunk)))
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number | null]>])
    return { said, code }
  })
  const ended = await Promise.all(runs)
  return { failed: ended.some(({ code }) => code !== 0), said: ended.map(({ said }) => said) }
}
