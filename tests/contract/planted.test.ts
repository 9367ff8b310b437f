import { describe, expect, it } from 'vitest'
import { ALL_PLANTED } from '../support/planted/all.ts'
import { mutate } from '../support/planted/plant.ts'

describe('a planted fault', () => {
  it.each(ALL_PLANTED.map((planted) => [planted.name, planted] as const))(
    'is still to be planted: %s',
    (_, planted) => {
      expect(mutate(planted)).toContain(planted.replace)
    },
  )

  it('has a name of its own', () => {
    expect(new Set(ALL_PLANTED.map(({ name }) => name)).size).toBe(ALL_PLANTED.length)
  })
})
