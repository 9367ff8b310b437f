import { readFileSync } from 'node:fs'
import { run } from './processes.ts'

export interface Step {
  readonly command: string
  readonly output: string
}

/** The commands of a page's console blocks, with the output that stands under each. */
export function readSession(page = 'README.md'): Step[] {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```console\n(.*?)^```$/gms)]
  return blocks.flatMap(([, block]) =>
    block!
      .split(/^\$ /m)
      .filter((step) => step !== '')
      .map((step) => {
        const [command = '', ...output] = step.split('\n')
        return { command, output: output.join('\n') }
      }),
  )
}

const MARK = '\u0001'

/** Runs the commands in one shell against a host, and gives the output of each. */
export async function runSession(steps: readonly Step[], origin: string, env: NodeJS.ProcessEnv): Promise<Step[]> {
  const script = steps.map(
    ({ command }) => `printf '${MARK}'\n${command.replaceAll('http://localhost:8787', origin)}\n`,
  )
  const { stdout, stderr } = await run('bash', ['-c', script.join('')], env)
  if (stderr !== '') throw new Error(stderr)
  const outputs = stdout.split(MARK).slice(1)
  return steps.map(({ command }, index) => ({ command, output: outputs[index] ?? '' }))
}
