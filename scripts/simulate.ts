import { parseArgs } from 'node:util'
import { runSeeds } from '../tests/simulation/pool.ts'
import type { Outcome } from '../tests/simulation/simulate.ts'

/**
 * `npm run simulate -- --seeds N [--from S] [--steps L]`: lives through so many seeds, and ends with 1 if an invariant breaks
 * in one. A seed alone replays: what it does follows from its number. `--planted NAME` plants one of the mutants.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    /** How much of its history a seed that fails is shown with. */
    steps: { type: 'string', default: '40' },
    planted: { type: 'string' },
  },
})
const [seeds, from, steps] = [values.seeds, values.from, values.steps].map(Number) as [number, number, number]
const planted = values.planted === undefined ? {} : { planted: values.planted }
const began = performance.now()
const seconds = () => Math.round((performance.now() - began) / 100) / 10
const totals: Record<string, number> = {}
const broken: Outcome[] = []
let done = 0

function* numbers() {
  for (let seed = from; seed < from + seeds; seed++) yield seed
}

await runSeeds({
  ...planted,
  seeds: numbers(),
  onOutcome(outcome) {
    done += 1
    for (const [name, count] of Object.entries(outcome.counts)) totals[name] = (totals[name] ?? 0) + count
    if (outcome.broken) show(outcome)
    if (done % Math.max(10, Math.ceil(seeds / 10)) === 0) console.log(`${done} seeds, ${seconds()} s`)
    return broken.length < 5
  },
})

console.log(`${done} seeds from ${from} in ${seconds()} s: ${broken.length} broken`)
for (const [name, count] of Object.entries(totals).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`  ${name}: ${count}`)
}
if (broken.length > 0) process.exitCode = 1

function show(outcome: Outcome): void {
  broken.push(outcome)
  const { seed, lines, broken: what } = outcome
  console.log(`Seed ${seed} breaks: ${what!.detail}`)
  if (seeds === 1) console.log(`Its last steps:\n${lines.slice(-steps).join('\n')}`)
  else {
    const plan = values.planted === undefined ? '' : ` --planted ${values.planted}`
    console.log(`Replay it with its steps: npm run simulate -- --seeds 1 --from ${seed}${plan}`)
  }
}
