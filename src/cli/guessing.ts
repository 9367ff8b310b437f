import { type Expected, expectedOf, expectedOfQuestions } from '../bank/guessing/expected.ts'
import type { ReadQuiz } from '../bank/read-quiz.ts'
import { toMilliPoints, toPoints } from '../grading/points.ts'
import { formatTable } from './table.ts'

/** What a question, or with the question null a quiz, earns who knows nothing: shares of its points, null where that is no response. */
export interface GuessingRow {
  readonly quiz: string
  readonly question: string | null
  readonly points: number
  readonly method: string | null
  readonly blank: number | null
  readonly everything: number | null
  readonly guessing: number | null
}

/** One row a question, and one for the quiz. None for a quiz that cannot be graded yet. */
export function guessingRows({ id, quiz }: ReadQuiz): GuessingRow[] {
  if (quiz === null) return []
  const points = quiz.questions.reduce((sum, question) => sum + toMilliPoints(question.points), 0)
  return [
    ...quiz.questions.map((question) => ({
      quiz: id,
      question: question.id,
      points: question.points,
      method: question.scoring.method,
      ...shares(expectedOf(question)),
    })),
    {
      quiz: id,
      question: null,
      points: toPoints(points),
      method: null,
      ...shares(expectedOfQuestions(quiz.questions)),
    },
  ]
}

function shares({ blank, everything, guessing }: Expected): Pick<GuessingRow, keyof Expected> {
  const [blankShare, everythingShare, guessingShare] = [blank, everything, guessing].map(
    (share) => share && share.valueOf(),
  )
  return { blank: blankShare ?? null, everything: everythingShare ?? null, guessing: guessingShare ?? null }
}

export function formatGuessing(rows: readonly GuessingRow[]): string {
  const header = ['question', 'points', 'method', 'blank', 'everything', 'guessing']
  const cells = rows.map(({ quiz, question, points, method, blank, everything, guessing }) => [
    question ?? `${quiz}, on average`,
    String(points),
    method ?? '',
    ...[blank, everything, guessing].map((share) => (share === null ? '-' : `${(100 * share).toFixed(1)} %`)),
  ])
  return formatTable([header, ...cells])
}
