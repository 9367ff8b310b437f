import { describe, expect, it } from 'vitest'
import { runSeeds } from './pool.ts'
import type { Outcome } from './simulate.ts'

const SEEDS = 100

/** Everything that is to come over a system in work, in a hundred seeds. */
const HAPPENINGS = [
  'faults: before',
  'faults: after',
  'faults: overloaded',
  'faults: slow',
  'faults: slow answer',
  'wake-ups dropped',
  'wake-ups doubled',
  'isolates forgotten',
  'background work cut off',
  'requests cut off',
  'answers lost',
  'late retries',
  'receivers: 500',
  'receivers: 410',
  'receivers: 429',
  'receivers: timeout',
  'receivers: unreachable',
  'receivers: answer lost',
]

const bySeed = (outcomes: Outcome[]) => outcomes.toSorted((a, b) => a.seed - b.seed)

async function outcomesOf(seeds: number, planted?: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  await runSeeds({
    seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    ...(planted !== undefined && { planted }),
    onOutcome(outcome) {
      outcomes.push({ ...outcome, lines: [] })
      return planted === undefined || outcome.broken === null
    },
  })
  return outcomes
}

describe('a simulation', () => {
  it(`finds every invariant to hold in ${SEEDS} seeds, whatever comes over them`, { timeout: 600_000 }, async () => {
    const outcomes = await outcomesOf(SEEDS)
    expect(outcomes.filter(({ broken }) => broken !== null).map(({ seed, broken }) => [seed, broken])).toEqual([])
    expect(outcomes).toHaveLength(SEEDS)
    const missing = HAPPENINGS.filter((name) => !outcomes.some(({ counts }) => (counts[name] ?? 0) > 0))
    expect(missing).toEqual([])
    expect(new Set(outcomes.map(({ digest }) => digest)).size).toBe(SEEDS)
  })

  it('is the same whenever its seed is the same', { timeout: 120_000 }, async () => {
    const [first, again] = [await outcomesOf(3), await outcomesOf(3)]
    expect(bySeed(first)).toEqual(bySeed(again))
  })
})

describe('a planted fault', () => {
  it.each(['an outbox outside the batch', 'a key in a 422', 'a lost lease that still speaks'])(
    'is found: %s',
    { timeout: 120_000 },
    async (name) => {
      const outcomes = await outcomesOf(8, name)
      expect(outcomes.some(({ broken }) => broken !== null)).toBe(true)
    },
  )
})
