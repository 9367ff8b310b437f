/** One writer and what waits for it. */
export interface Queue {
  /** Batches a second that arrive, at random. */
  readonly arrivals: number
  /** Seconds that a commit holds the writer, and that each batch in it adds. */
  readonly commit: number
  readonly each: number
  /** Batches that are committed together, at most. */
  readonly together: number
}

export interface Waiting {
  /** The share of the time in which the writer is busy. One that takes all that waits is soon busy without being late. */
  readonly busy: number
  /** More comes than it can take: the queue grows without end, and what it waited here says nothing. */
  readonly overrun: boolean
  /** Seconds from arriving to being committed. */
  readonly median: number
  readonly p99: number
}

/** Simulates so many batches that arrive at random (a Poisson process) at a writer that takes what waits, and works it off. */
export function simulateQueue(
  { arrivals, commit, each, together }: Queue,
  batches: number,
  random: () => number,
): Waiting {
  const times: number[] = []
  let at = 0
  for (let batch = 0; batch < batches; batch++) times.push((at -= Math.log(1 - random()) / arrivals))
  const waits: number[] = []
  let [free, working, next] = [0, 0, 0]
  while (next < batches) {
    const begin = Math.max(free, times[next]!)
    let last = next
    while (last < batches && last - next < together && times[last]! <= begin) last++
    const taken = commit + each * (last - next)
    free = begin + taken
    working += taken
    for (; next < last; next++) waits.push(free - times[next]!)
  }
  const sorted = waits.toSorted((a, b) => a - b)
  const at99 = (share: number) => sorted[Math.floor(share * (batches - 1))]!
  return {
    busy: working / free,
    overrun: arrivals > together / (commit + each * together),
    median: at99(0.5),
    p99: at99(0.99),
  }
}
