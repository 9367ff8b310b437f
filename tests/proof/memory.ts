/** What a process needs as time goes by, in bytes. */
export interface Memory {
  readonly rss: number
  readonly heap: number
}

export interface MemoryReport {
  readonly samples: number
  /** The means over the first and the last third of the samples. */
  readonly first: Memory
  readonly last: Memory
}

const MEBIBYTE = 1024 * 1024
/** The last third may need a quarter more than the first, and this much besides: a heap breathes, and caches fill. */
const FACTOR = 1.25
const SLACK: Memory = { rss: 48 * MEBIBYTE, heap: 8 * MEBIBYTE }

export function reportMemory(samples: readonly Memory[]): MemoryReport {
  const third = Math.max(1, Math.floor(samples.length / 3))
  return { samples: samples.length, first: mean(samples.slice(0, third)), last: mean(samples.slice(-third)) }
}

function mean(samples: readonly Memory[]): Memory {
  const meanOf = (part: keyof Memory) => samples.reduce((sum, sample) => sum + sample[part], 0) / samples.length
  return { rss: meanOf('rss'), heap: meanOf('heap') }
}

/** What has grown beyond the bound. */
export function growthOf({ first, last }: MemoryReport): string[] {
  return (['rss', 'heap'] as const)
    .filter((part) => last[part] > first[part] * FACTOR + SLACK[part])
    .map((part) => `${part} has grown from ${mebibytes(first[part])} to ${mebibytes(last[part])}.`)
}

export function mebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(1)} MiB`
}
