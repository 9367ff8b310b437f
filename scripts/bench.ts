import { cpus, release, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { compareAll } from './bench/compare.ts'
import { measureGrowth } from './bench/growth.ts'
import { measureMemory } from './bench/memory.ts'
import { simulateQueue } from './bench/queueing.ts'

/**
 * `npm run bench [-- --part compare|growth|queue] [--only NAME] [--events N] [--check]`: what we do, each against its own
 * floor; what it costs when there is more of everything; and what waits for one writer. `--check` ends with 1 where a ratio
 * is below its gate.
 */
const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    only: { type: 'string', default: '' },
    events: { type: 'string', default: '5000000' },
    check: { type: 'boolean', default: false },
  },
})
const runs = (part: string) => values.part === undefined || values.part === part

const [cpu] = cpus()
const memory = (totalmem() / 2 ** 30).toFixed(0)
console.log(`${cpu!.model}, ${cpus().length} processors, ${memory} GiB, Linux ${release()}, Node ${process.version}\n`)
let below: string[] = []
if (runs('compare')) below = await compareAll(values.only)
if (runs('growth')) await growth()
if (runs('queue')) queue()
for (const name of below) console.log(`\nBelow its gate: ${name}`)
process.exit(values.check && below.length > 0 ? 1 : 0)

async function growth(): Promise<void> {
  console.log('\n| what | small, ms | large, ms | ratio |\n| --- | ---: | ---: | ---: |')
  for (const { what, small, large, milliseconds, ratio } of await measureGrowth(Number(values.events))) {
    const [less, more] = milliseconds.map((time) => time.toFixed(2))
    console.log(`| ${what} | ${small}: ${less} | ${large}: ${more} | ${ratio.toFixed(2)} |`)
  }
  const { revisions, megabytes } = await measureMemory()
  console.log(`\nMemory with ${revisions} revisions loaded: ${megabytes.toFixed(1)} MB more than with none`)
}

/** A commit of 4 ms and 0.2 ms for each batch in it, alone and together, on a day whose busiest second has ten times the mean. */
function queue(): void {
  console.log('\n| responses a day | at the peak, a second | writer busy | median ms | 99 % ms | committed |')
  console.log('| ---: | ---: | ---: | ---: | ---: | --- |')
  for (const day of [1e3, 1e6, 1e7, 1e9]) {
    for (const together of [1, 32]) {
      const arrivals = (day / 86_400) * 10
      const { busy, overrun, median, p99 } = simulateQueue(
        { arrivals, commit: 0.004, each: 0.0002, together },
        50_000,
        Math.random,
      )
      const [middle, last] = [median, p99].map((seconds) => (overrun ? 'without end' : (seconds * 1000).toFixed(1)))
      const how = together === 1 ? 'alone' : `up to ${together} together`
      console.log(
        `| ${day.toExponential(0)} | ${arrivals.toFixed(1)} | ${(busy * 100).toFixed(1)} % | ${middle} | ${last} | ${how} |`,
      )
    }
  }
}
