import { ONE, ZERO } from '../../fraction.ts'
import type { PickMethod } from '../method.ts'

/** 1 for one right pick or more and no wrong one. */
export const anyCorrectNoneWrong: PickMethod = {
  method: 'any-correct-none-wrong',
  parameters: {},
  score: ({ truePositives, falsePositives }) => (truePositives > 0 && falsePositives === 0 ? ONE : ZERO),
}
