import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { createDeps } from '../src/hosts/create-deps.ts'
import { openNodeDatabase } from '../src/hosts/node-database.ts'
import { writeLine } from '../src/hosts/node-log.ts'
import { createTelemetry } from '../src/hosts/node-telemetry.ts'
import { UNTRACED } from '../src/telemetry/tracing.ts'
import { generateKeys } from '../src/tokens/generate-keys.ts'
import { manyAnswersQuiz } from '../tests/support/many-answers.ts'
import type { Turn } from './_measured-learner.ts'

/**
 * `npm run -s measure:telemetry > /dev/null`: what lines, metrics and spans cost a graded response, as a ratio to the same
 * without any of them. Two apps on one embedded file take turns in one process, with every span recorded and sent to a
 * collector; the learner who asks them over HTTP and the collector are processes of their own. Lines go to the standard
 * output, results to the other one.
 */
const PAIRS = 41
/** Responses of a turn: spans of a batch or two of the exporter. */
const RESPONSES = 200

const COLLECTOR = `
  const server = require('node:http').createServer((request, response) => request.resume().on('end', () => response.end('{}')))
  server.listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)))`

const collector = spawn(process.execPath, ['-e', COLLECTOR], { stdio: ['ignore', 'pipe', 'inherit'] })
const [collectorPort] = (await once(collector.stdout, 'data')) as [Buffer]
process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${String(collectorPort)}`
const learner = fork(fileURLToPath(new URL('_measured-learner.ts', import.meta.url)))

const folder = mkdtempSync(join(tmpdir(), 'answerkey-measure-'))
const { db, close } = await openNodeDatabase({ DATA_DIR: folder })
const config = {
  publicUrl: 'https://quiz.example',
  corsOrigins: null,
  gitSha: 'measured',
  webhooksAllowLoopback: false,
  adminKey: 'a-root-key-that-is-long-enough',
  signingKeys: await generateKeys(),
}
const telemetry = createTelemetry({
  service: 'answerkey',
  version: 'measured',
  metricsPort: 0,
  sampler: { name: 'always_on', ratio: 1 },
})
const edges = { db, background: () => undefined, outgoing: () => Promise.reject(new Error('Nobody listens.')) }
const silent: Partial<Deps> = { log: () => undefined, tracing: { begin: () => UNTRACED } }
const origins = {
  without: await serveApp({ ...(await createDeps(config, edges)), ...silent }),
  with: await serveApp(await createDeps(config, { ...edges, log: writeLine, ...telemetry.edges })),
}
const quiz = 'measured'
const published = await fetch(`${origins.without}/v1/quizzes/${quiz}`, {
  method: 'PUT',
  headers: { Authorization: `Bearer ${config.adminKey}`, 'Content-Type': 'application/json' },
  body: JSON.stringify(manyAnswersQuiz({ tries: null })),
})
if (!published.ok) throw new Error(await published.text())

interface Cost {
  /** Microseconds a response: as the learner waits for it, and of this process. */
  readonly clock: number
  readonly processor: number
}

for (const origin of Object.values(origins)) await costOf(origin)
const costs: Record<keyof typeof origins, Cost>[] = []
for (let pair = 0; pair < PAIRS; pair++) {
  const cost = {} as (typeof costs)[number]
  // Whoever comes first is another one each time.
  const order = pair % 2 === 0 ? (['without', 'with'] as const) : (['with', 'without'] as const)
  for (const part of order) cost[part] = await costOf(origins[part])
  costs.push(cost)
}
for (const by of ['clock', 'processor'] as const) {
  const ratios = costs.map((cost) => cost.with[by] / cost.without[by]).toSorted((a, b) => a - b)
  const [low, median, high] = [0.25, 0.5, 0.75].map((part) => ratios[Math.floor(part * PAIRS)]!.toFixed(3))
  const without = costs.map((cost) => cost.without[by]).toSorted((a, b) => a - b)[PAIRS >> 1]!
  console.error(
    `by the ${by}: ${median} times as long, half of ${PAIRS} pairs from ${low} to ${high}; without: ${without.toFixed(0)} µs a graded response`,
  )
}
learner.kill()
collector.kill()
rmSync(folder, { recursive: true })
close()
process.exit(0)

async function serveApp(deps: Deps): Promise<string> {
  const server = serve({ fetch: createApp(deps).fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

async function costOf(origin: string): Promise<Cost> {
  const turn: Turn = { origin, quiz, adminKey: config.adminKey, responses: RESPONSES }
  const [used, began] = [process.cpuUsage(), performance.now()]
  learner.send(turn)
  await once(learner, 'message')
  const { user, system } = process.cpuUsage(used)
  return { clock: ((performance.now() - began) * 1000) / RESPONSES, processor: (user + system) / RESPONSES }
}
