import { multipleChoice } from '../../src/grading/types/multiple-choice.ts'
import { describe, expect, it } from 'vitest'

const content = { options: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id })) }

/** max(0, (right picks − wrong picks) / right options), worked out by hand. */
const examples: [right: string, picked: string, earned: string][] = [
  ['abc', 'abc', '1'],
  ['abc', 'ab', '2/3'],
  ['abc', 'abd', '1/3'],
  ['abc', 'ad', '0'],
  ['abc', 'de', '0'],
  ['abc', '', '0'],
  ['ab', 'abcde', '0'],
  ['abc', 'abcde', '1/3'],
]

describe('multiple-choice earns right picks less wrong ones over the right options', () => {
  for (const [right, picked, earned] of examples) {
    it(`${right} picked as ${picked || 'nothing'} earns ${earned}`, () => {
      const fraction = multipleChoice.grade({
        content,
        key: { choices: [...right] },
        method: 'net-correct',
        response: { choices: [...picked] },
      })
      expect(fraction.toFraction()).toBe(earned)
    })
  }
})
