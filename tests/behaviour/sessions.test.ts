import { describe, expect, it } from 'vitest'
import { onD1 } from '../support/host.ts'
import { playSessions } from '../support/sessions/session.ts'

/** A failure names its seed and path, and the shortest session that still fails; `seed` plays it again. */
describe('sessions at random', () => {
  it.each(onD1 ? [1, 2, 3] : [1, 2, 3, 4, 5])(
    'come to what the model says, call by call and in the end (seed %i)',
    { timeout: 90_000 },
    async (seed) => expect(await playSessions(seed, 100)).toBe(100),
  )
})
