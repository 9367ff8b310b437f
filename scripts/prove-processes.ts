import { parseArgs } from 'node:util'
import { proveDeadlines } from '../tests/proof/deadline-race.ts'
import { findingsOfKills, findingsOfRace, findingsOfSoak } from '../tests/proof/findings.ts'
import { proveKills } from '../tests/proof/kills.ts'
import { mebibytes } from '../tests/proof/memory.ts'
import type { Seen } from '../tests/proof/persistent-client.ts'
import { proveSoak } from '../tests/proof/soak.ts'
import type { Verdict } from '../tests/proof/verdict.ts'

/**
 * `npm run proof:processes`: Node hosts in processes of their own, killed under clients, raced around deadlines, and soaked
 * while their database fails. `--only kills`, `deadlines` or `soak` runs one of them. A seed decides what clients do and when
 * they are interrupted; how it interleaves is the machine's, so a failing run may have to be repeated.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '30' },
    clients: { type: 'string', default: '50' },
    responses: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '10' },
    share: { type: 'string', default: '0.05' },
  },
})
const seed = Number(values.seed)
const SOAKING_CLIENTS = 12
/** Of many findings the first say enough. */
const MOST_FINDINGS = 10

interface Part {
  readonly title: string
  readonly flags: string
  /** Lines of figures, and what is wrong. */
  readonly run: () => Promise<{ figures: string[]; findings: string[] }>
}

const PARTS: Readonly<Record<string, Part>> = {
  kills: {
    title: `${values.kills} × kill -9 under ${values.clients} clients`,
    flags: `--kills ${values.kills} --clients ${values.clients}`,
    async run() {
      const report = await proveKills({ kills: Number(values.kills), clients: Number(values.clients), seed })
      const { inFlight, seen, verdict } = report
      const figures = [
        `kills: ${inFlight.length}, each with ${Math.min(...inFlight)} to ${Math.max(...inFlight)} requests on their way`,
        ...figuresOf(seen, verdict),
      ]
      return { figures, findings: findingsOfKills(report) }
    },
  },
  deadlines: {
    title: `${values.responses} responses within 2 seconds around deadlines`,
    flags: `--responses ${values.responses}`,
    async run() {
      const report = await proveDeadlines({ responses: Number(values.responses), seed })
      const { accepted, inGrace, refused, late, releases } = report.verdict
      const figures = [
        `attempts: ${report.attempts}, each finished once, as expired`,
        `responses: ${accepted} accepted, ${inGrace} of them in the time of grace; ${refused} refused, ${late} of them in the log behind the end`,
        `answers that told what only the end may tell: ${releases}, none before the finish was in the log`,
      ]
      return { figures, findings: findingsOfRace(report) }
    },
  },
  soak: {
    title: `${values.minutes} minutes with ${Number(values.share) * 100} % of the database's batches failing`,
    flags: `--minutes ${values.minutes} --share ${values.share}`,
    async run() {
      const seconds = Number(values.minutes) * 60
      const report = await proveSoak({ seconds, clients: SOAKING_CLIENTS, seed, share: Number(values.share) })
      const { seen, verdict, faults, memory, webhooks } = report
      const { first, last, samples } = memory
      const figures = [
        `faults: ${faults.failedBefore} before and ${faults.failedAfter} after the commit, in ${faults.batches} batches`,
        ...figuresOf(seen, verdict),
        `webhooks: ${webhooks.expected} to arrive, in ${webhooks.tries} tries; ${webhooks.waiting} waited when the faults stopped, for ${webhooks.seconds.toFixed(0)} s`,
        `rss: ${mebibytes(first.rss)} in the first third of the time, ${mebibytes(last.rss)} in the last (${samples} samples)`,
        `heap without garbage: ${mebibytes(first.heap)} in the first third, ${mebibytes(last.heap)} in the last`,
      ]
      return { figures, findings: findingsOfSoak(report) }
    },
  },
}

function figuresOf(seen: Seen, verdict: Verdict): string[] {
  return [
    `requests: ${seen.sent} sent, ${seen.answered} answered, ${seen.unavailable} told to try again, ${seen.unreachable} while nobody was there, ${seen.unknown} with an unknown outcome`,
    `operations: ${verdict.calls} on attempts, every one answered in the end; retried, with starts: ${seen.retried}; errors seen: ${seen.errors.length}`,
    `sent again after they had been written: ${verdict.repeated} requests with responses, each counted once`,
    `attempts: ${verdict.attempts} checked, for ${verdict.explained} an order was found, in ${verdict.configurations} configurations`,
  ]
}

// Hosts end with this process, where it ends of itself.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

let failed = false
for (const [name, { title, flags, run }] of Object.entries(PARTS)) {
  if (values.only !== undefined && values.only !== name) continue
  const began = performance.now()
  console.log(`${title}, seed ${seed}`)
  const { figures, findings } = await run()
  for (const line of figures) console.log(`  ${line}`)
  for (const finding of findings.slice(0, MOST_FINDINGS)) console.log(`  WRONG: ${finding}`)
  const seconds = Math.round((performance.now() - began) / 1000)
  if (findings.length === 0) console.log(`  passed in ${seconds} s`)
  else {
    console.log(`  FAILED with ${findings.length} findings in ${seconds} s`)
    console.log(`  again: npm run proof:processes -- --only ${name} ${flags} --seed ${seed}`)
    failed = true
  }
}
process.exit(failed ? 1 : 0)
