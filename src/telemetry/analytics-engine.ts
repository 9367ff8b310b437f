import type { Backlog, Metrics } from './metrics.ts'

/** A dataset of Workers Analytics Engine, as far as it is used here. */
export interface Dataset {
  writeDataPoint(point: { indexes: string[]; blobs: string[]; doubles: number[] }): void
}

export interface AnalyticsEngine {
  readonly metrics: Metrics
  /** Writes what was counted since: an invocation may write 250 points, and one that settles attempts makes more trips than that. */
  readonly flush: () => void
  readonly backlogRead: (backlog: Backlog) => void
}

/** What the doubles of a point of the backlog are. */
const BACKLOG = [
  'attemptsOpen',
  'deliveries',
  'overdueSeconds',
  'failingWebhooks',
  'failingSeconds',
  'disabledWebhooks',
] as const satisfies readonly (keyof Backlog)[]

/** Sums, by what they are of. */
type Sums = Map<string, { readonly blobs: readonly string[]; count: number; sum: number }>

/**
 * The metrics as points of one dataset. `index1` and `blob1` say what a point is of, `blob2` is the commit, then come the
 * labels in the order of the fact; `double1` is how many it stands for, `double2` their seconds in sum.
 */
export function createAnalyticsEngine(dataset: Dataset, version: string): AnalyticsEngine {
  const sums: Sums = new Map()
  const write = (name: string, labels: readonly string[], doubles: readonly number[]) =>
    dataset.writeDataPoint({ indexes: [name], blobs: [name, version, ...labels], doubles: [...doubles] })
  const add = (name: string, labels: readonly string[], seconds = 0) => {
    const key = JSON.stringify([name, ...labels])
    const { blobs, count, sum } = sums.get(key) ?? { blobs: [name, ...labels], count: 0, sum: 0 }
    sums.set(key, { blobs, count: count + 1, sum: sum + seconds })
  }
  return {
    metrics: {
      expectRequests: () => undefined,
      requestAnswered: ({ method, route, status, seconds }) =>
        write('request', [method, route, String(status)], [1, seconds]),
      responseGraded: ({ type, verdict }) => add('graded', [type, verdict]),
      tripMade: ({ operation, outcome, seconds }) => add('trip', [operation, outcome], seconds),
      deliveryTried: ({ outcome, status }) => add('delivery', [outcome, status]),
    },
    flush() {
      for (const { blobs, count, sum } of sums.values()) write(blobs[0]!, blobs.slice(1), [count, sum])
      sums.clear()
    },
    backlogRead: (backlog) =>
      write(
        'backlog',
        [],
        BACKLOG.map((name) => backlog[name]),
      ),
  }
}
