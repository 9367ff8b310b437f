import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { createDeps } from '../src/hosts/create-deps.ts'
import { openNodeDatabase } from '../src/hosts/node-database.ts'
import { writeLine } from '../src/hosts/node-log.ts'
import { createTelemetry } from '../src/hosts/node-telemetry.ts'
import { UNTRACED } from '../src/telemetry/tracing.ts'
import { generateKeys } from '../src/tokens/generate-keys.ts'
import { manyAnswersQuiz, wrongAnswer } from '../tests/support/many-answers.ts'

/**
 * `npm run measure:telemetry`: what lines, metrics and spans cost a graded response, as a ratio to the same without any
 * of them. Two apps on one embedded file take turns in one process, with all spans recorded and sent to a collector in
 * another. Requests are handed to the apps: no HTTP lies between that would make the share look smaller. Lines go to the
 * standard output and results to the other one: `npm run -s measure:telemetry > /dev/null`.
 */
const PAIRS = 15
/** Responses of a turn: enough spans for a few batches of the exporter. */
const RESPONSES = 400
/** Responses of an attempt: its log is read at each, as long as it is. */
const PER_ATTEMPT = 20

const COLLECTOR = `
  const server = require('node:http').createServer((request, response) => request.resume().on('end', () => response.end('{}')))
  server.listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)))`

const collector = spawn(process.execPath, ['-e', COLLECTOR], { stdio: ['ignore', 'pipe', 'inherit'] })
const port = await new Promise((resolve) => collector.stdout.once('data', (told: Buffer) => resolve(String(told))))
process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${String(port)}`

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
const apps = {
  without: createApp({ ...(await createDeps(config, edges)), ...silent }),
  with: createApp(await createDeps(config, { ...edges, log: writeLine, ...telemetry.edges })),
}
await call(apps.without, 'PUT', '/quizzes/measured', config.adminKey, manyAnswersQuiz({ tries: null }))

interface Cost {
  /** Microseconds a response: by the clock, and of the processor. */
  readonly clock: number
  readonly processor: number
}

let learners = 0
for (const app of [apps.without, apps.with]) await respond(app)
const ratios: Cost[] = []
for (let pair = 0; pair < PAIRS; pair++) {
  const costs = {} as Record<keyof typeof apps, Cost>
  // Whoever comes first is another one each time.
  for (const part of pair % 2 === 0 ? (['without', 'with'] as const) : (['with', 'without'] as const)) {
    costs[part] = await costOf(() => respond(apps[part]))
  }
  ratios.push({
    clock: costs.with.clock / costs.without.clock,
    processor: costs.with.processor / costs.without.processor,
  })
  const [without, its] = [costs.without, costs.with].map(
    (cost) => `${cost.clock.toFixed(0)} (${cost.processor.toFixed(0)})`,
  )
  console.error(`a graded response: without ${without} µs, with ${its} µs by the clock (of the processor)`)
}
for (const by of ['clock', 'processor'] as const) {
  const sorted = ratios.map((ratio) => ratio[by]).toSorted((a, b) => a - b)
  const [low, median, high] = [sorted[PAIRS >> 2]!, sorted[PAIRS >> 1]!, sorted[PAIRS - 1 - (PAIRS >> 2)]!]
  console.error(
    `ratio by the ${by}: median ${median.toFixed(3)}, half of them from ${low.toFixed(3)} to ${high.toFixed(3)}`,
  )
}
await telemetry.close()
close()
collector.kill()
rmSync(folder, { recursive: true })

async function costOf(work: () => Promise<void>): Promise<Cost> {
  const [used, began] = [process.cpuUsage(), performance.now()]
  await work()
  const { user, system } = process.cpuUsage(used)
  return { clock: ((performance.now() - began) * 1000) / RESPONSES, processor: (user + system) / RESPONSES }
}

/** Gives as many responses as a turn has: each is graded, and another one. */
async function respond(app: Hono): Promise<void> {
  for (let given = 0; given < RESPONSES; given += PER_ATTEMPT) {
    learners += 1
    const body = { learner: { id: `learner-${learners}` } }
    const { attempt, token } = await call(app, 'POST', '/quizzes/measured/attempts', config.adminKey, body)
    for (let number = 0; number < PER_ATTEMPT; number++) {
      const responses = [{ question: 'many', response: wrongAnswer(number) }]
      await call(app, 'POST', `/attempts/${attempt.id}/responses`, token, { responses })
    }
  }
}

async function call(app: Hono, method: string, path: string, token: string, body: object) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const answer = await app.request(`/v1${path}`, { method, headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { token: string; attempt: { id: string } }
}
