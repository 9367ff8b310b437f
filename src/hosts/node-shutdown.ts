import type { Server, ServerResponse } from 'node:http'
import { passed } from './passed.ts'

/** How long requests may take to end once no more are accepted. */
const REQUESTS_MS = 10_000

/** How long what goes on behind answers may take, from the same moment: a try to deliver a webhook takes 15 seconds at most. */
const BACKGROUND_MS = 15_000

export interface Shutdown {
  readonly isDraining: () => boolean
  /** Keeps work in mind that goes on behind an answer. */
  readonly background: (work: Promise<unknown>) => void
  /** Ends the process at a signal, with nothing lost that was begun. A second signal ends it at once. */
  onSignal(server: Server, steps: Steps): void
}

interface Steps {
  /** How long requests are still accepted, for whoever sends them to learn from `/readyz` that they should not. */
  readonly drainSeconds: number
  /** Stops what begins work by itself. */
  readonly stop: () => void
  readonly close: () => Promise<void>
}

export function createShutdown(log: (event: 'draining' | 'stopped', fields?: { signal: string }) => void): Shutdown {
  const works = new Set<Promise<unknown>>()
  let draining = false
  /** Null until something is served: there is nothing to drain. */
  let drain: ((signal: NodeJS.Signals) => void) | null = null

  // As process 1 of a container it gets no signal that it does not handle: so it handles all, from the start.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (drain === null) process.exit(0)
      if (draining) process.exit(1)
      draining = true
      drain(signal)
    })
  }

  async function end(server: Server, { drainSeconds, stop, close }: Steps): Promise<void> {
    stop()
    await passed(drainSeconds * 1000)
    const closed = new Promise((done) => server.close(done))
    server.closeIdleConnections()
    const answered = Promise.race([closed, passed(REQUESTS_MS)])
    // While it drains, nothing begins to be delivered: what is under way has been so since before.
    await Promise.race([answered.then(() => settled(works)), passed(BACKGROUND_MS)])
    await close()
    log('stopped')
    process.exit(0)
  }

  return {
    isDraining: () => draining,
    background(work) {
      works.add(work)
      void work.finally(() => works.delete(work)).catch(() => undefined)
    },
    onSignal(server, steps) {
      const answers = new Set<ServerResponse>()
      server.prependListener('request', (_, answer) => {
        answers.add(answer)
        answer.once('close', () => answers.delete(answer))
        if (draining) endConnection(answer)
      })
      drain = (signal) => {
        answers.forEach(endConnection)
        log('draining', { signal })
        void end(server, steps)
      }
    },
  }
}

/** Whoever would keep the connection is to open another one, elsewhere. */
function endConnection(answer: ServerResponse): void {
  if (!answer.headersSent) answer.setHeader('Connection', 'close')
}

/** Waits for works, and for those that they have begun. */
async function settled(works: ReadonlySet<Promise<unknown>>): Promise<void> {
  while (works.size > 0) await Promise.allSettled(works)
}
