import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Outcome } from './simulate.ts'

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url))
const PLANT = new URL('../support/planted/preload.ts', import.meta.url).href

/** A seed takes a second; one that takes this long never ends. */
const LONGEST_MS = 120_000

interface Run {
  readonly seeds: Iterable<number>
  readonly processes?: number
  /** The name of a mutant to plant. */
  readonly planted?: string
  /** Told of each seed as it is done; says whether to go on. */
  readonly onOutcome: (outcome: Outcome) => boolean
}

/** Lives through seeds in processes of their own, one a core. */
export async function runSeeds({ seeds, processes = availableParallelism(), planted, onOutcome }: Run): Promise<void> {
  const left = seeds[Symbol.iterator]()
  let goesOn = true
  const work = async () => {
    let child: ChildProcess | null = null
    try {
      for (let next = left.next(); !next.done && goesOn; next = left.next()) {
        child ??= await start(planted)
        const outcome = await ask(child, next.value)
        if (outcome.lines.length === 0) {
          child.kill('SIGKILL')
          child = null
        }
        if (goesOn && !onOutcome(outcome)) goesOn = false
      }
    } finally {
      child?.kill('SIGKILL')
    }
  }
  await Promise.all(Array.from({ length: processes }, work))
}

async function start(planted = ''): Promise<ChildProcess> {
  const execArgv = ['--max-semi-space-size=32', ...(planted === '' ? [] : ['--import', PLANT])]
  const child = fork(WORKER, {
    execArgv,
    env: { ...process.env, PLANTED: planted },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`A process ended with ${code} before it began.`)))
  })
  return child
}

/** What a seed comes to; without any line where it did not end. */
function ask(child: ChildProcess, seed: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const stopped = (detail: string) => () =>
      finish({ seed, counts: {}, digest: '', broken: { invariant: 'a seed comes to its end', detail }, lines: [] })
    const timer = setTimeout(stopped(`after ${LONGEST_MS} ms`), LONGEST_MS)
    const exited = stopped('the process has ended')
    const finish = (outcome: Outcome) => {
      clearTimeout(timer)
      child.off('message', finish).off('exit', exited)
      resolve(outcome)
    }
    child.once('message', finish).once('exit', exited)
    child.send(seed)
  })
}
