import { createApp } from '../app.ts'
import { type Environment, parseConfig } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { deliverWebhooks } from '../services/deliver-webhooks.ts'
import { runJobs } from '../services/run-jobs.ts'
import { settleDueAttempts } from '../services/settle-due-attempts.ts'
import { createDeps, writeLine } from './create-deps.ts'

/** Attempts that a run of the timer deals with: each takes about eight queries, and an invocation may make a thousand. */
const ATTEMPTS = 100

/** A Cloudflare Queue, as far as it is used here. */
interface Queue {
  send(message: string, options: { readonly delaySeconds: number }): Promise<unknown>
}

/** What both Workers have in common: deps are built once an isolate, the cron settles what is due, and a queue wakes the sender. */
export function createWorker<Env extends Environment>(
  openDatabase: (env: Env) => Database,
  background: Deps['background'],
) {
  let running: ReturnType<typeof start> | undefined

  /** A message says nothing: what there is to send stands in the database. */
  function wakeThrough(queue: Queue): Deps['wake'] {
    return (delaySeconds) =>
      background(queue.send('wake', { delaySeconds }).catch(() => writeLine({ level: 'warn', event: 'wake-failed' })))
  }

  async function start(env: Env) {
    const queue = env['WEBHOOKS']
    const deps = await createDeps(parseConfig(env), {
      db: openDatabase(env),
      background,
      outgoing: (url, init) => fetch(url, init),
      ...(isQueue(queue) && { wake: wakeThrough(queue) }),
    })
    return { deps, app: createApp(deps) }
  }

  /** A configuration that does not hold is told in the log, by the variable's name, and asked again at the next request. */
  async function startOnce(env: Env) {
    try {
      return await (running ??= start(env))
    } catch (error) {
      running = undefined
      const reason = error instanceof Error ? error.message : 'unknown'
      writeLine({ level: 'error', event: 'configuration', reason })
      return null
    }
  }

  return {
    async fetch(request: Request, env: Env): Promise<Response> {
      const host = await startOnce(env)
      if (host) return host.app.fetch(request)
      return new Response('The service is not configured.', { status: 503, headers: { 'Retry-After': '60' } })
    },
    async scheduled(_event: unknown, env: Env): Promise<void> {
      const host = await startOnce(env)
      if (!host) return
      const settled = await settleDueAttempts(host.deps, ATTEMPTS)
      await runJobs(host.deps, ATTEMPTS - settled)
      await deliverWebhooks(host.deps)
    },
    /** Messages of the queue and dead letters: one run for all. What fails is sent again by the queue, and the cron comes anyway. */
    async queue(batch: { ackAll(): void; retryAll(): void }, env: Env): Promise<void> {
      const host = await startOnce(env)
      if (!host) return batch.retryAll()
      await deliverWebhooks(host.deps)
      batch.ackAll()
    },
  }
}

function isQueue(binding: unknown): binding is Queue {
  return typeof binding === 'object' && binding !== null && 'send' in binding
}
