import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { execForm, pairsOf, type Stage } from './dockerfile.ts'
import { NOBODY } from './image-root.ts'

/** What runs in the image, in place of its command, as its user and with its environment and nothing of this one's. */
export function startInImage(root: string, image: Stage, args: readonly string[], env: Record<string, string>) {
  const [node, ...entry] = execForm(image, 'ENTRYPOINT')
  const set = Object.entries(pairsOf(image, 'ENV')).map(([name, value]) => [
    name,
    value.startsWith('/')
      ? join(root, value)
      : value.replace(/^\$(\w+)$/, (_, argument: string) => env[argument] ?? ''),
  ])
  const child = spawn(join(root, node!), [...entry, ...args], {
    cwd: join(root, 'app'),
    env: { ...Object.fromEntries(set), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...NOBODY,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  return {
    output: () => output,
    signal: (name: NodeJS.Signals) => child.kill(name),
    /** Its exit code, when it has ended. */
    ended: once(child, 'close').then(([code]) => code as number | null),
  }
}
