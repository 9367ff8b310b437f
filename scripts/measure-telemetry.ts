import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Hono } from 'hono'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { createDeps } from '../src/hosts/create-deps.ts'
import { openNodeDatabase } from '../src/hosts/node-database.ts'
import { createTelemetry } from '../src/hosts/node-telemetry.ts'
import { UNTRACED } from '../src/telemetry/tracing.ts'
import { generateKeys } from '../src/tokens/generate-keys.ts'
import { manyAnswersQuiz, wrongAnswer } from '../tests/support/many-answers.ts'

/**
 * `npm run measure:telemetry`: what the lines, metrics and traces cost a graded response, as a ratio to the same without
 * any of them. Processes take turns, each on an embedded file of its own, the traced ones with a collector that takes
 * every span. Requests are handed to the app: no HTTP lies between that would make the share look smaller.
 */
const PAIRS = 7
const WARM_UP = 300
const RESPONSES = 1500
/** Responses of an attempt: its log is read at each, as long as it is. */
const PER_ATTEMPT = 20

const { values } = parseArgs({ options: { part: { type: 'string' }, collector: { type: 'string', default: '' } } })
if (values.part === undefined) await compare()
else await measure(values.part === 'with', values.collector)

interface Cost {
  /** Microseconds a response: of the wall, and of the processor. */
  readonly wall: number
  readonly cpu: number
}

/** The collector is a server of this process: what it costs to collect is not counted. */
async function compare(): Promise<void> {
  const collector = createServer((request, response) => request.resume().on('end', () => response.end('{}')))
  await new Promise<void>((listening) => void collector.listen(0, '127.0.0.1', listening))
  const { port } = collector.address() as { port: number }
  const ratios: Cost[] = []
  for (let pair = 0; pair < PAIRS; pair++) {
    // Whoever comes first is another one each time.
    const order = pair % 2 === 0 ? (['without', 'with'] as const) : (['with', 'without'] as const)
    const costs = {} as Record<(typeof order)[number], Cost>
    for (const part of order) costs[part] = await runPart(part, port)
    ratios.push({ wall: costs.with.wall / costs.without.wall, cpu: costs.with.cpu / costs.without.cpu })
    const [without, its] = [costs.without, costs.with].map(({ wall, cpu }) => `${wall.toFixed(0)} (${cpu.toFixed(0)})`)
    console.log(`without ${without} µs, with ${its} µs a graded response, wall (processor)`)
  }
  collector.close()
  for (const clock of ['wall', 'cpu'] as const) {
    const sorted = ratios.map((ratio) => ratio[clock]).toSorted((a, b) => a - b)
    const [least, median, most] = [sorted[0]!, sorted[PAIRS >> 1]!, sorted[PAIRS - 1]!].map((ratio) => ratio.toFixed(3))
    console.log(`ratio, ${clock}: median ${median} of ${PAIRS} pairs, from ${least} to ${most}`)
  }
}

async function runPart(part: string, port: number): Promise<Cost> {
  const { promise, resolve, reject } = Promise.withResolvers<Cost>()
  const args = [import.meta.filename, '--part', part, '--collector', `http://127.0.0.1:${port}`]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text))
  child.on('close', (code) => (code === 0 ? resolve(JSON.parse(told) as Cost) : reject(new Error(told))))
  return promise
}

/** Lines go to the standard output, which leads nowhere; the result goes to the other. */
async function measure(traced: boolean, collector: string): Promise<void> {
  if (traced) process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = collector
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
    metricsPort: traced ? 0 : null,
    sampler: traced ? { name: 'always_on', ratio: 1 } : null,
  })
  const edges = { db, background: () => undefined, outgoing: () => Promise.reject(new Error('Nobody listens.')) }
  const deps = await createDeps(config, { ...edges, ...telemetry.edges })
  const silent: Partial<Deps> = { log: () => undefined, tracing: { begin: () => UNTRACED } }
  const learn = await learnerOf(createApp(traced ? deps : { ...deps, ...silent }), config.adminKey)
  await learn(WARM_UP)
  const [cpu, wall] = [process.cpuUsage(), performance.now()]
  await learn(RESPONSES)
  const { user, system } = process.cpuUsage(cpu)
  const cost: Cost = { wall: ((performance.now() - wall) * 1000) / RESPONSES, cpu: (user + system) / RESPONSES }
  process.stderr.write(JSON.stringify(cost))
  await telemetry.close()
  close()
  rmSync(folder, { recursive: true })
}

/** Somebody who gives as many responses as asked for, each of which is graded, and each another one. */
async function learnerOf(app: Hono, adminKey: string): Promise<(responses: number) => Promise<void>> {
  const call = async (method: string, path: string, token: string, body: object) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const answer = await app.request(`/v1${path}`, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as { token: string; attempt: { id: string } }
  }
  await call('PUT', '/quizzes/measured', adminKey, manyAnswersQuiz({ tries: null }))
  let learners = 0
  return async (responses) => {
    for (let given = 0; given < responses; given += PER_ATTEMPT) {
      const learner = { id: `learner-${(learners += 1)}` }
      const { attempt, token } = await call('POST', '/quizzes/measured/attempts', adminKey, { learner })
      for (let number = 0; number < PER_ATTEMPT; number++) {
        const body = { responses: [{ question: 'many', response: wrongAnswer(number) }] }
        await call('POST', `/attempts/${attempt.id}/responses`, token, body)
      }
    }
  }
}
