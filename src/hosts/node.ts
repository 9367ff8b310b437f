import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createApp } from '../app.ts'
import { parseConfig, parsePort, text } from '../config.ts'
import { beginDeliveries } from '../services/deliver-webhooks.ts'
import { runJobs } from '../services/run-jobs.ts'
import { settleAllDueAttempts } from '../services/settle-due-attempts.ts'
import { ASSET_HEADERS } from './asset-headers.ts'
import { createDeps } from './create-deps.ts'
import { openNodeDatabase } from './node-database.ts'
import { vettedFetch } from './vetted-fetch.ts'
import { Hono } from 'hono'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'

/** How often attempts are looked for whose time ran out while nobody looked, and jobs that are not done. */
const TIMER_MS = 30_000

/** How often webhooks are looked for that are to be tried again: the first wait is 5 seconds. */
const SEND_EVERY_MS = 5_000

/** How many attempts a run of the timer carries jobs on by. */
const JOB_ATTEMPTS = 10_000

/** How long requests may take to end after a signal. */
const SHUTDOWN_MS = 10_000

const PUBLIC_FOLDER = fileURLToPath(new URL('../../public', import.meta.url))

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
  if (!existsSync(`${PUBLIC_FOLDER}/player.js`)) {
    deps.log({ level: 'warn', event: 'pages-not-built', remedy: 'npm run build' })
  }
  const app = new Hono()
  for (const path of Object.keys(ASSET_HEADERS)) serveFiles(app, path)
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

/** What the build made; what it did not make is left to the API, which knows nothing of it either. */
function serveFiles(app: Hono, path: string): void {
  const headers = Object.entries(ASSET_HEADERS[path]!)
  app.use(
    path,
    etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...headers.map(([name]) => name)] }),
    serveStatic({
      root: PUBLIC_FOLDER,
      onFound: (_, c) => headers.forEach(([name, value]) => c.header(name, value)),
    }),
  )
}

function isPortTaken(error: Error): boolean {
  return 'code' in error && error.code === 'EADDRINUSE'
}

/** What keeps it from starting is told in a sentence: a stack would say nothing more to whoever runs it. */
function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : 'Answerkey could not start.')
  process.exit(1)
}
