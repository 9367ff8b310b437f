import { ONE, ZERO } from '../../fraction.ts'
import type { PickMethod } from '../method.ts'

/** Everything or nothing. */
export const exactPicks: PickMethod = {
  method: 'exact',
  parameters: {},
  score: ({ falsePositives, falseNegatives }) => (falsePositives + falseNegatives === 0 ? ONE : ZERO),
}
