import { describe, expect, it } from 'vitest'
import { proveDeadlines } from './deadline-race.ts'
import { findingsOfKills, findingsOfRace, findingsOfSoak } from './findings.ts'
import { proveKills } from './kills.ts'
import { proveSoak } from './soak.ts'

/** The same at full size is `npm run proof:processes`. */
describe('a Node host in a process of its own', () => {
  it(
    'that is killed again and again loses nothing acknowledged, and counts nothing twice',
    { timeout: 180_000 },
    async () => {
      expect(findingsOfKills(await proveKills({ kills: 5, clients: 20, seed: 1 }))).toEqual([])
    },
  )

  it('accepts what comes before the end of an attempt, and nothing after it', { timeout: 180_000 }, async () => {
    expect(findingsOfRace(await proveDeadlines({ responses: 200, seed: 1 }))).toEqual([])
  })

  it('whose database fails now and then has whoever tries again see no error', { timeout: 180_000 }, async () => {
    expect(findingsOfSoak(await proveSoak({ seconds: 10, clients: 12, seed: 1, share: 0.05 }))).toEqual([])
  })
})
