import { describe, expect, it } from 'vitest'
import { earned, keyProblems } from '../earned.ts'
import { EVIL_PATTERNS } from './evil-patterns.ts'
import { fill } from './text-oracles.ts'

const LENGTH = 1000
const MILLISECONDS = 10

const earnedBy = (pattern: string, text: string) =>
  earned('short-text', { key: { answers: [{ pattern }] }, response: { text } })
const isRefused = (pattern: string) => keyProblems('short-text', { key: { answers: [{ pattern }] } }).length > 0

/**
 * The best of three runs after one that warms up, or of up to twenty where the machine gives others its time: what is slow
 * is never fast once.
 */
function fastest(run: () => void): number {
  run()
  let best = Number.POSITIVE_INFINITY
  for (let runs = 0; runs < 3 || (best >= MILLISECONDS && runs < 20); runs++) {
    const start = performance.now()
    run()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

describe('patterns that take a backtracking engine ages', () => {
  const patterns = EVIL_PATTERNS.map(({ pattern }) => pattern)

  it('there are 100 of them, none too long to be a pattern, each with a text of 1,000 characters', () => {
    expect(new Set(patterns).size).toBe(100)
    expect(patterns.filter((pattern) => pattern.length > 256)).toEqual([])
    for (const { pattern, unit, ends } of EVIL_PATTERNS) {
      for (const [head, tail] of ends) expect(fill(LENGTH, unit, head, tail).length, pattern).toBe(LENGTH)
    }
  })

  it('at least 80 of them can be published all the same', () => {
    expect(patterns.filter((pattern) => !isRefused(pattern)).length).toBeGreaterThanOrEqual(80)
  })

  for (const { pattern, unit, ends } of EVIL_PATTERNS) {
    it(`${pattern} is refused, or graded right and within ${MILLISECONDS} ms`, () => {
      if (isRefused(pattern)) return
      for (const [head, tail, matches] of ends) {
        const text = fill(LENGTH, unit, head, tail)
        expect(earnedBy(pattern, text), tail).toBe(matches ? '1' : '0')
        expect(fastest(() => earnedBy(pattern, text))).toBeLessThan(MILLISECONDS)
      }
    })
  }

  it('on short texts each says what a backtracking engine says', () => {
    const different: string[] = []
    for (const { pattern, unit, ends } of EVIL_PATTERNS.filter((each) => !isRefused(each.pattern))) {
      const backtracking = new RegExp(`^(?:${pattern})$`, 'i')
      for (const [head, tail] of ends) {
        for (const middle of [0, 1, 2, 3, 4, 5]) {
          const text = fill(head.length + middle + tail.length, unit, head, tail).trim()
          const expected = backtracking.test(text) ? '1' : '0'
          if (earnedBy(pattern, text) !== expected) different.push(`${pattern} on ${text}`)
        }
      }
    }
    expect(different).toEqual([])
  })
})
