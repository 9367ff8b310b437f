import { createApp } from '../app.ts'
import { type Environment, parseAbuseLimits, parseConfig } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { deliverWebhooks } from '../services/deliver-webhooks.ts'
import { runJobs } from '../services/run-jobs.ts'
import { settleDueAttempts } from '../services/settle-due-attempts.ts'
import { sweepAttempts } from '../services/sweep-attempts.ts'
import { securityHeaders } from '../security-headers.ts'
import type { PlatformTracing } from '../telemetry/worker-tracing.ts'
import { createDeps, elapsed, writeLine } from './create-deps.ts'
import { createWorkerLimits } from './worker-limits.ts'
import { createTelemetry } from './worker-telemetry.ts'

/** Attempts that a run of the timer deals with: each takes about eight queries, and an invocation may make a thousand. */
const ATTEMPTS = 100

/** Pages of attempts that a run sweeps: hundreds of thousands of attempts a day. */
const SWEEP_PAGES = 2

/** A Cloudflare Queue, as far as it is used here. */
interface Queue {
  send(message: string, options: { readonly delaySeconds: number }): Promise<unknown>
}

/** What Workers differ in, and what the platform gives. */
interface Platform<Env> {
  readonly openDatabase: (env: Env) => Database
  readonly background: Deps['background']
  readonly tracing: PlatformTracing
}

/** What both Workers have in common: deps are built once an isolate, the cron settles what is due, and a queue wakes the sender. */
export function createWorker<Env extends Environment>({ openDatabase, background, tracing }: Platform<Env>) {
  let running: ReturnType<typeof start> | undefined

  /** A message says nothing: what there is to send stands in the database. */
  function wakeThrough(queue: Queue): Deps['wake'] {
    return (delaySeconds) =>
      background(queue.send('wake', { delaySeconds }).catch(() => writeLine({ level: 'warn', event: 'wake-failed' })))
  }

  async function start(env: Env) {
    const queue = env['WEBHOOKS']
    const config = parseConfig(env)
    const { rates, untouchedDays } = parseAbuseLimits(env)
    const telemetry = createTelemetry(env, tracing, config.gitSha)
    const deps = await createDeps(config, {
      db: openDatabase(env),
      background: (work) => background(work.finally(telemetry.flush)),
      outgoing: (url, init) => fetch(url, init),
      ...(isQueue(queue) && { wake: wakeThrough(queue) }),
      ...(rates && { limits: createWorkerLimits(env, rates, elapsed) }),
      ...telemetry.edges,
    })
    return { deps, app: createApp(deps), telemetry, untouchedDays }
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
      if (!host) return notConfigured()
      const response = await host.app.fetch(request, { address: request.headers.get('CF-Connecting-IP') })
      host.telemetry.flush()
      return response
    },
    async scheduled(_event: unknown, env: Env): Promise<void> {
      const host = await startOnce(env)
      if (!host) return
      const { deps, telemetry, untouchedDays } = host
      try {
        const settled = await settleDueAttempts(deps, ATTEMPTS)
        await runJobs(deps, ATTEMPTS - settled)
        await deliverWebhooks(deps)
        await telemetry.readBacklog(deps)
        if (untouchedDays !== null) await sweepAttempts(deps, { days: untouchedDays, pages: SWEEP_PAGES })
      } finally {
        telemetry.flush()
      }
    },
    /** Messages of the queue and dead letters: one run for all. What fails is sent again by the queue, and the cron comes anyway. */
    async queue(batch: { ackAll(): void; retryAll(): void }, env: Env): Promise<void> {
      const host = await startOnce(env)
      if (!host) return batch.retryAll()
      await deliverWebhooks(host.deps).finally(host.telemetry.flush)
      batch.ackAll()
    },
  }
}

function notConfigured(): Response {
  const headers = { ...securityHeaders(''), 'Cache-Control': 'private, no-store', 'Retry-After': '60' }
  return new Response('The service is not configured.', { status: 503, headers })
}

function isQueue(binding: unknown): binding is Queue {
  return typeof binding === 'object' && binding !== null && 'send' in binding
}
