import type { Load } from './load.ts'
import { clients, endAll } from './processes.ts'
import { median, quantile } from './statistics.ts'
import { QUIZ, serveSubjects, type Subjects } from './subject.ts'

/** In turns that alternate, so that what else the machine does falls on both. */
const PAIRS = Number(process.env['BENCH_PAIRS'] ?? 9)

interface Comparison {
  readonly name: string
  readonly floor: 'floor' | 'bare'
  readonly load: Pick<Load, 'scenario' | 'clients' | 'requests'> & { readonly etag?: boolean }
  /** Of the floor's throughput: what we want, and below what something is wrong. */
  readonly aim: number
  readonly gate: number
}

const COMPARISONS: readonly Comparison[] = [
  {
    name: 'a graded response, one client',
    floor: 'floor',
    load: { scenario: 'respond', clients: 1, requests: 360 },
    aim: 0.8,
    gate: 0.7,
  },
  {
    name: 'a graded response, 64 clients',
    floor: 'floor',
    load: { scenario: 'respond', clients: 64, requests: 64 * 36 },
    aim: 1.3,
    gate: 1,
  },
  {
    name: 'start, one client',
    floor: 'floor',
    load: { scenario: 'start', clients: 1, requests: 300 },
    aim: 0.8,
    gate: 0.7,
  },
  {
    name: 'finish, one client',
    floor: 'floor',
    load: { scenario: 'finish', clients: 1, requests: 200 },
    aim: 0.8,
    gate: 0.7,
  },
  {
    name: 'one call, one client',
    floor: 'floor',
    load: { scenario: 'submit', clients: 1, requests: 200 },
    aim: 0.8,
    gate: 0.7,
  },
  {
    name: 'questions, 16 clients',
    floor: 'bare',
    load: { scenario: 'questions', clients: 16, requests: 4000 },
    aim: 0.8,
    gate: 0.7,
  },
  {
    name: 'questions, not modified, 16 clients',
    floor: 'bare',
    load: { scenario: 'questions', clients: 16, requests: 4000, etag: true },
    aim: 0.8,
    gate: 0.7,
  },
]

/** Runs those whose name holds the text; gives the names of those that are below their gate. */
export async function compareAll(only: string): Promise<string[]> {
  const subjects = await serveSubjects()
  const send = clients()
  const failed: string[] = []
  try {
    console.log('| | ours, requests a second | floor | ratio, median of pairs | quartiles | aim | gate |')
    console.log('| --- | ---: | ---: | ---: | --- | ---: | ---: |')
    for (const comparison of COMPARISONS.filter(({ name }) => name.includes(only))) {
      const { ours, floor, ratio } = await compare(comparison, subjects, send)
      const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratio, share).toFixed(2))
      const { name, aim, gate } = comparison
      if (Number(middle) < gate) failed.push(name)
      console.log(
        `| ${name} | ${median(ours).toFixed(0)} | ${median(floor).toFixed(0)} | ${middle} | ${low} to ${high} | ${aim} | ${gate} |`,
      )
    }
    await latency(subjects, send)
  } finally {
    endAll()
  }
  return failed
}

type Send = ReturnType<typeof clients>

async function compare({ load: { etag, ...load }, floor }: Comparison, from: Subjects, send: Send) {
  const origins = { ours: from.ours, floor: from[floor] }
  const run = async (origin: string) => {
    const { seconds, milliseconds } = await send({ ...load, origin, quiz: QUIZ, ...(etag && { etag: from.etag }) })
    return milliseconds.length / seconds
  }
  await run(origins.ours)
  await run(origins.floor)
  const rates = { ours: [] as number[], floor: [] as number[] }
  for (let pair = 0; pair < PAIRS; pair++) {
    const order = pair % 2 === 0 ? (['ours', 'floor'] as const) : (['floor', 'ours'] as const)
    for (const who of order) rates[who].push(await run(origins[who]))
  }
  return { ...rates, ratio: rates.ours.map((rate, pair) => rate / rates.floor[pair]!) }
}

/** At half of what it can do, sent at a steady pace: what a learner waits for, and one of a hundred. */
async function latency(subjects: Subjects, send: Send): Promise<void> {
  console.log('\n| at half load | requests a second | median ms | 99 % ms |')
  console.log('| --- | ---: | ---: | ---: |')
  for (const who of ['ours', 'floor'] as const) {
    const load = { scenario: 'respond', origin: subjects[who], quiz: QUIZ, clients: 64, requests: 64 * 36 } as const
    const full = await send(load)
    const rate = Math.floor(full.milliseconds.length / full.seconds / 2)
    const half = await send({ ...load, rate })
    const [middle, last] = [0.5, 0.99].map((share) => quantile(half.milliseconds, share).toFixed(1))
    console.log(`| ${who}, a graded response | ${rate} | ${middle} | ${last} |`)
  }
}
