import { serve } from '@hono/node-server'
import { createApp } from '../app.ts'
import { parseConfig, parsePort, text } from '../config.ts'
import { beginDeliveries } from '../services/deliver-webhooks.ts'
import { runJobs } from '../services/run-jobs.ts'
import { settleAllDueAttempts } from '../services/settle-due-attempts.ts'
import { createDeps } from './create-deps.ts'
import { openNodeDatabase } from './node-database.ts'
import { areFilesBuilt, serveFiles } from './node-files.ts'
import { vettedFetch } from './vetted-fetch.ts'
import { Hono } from 'hono'

/** How often attempts are looked for whose time ran out while nobody looked, and jobs that are not done. */
const TIMER_MS = 30_000

/** How often webhooks are looked for that are to be tried again: the first wait is 5 seconds. */
const SEND_EVERY_MS = 5_000

/** How many attempts a run of the timer carries jobs on by. */
const JOB_ATTEMPTS = 10_000

/** How long requests may take to end after a signal. */
const SHUTDOWN_MS = 10_000

/** Node on libSQL: an embedded file, or a remote server. */
try {
  await start()
} catch (error) {
  fail(error)
}

async function start(): Promise<void> {
  const config = parseConfig(process.env)
  const port = parsePort(process.env)
  const hostname = text(process.env, 'LISTEN_HOST')
  const { db, close } = await openNodeDatabase(process.env)
  const deps = await createDeps(config, {
    db,
    background: (work) => void work,
    outgoing: vettedFetch({ allowLoopback: config.webhooksAllowLoopback }),
  })
  const api = createApp(deps)
  if (!areFilesBuilt()) deps.log({ level: 'warn', event: 'files-not-built', remedy: 'npm run build' })
  const app = new Hono()
  serveFiles(app)
  app.notFound((c) => api.fetch(c.req.raw))

  const server = serve({ fetch: app.fetch, port, ...(hostname && { hostname }) }, () =>
    deps.log({ level: 'info', event: 'listening', port }),
  )
  server.on('error', (error) => fail(isPortTaken(error) ? new Error(`Port ${port} is taken.`) : error))
  let running = Promise.resolve()
  const timer = setInterval(() => {
    // One run at a time, however long the one before takes.
    running = running
      .then(() => settleAllDueAttempts(deps))
      .then(() => runJobs(deps, JOB_ATTEMPTS))
      .catch(() => deps.log({ level: 'error', event: 'timer-failed' }))
  }, TIMER_MS)
  const sender = setInterval(() => beginDeliveries(deps), SEND_EVERY_MS)

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clearInterval(timer)
      clearInterval(sender)
      setTimeout(() => process.exit(1), SHUTDOWN_MS).unref()
      server.close(() => {
        close()
        process.exit(0)
      })
    })
  }
}

function isPortTaken(error: Error): boolean {
  return 'code' in error && error.code === 'EADDRINUSE'
}

/** What keeps it from starting is told in a sentence: a stack would say nothing more to whoever runs it. */
function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : 'Answerkey could not start.')
  process.exit(1)
}
