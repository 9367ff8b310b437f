import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { createApp } from '../app.ts'
import { parseAbuseLimits, parseConfig, parseNodeSettings } from '../config.ts'
import type { Deps } from '../deps.ts'
import { beginDeliveries } from '../services/deliver-webhooks.ts'
import { runJobs } from '../services/run-jobs.ts'
import { settleAllDueAttempts } from '../services/settle-due-attempts.ts'
import { sweepAttempts } from '../services/sweep-attempts.ts'
import { createDeps, elapsed } from './create-deps.ts'
import { createMemoryLimits } from './memory-limits.ts'
import { createAddressReader } from './node-address.ts'
import { openNodeDatabase } from './node-database.ts'
import { areFilesBuilt, serveFiles } from './node-files.ts'
import { writeLine } from './node-log.ts'
import { createShutdown } from './node-shutdown.ts'
import { createTelemetry } from './node-telemetry.ts'
import { vettedFetch } from './vetted-fetch.ts'
import { Hono } from 'hono'

/** How often attempts are looked for whose time ran out while nobody looked, and jobs that are not done. */
const TIMER_MS = 30_000

/** How often webhooks are looked for that are to be tried again: the first wait is 5 seconds. */
const SEND_EVERY_MS = 5_000

/** How many attempts a run of the timer carries jobs on by. */
const JOB_ATTEMPTS = 10_000

/** How many pages of attempts a run of the timer sweeps. */
const SWEEP_PAGES = 10

/** Node on libSQL: an embedded file, or a remote server. */
try {
  await start()
} catch (error) {
  fail(error)
}

async function start(): Promise<void> {
  const config = parseConfig(process.env)
  const { port, hostname, drainSeconds, trustedProxies, telemetry: settings } = parseNodeSettings(process.env)
  const { rates, untouchedDays } = parseAbuseLimits(process.env)
  const shutdown = createShutdown((event, fields) => writeLine({ level: 'info', event, ...fields }))
  const { db, close } = await openNodeDatabase(process.env)
  const telemetry = createTelemetry(settings)
  const deps = await createDeps(config, {
    db,
    background: shutdown.background,
    isDraining: shutdown.isDraining,
    log: writeLine,
    outgoing: vettedFetch({ allowLoopback: config.webhooksAllowLoopback }),
    ...(rates && { limits: createMemoryLimits(rates, elapsed) }),
    ...telemetry.edges,
  })
  const api = createApp(deps)
  if (!areFilesBuilt()) deps.log({ level: 'warn', event: 'files-not-built', remedy: 'npm run build' })
  const app = new Hono()
  serveFiles(app, config.publicUrl)
  const addressOf = createAddressReader(trustedProxies, deps.log)
  app.notFound((c) => {
    const peer = getConnInfo(c).remote.address
    return api.fetch(c.req.raw, { address: addressOf({ peer, forwardedFor: c.req.header('X-Forwarded-For') }) })
  })

  const server = serve({ fetch: app.fetch, port, ...(hostname && { hostname }) }, () =>
    deps.log({ level: 'info', event: 'listening', port }),
  ) as Server
  server.on('error', fail)
  telemetry.serve(deps, hostname, fail)
  const timers = beginTimers(deps, untouchedDays)
  shutdown.onSignal(server, {
    drainSeconds,
    stop: () => timers.forEach(clearInterval),
    close: async () => {
      await telemetry.close()
      close()
    },
  })
}

/** What is due is found by looking for it. */
function beginTimers(deps: Deps, untouchedDays: number | null): NodeJS.Timeout[] {
  let running = Promise.resolve()
  const settling = setInterval(() => {
    // One run at a time, however long the one before takes.
    running = running
      .then(() => settleAllDueAttempts(deps))
      .then(() => runJobs(deps, JOB_ATTEMPTS))
      .then(() =>
        untouchedDays === null ? undefined : sweepAttempts(deps, { days: untouchedDays, pages: SWEEP_PAGES }),
      )
      .catch(() => deps.log({ level: 'error', event: 'timer-failed' }))
    deps.background(running)
  }, TIMER_MS)
  return [settling, setInterval(() => beginDeliveries(deps), SEND_EVERY_MS)]
}

/** What keeps it from starting is told in a sentence: a stack would say nothing more to whoever runs it. */
function fail(error: unknown): void {
  console.error(error instanceof Error ? reasonOf(error) : 'Answerkey could not start.')
  process.exit(1)
}

function reasonOf(error: Error & { code?: unknown; port?: unknown }): string {
  return error.code === 'EADDRINUSE' ? `Port ${String(error.port)} is taken.` : error.message
}
