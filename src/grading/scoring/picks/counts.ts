import type { Listed } from '../../types/question-type.ts'

/**
 * How the picks among a question's options fall: right and picked (tp), wrong and picked (fp), right and left (fn), wrong
 * and left (tn). Of n options k are `right`, and at least one is; the other w are `wrong`.
 */
export interface PickCounts {
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
  readonly trueNegatives: number
  readonly right: number
  readonly wrong: number
}

export function countPicks(
  options: readonly Listed[],
  right: readonly string[],
  picked: readonly string[],
): PickCounts {
  const rightIds = new Set(right)
  const truePositives = picked.filter((id) => rightIds.has(id)).length
  const falsePositives = picked.length - truePositives
  const wrong = options.length - rightIds.size
  return {
    truePositives,
    falsePositives,
    falseNegatives: rightIds.size - truePositives,
    trueNegatives: wrong - falsePositives,
    right: rightIds.size,
    wrong,
  }
}
