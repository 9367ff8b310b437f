import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { afterEachTest } from './_outside-vitest.ts'
import { shareOut } from './_share-out.ts'

/**
 * `npm run fuzz -- --cases 5000 [--operation id,id] [--seed N] [--processes N]`: sends so many requests to every operation of
 * openapi.json, good and bad, and holds what comes back to the description.
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000' },
    operation: { type: 'string' },
    seed: { type: 'string', default: '1' },
    processes: { type: 'string', default: '2' },
  },
})
const [cases, seed, processes] = [values.cases, values.seed, values.processes].map(Number) as [number, number, number]

const { described } = await import('../tests/support/fuzz/described.ts')
const { fuzzOperation, isTakenEnough } = await import('../tests/support/fuzz/fuzz-operation.ts')
const asked = values.operation?.split(',') ?? described.map(({ id }) => id)
const chosen = described.filter(({ id }) => asked.includes(id))
const started = performance.now()
const isWhole = processes > 1

if (isWhole) {
  const shares = Array.from({ length: processes }, (_, index) => {
    const ids = chosen.filter((_op, at) => at % processes === index).map(({ id }) => id)
    return ['--processes', '1', '--cases', String(cases), '--seed', String(seed), '--operation', ids.join()]
  })
  const { failed } = await shareOut(fileURLToPath(import.meta.url), shares)
  ended(failed)
}

let hasFailed = false
for (const op of chosen) {
  const before = performance.now()
  const report = await fuzzOperation(op, { cases, seed })
  afterEachTest()
  const { requests, meant, taken, statuses } = report
  const seconds = ((performance.now() - before) / 1000).toFixed(1)
  const told = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`)
  console.log(`${op.id}: ${requests} requests, ${taken} of ${meant} good ones taken (${told.join(', ')}), ${seconds} s`)
  const failure = report.failure ?? (isTakenEnough(report) ? null : 'Too few of the good requests were taken.')
  if (failure === null) continue
  hasFailed = true
  console.log(`FAILED, ${op.id}, seed ${seed}, ${failure}`)
  console.log(`  again: npm run fuzz -- --processes 1 --operation ${op.id} --seed ${seed} --cases ${cases}`)
}
ended(hasFailed)

function ended(badly: boolean): never {
  const seconds = Math.round((performance.now() - started) / 1000)
  if (isWhole)
    console.log(
      `${chosen.length} operations, ${cases} requests each: ${badly ? 'FAILED' : 'nothing found'}, ${seconds} s`,
    )
  process.exit(badly ? 1 : 0)
}
