import { beforeAll, expect, it } from 'vitest'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import type { SigningJwks } from '../../src/tokens/key-set.ts'
import { onD1 } from '../support/host.ts'
import { BOUND, countPositions } from '../support/non-interference/positions.ts'
import { compare, KINDS_OF_SESSIONS, sessionOf } from '../support/non-interference/sessions.ts'

/**
 * Non-interference over generated quizzes, policies and sessions: see `non-interference.test.ts`. `npm run
 * non-interference` plays more of them.
 */
const SESSIONS = onD1 ? 20 : 300
const BLOCK = onD1 ? 10 : 50
const blocks = Array.from({ length: SESSIONS / BLOCK }, (_, index) => 1 + index * BLOCK)

let signingKeys: SigningJwks
const kinds = new Set<string>()
let saved = 0

beforeAll(async () => {
  signingKeys = await generateKeys()
})

it.each(blocks)(
  'tells the same of what is secret, from session %i on',
  async (from) => {
    for (let number = from; number < from + BLOCK; number++) {
      const session = sessionOf(number)
      const compared = await compare(session, signingKeys)
      kinds.add(compared.kind)
      saved += compared.saved
      expect(compared.difference, `session ${number}`).toBeNull()
    }
  },
  60_000,
)

it('and is of sessions of every kind, in which responses count', () => {
  expect(saved).toBeGreaterThan(SESSIONS)
  expect(kinds.size).toBeGreaterThanOrEqual(onD1 ? 4 : KINDS_OF_SESSIONS.length)
})

it('serves what is right in every place alike often, and draws every question alike often', async () => {
  for (const { what, counts, chiSquare } of await countPositions(onD1 ? 60 : 300, 20_260_105)) {
    expect(
      counts.reduce((sum, count) => sum + count, 0),
      what,
    ).toBe(onD1 ? 60 : 300)
    expect(chiSquare, `${what}: ${counts.join()}`).toBeLessThan(BOUND)
  }
}, 60_000)
