import type { Listed } from '../types/question-type.ts'

/** How the picks among a question's options fall: right and picked, wrong and picked, right and left, wrong and left. */
export interface PickCounts {
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
  readonly trueNegatives: number
}

export function countPicks(
  options: readonly Listed[],
  right: readonly string[],
  picked: readonly string[],
): PickCounts {
  const rightIds = new Set(right)
  const truePositives = picked.filter((id) => rightIds.has(id)).length
  const falsePositives = picked.length - truePositives
  const falseNegatives = rightIds.size - truePositives
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives: options.length - truePositives - falsePositives - falseNegatives,
  }
}
