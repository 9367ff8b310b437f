import { describe, it } from 'vitest'
import { playSessions } from '../support/sessions/session.ts'

describe('sessions at random', () => {
  it.each([1, 2, 3, 4, 5])(
    'come to what the model says, call by call and in the end (seed %i)',
    { timeout: 60_000 },
    (seed) => playSessions(seed, 100),
  )
})
