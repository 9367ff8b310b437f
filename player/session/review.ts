import type { Known } from './known.ts'

/** What came of a section. */
export interface SectionScore {
  readonly title: string
  /** Points that were reached; null where they are not told, or a person has still to grade. */
  readonly score: number | null
  readonly maxScore: number
}

/** The points by section, of sections that the attempt has questions of. */
export function scoresBySection({ quiz, questions, results }: Known): SectionScore[] {
  return quiz.sections.flatMap(({ id, title }) => {
    const own = questions.filter(({ section }) => section === id).map((question) => results.get(question.id)!)
    if (own.length === 0) return []
    const scores = own.map(({ score }) => score)
    return [
      {
        title,
        score: scores.includes(null) ? null : sum(scores.map(Number)),
        maxScore: sum(own.map(({ maxScore }) => maxScore)),
      },
    ]
  })
}

/** From how many points on the attempt is passed: certainty counts threefold at most, and never for passing. */
export function passMarkOf({ quiz: { policy }, attempt: { maxScore } }: Known): number {
  return thousandths((policy.passingScore * maxScore) / (policy.certainty ? 3 : 1))
}

/** Points have at most three decimals; their sums as binary numbers do not. */
function sum(points: readonly number[]): number {
  return thousandths(points.reduce((total, each) => total + each, 0))
}

function thousandths(points: number): number {
  return Math.round(points * 1000) / 1000
}
