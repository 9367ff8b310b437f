import { describe, expect, it } from 'vitest'
import { hasDecimals } from '../../src/grading/fraction.ts'
import {
  type Allowance,
  attemptsAllowed,
  deadlineOf,
  dueOf,
  phaseAt,
  ruleFor,
  timeLimitOf,
} from '../../src/grading/timing.ts'

const allowance = (given: Partial<Allowance>): Allowance => ({
  factor: null,
  extraSeconds: null,
  unlimited: false,
  extraAttempts: null,
  ...given,
})

describe('a quiz is open', () => {
  const examples: [now: number, opensAt: number | null, closesAt: number | null, phase: string][] = [
    [0, null, null, 'open'],
    [99, 100, 200, 'before'],
    [100, 100, 200, 'open'],
    [199, 100, 200, 'open'],
    [200, 100, 200, 'closed'],
    [201, 100, 200, 'closed'],
    [99, 100, null, 'before'],
    [1e15, 100, null, 'open'],
    [-5, null, 200, 'open'],
    [200, null, 200, 'closed'],
    [-62_167_219_200_001, -62_167_219_200_000, null, 'before'],
    [0, 0, 1, 'open'],
    [0, null, 0, 'closed'],
  ]
  it.each(examples)('at %d, from %s until %s: %s', (now, opensAt, closesAt, phase) => {
    expect(phaseAt(now, { opensAt, closesAt })).toBe(phase)
  })
})

describe('the time that a learner gets, in milliseconds', () => {
  const examples: [seconds: number | null, given: Partial<Allowance> | null, milliseconds: number | null][] = [
    [600, null, 600_000],
    [600, {}, 600_000],
    [600, { factor: 1.5 }, 900_000],
    [600, { factor: 1 }, 600_000],
    [600, { extraSeconds: 90 }, 690_000],
    // The extra time is not multiplied.
    [600, { factor: 2, extraSeconds: 60 }, 1_260_000],
    [1, { factor: 1.001 }, 1001],
    [1, { factor: 1.005 }, 1005],
    [7, { factor: 1.255 }, 8785],
    // As floating-point numbers these are 3300.0000000000005 and 1144.9999999999998.
    [3, { factor: 1.1 }, 3300],
    [1, { factor: 1.145 }, 1145],
    [31_622_400, { factor: 100, extraSeconds: 31_622_400 }, 3_193_862_400_000],
    [600, { unlimited: true }, null],
    [600, { extraAttempts: 3 }, 600_000],
    [null, { factor: 2, extraSeconds: 60 }, null],
    [null, null, null],
  ]
  it.each(examples)('%s seconds with %j: %s', (seconds, given, milliseconds) => {
    expect(timeLimitOf(seconds, given && allowance(given))).toBe(milliseconds)
  })

  it('is a whole number for every factor with three decimals', () => {
    const factors = Array.from({ length: 99_001 }, (_, more) => 1000 + more)
    const inexact = factors.filter((thousandths) => {
      const factor = thousandths / 1000
      return !hasDecimals(factor, 3) || timeLimitOf(3599, allowance({ factor })) !== 3599 * thousandths
    })
    expect(inexact).toEqual([])
  })
})

describe('an attempt ends', () => {
  const examples: [start: number, limit: number | null, closesAt: number | null, deadline: number | null][] = [
    [1000, null, null, null],
    [1000, 500, null, 1500],
    [1000, 500, 1600, 1500],
    [1000, 500, 1500, 1500],
    [1000, 500, 1499, 1499],
    [1000, null, 1200, 1200],
    // However much time a learner is given.
    [1000, 1e12, 1200, 1200],
  ]
  it.each(examples)('begun at %d with a limit of %s, of a quiz that closes at %s: at %s', (...example) => {
    const [start, limit, closesAt, deadline] = example
    expect(deadlineOf(start, limit, closesAt)).toBe(deadline)
  })

  it('for good when its grace is over, which goes on top of whatever ended it', () => {
    expect(dueOf(1500, { graceSeconds: 0 })).toBe(1500)
    expect(dueOf(1500, { graceSeconds: 30 })).toBe(31_500)
    expect(dueOf(null, { graceSeconds: 30 })).toBeNull()
  })
})

describe('the attempts that a learner may have', () => {
  it('are those of the policy and the extra ones; where they are not counted, any number', () => {
    expect(attemptsAllowed(2, null)).toBe(2)
    expect(attemptsAllowed(2, allowance({ factor: 2 }))).toBe(2)
    expect(attemptsAllowed(2, allowance({ extraAttempts: 3 }))).toBe(5)
    expect(attemptsAllowed(null, allowance({ extraAttempts: 3 }))).toBeNull()
  })
})

describe('the rule for a quiz', () => {
  const all = { quiz: null, factor: 2 }
  const one = { quiz: 'one', factor: 3 }

  it('is its own, in whatever order they stand, and else the one for all', () => {
    expect(ruleFor([all, one], 'one')).toBe(one)
    expect(ruleFor([one, all], 'one')).toBe(one)
    expect(ruleFor([one, all], 'two')).toBe(all)
    expect(ruleFor([one], 'two')).toBeNull()
    expect(ruleFor([], 'one')).toBeNull()
  })
})
