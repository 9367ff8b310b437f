import { createHost, ROOT_KEY } from '../host.ts'
import { everyType } from '../every-type.ts'
import { SPECIMENS } from '../specimens.ts'
import { type Run, start } from '../actions.ts'

/** Milliseconds: the medians of right and of wrong answers, and how far they lie apart, with an interval of 95 %. */
export interface TimeDifference {
  readonly question: string
  readonly right: number
  readonly wrong: number
  readonly difference: number
  readonly interval: readonly [number, number]
}

/** Answers are sent by turns, each in an attempt of its own, past HTTP: what the network adds would hide what there is. */
export async function measureResponseTimes(pairs: number): Promise<TimeDifference[]> {
  const host = await createHost()
  await host.client.call('PUT', '/v1/quizzes/times', { token: ROOT_KEY, body: everyType({ feedback: 'deferred' }) })
  const answered = [
    { question: 'single', right: { choice: 'b' }, wrong: { choice: 'a' } },
    ...SPECIMENS.map(({ question, right, wrong }) => ({ question, right: right.response, wrong: wrong[0].response })),
  ]
  const differences: TimeDifference[] = []
  for (const { question, right, wrong } of answered) {
    const [ofRight, ofWrong]: [number[], number[]] = [[], []]
    for (let pair = 0; pair < pairs; pair++) {
      const runs = [await start(host, 'times'), await start(host, 'times')] as const
      const turns = [
        async () => ofRight.push(await timed(runs[0], question, right)),
        async () => ofWrong.push(await timed(runs[1], question, wrong)),
      ]
      for (const turn of pair % 2 === 0 ? turns : turns.toReversed()) await turn()
    }
    const apart = ofRight.map((time, pair) => time - ofWrong[pair]!)
    differences.push({
      question,
      right: median(ofRight),
      wrong: median(ofWrong),
      difference: median(apart),
      interval: medianInterval(apart),
    })
  }
  return differences
}

async function timed(run: Run, question: string, response: unknown): Promise<number> {
  const before = performance.now()
  await run.respond(question, response, { releases: 'everything' })
  return performance.now() - before
}

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b)

function median(values: readonly number[]): number {
  const all = sorted(values)
  const middle = all.length / 2
  return (all[Math.ceil(middle) - 1]! + all[Math.floor(middle)]!) / 2
}

/** The order statistics that hold the median of what is sampled in 95 of 100 cases, whatever its distribution. */
function medianInterval(values: readonly number[]): [number, number] {
  const all = sorted(values)
  const reach = (1.96 * Math.sqrt(all.length)) / 2
  const [from, to] = [Math.floor(all.length / 2 - reach), Math.ceil(all.length / 2 + reach)]
  return [all[Math.max(from, 0)]!, all[Math.min(to, all.length - 1)]!]
}
