import { earn } from '../bank/earn.ts'
import type { AuthoredQuestion, AuthoredQuiz } from '../content/document.ts'
import { split } from '../content/split.ts'
import type { Fraction } from '../grading/fraction.ts'
import { scoreOf, toMilliPoints, toPoints } from '../grading/points.ts'
import { replay } from '../grading/replay.ts'
import { allResults } from '../grading/results.ts'
import { type Scoring, scoringVariants } from '../grading/scoring/registry.ts'
import { questionType } from '../grading/types/registry.ts'
import type { Result } from '../grading/wire.ts'
import { formatTable } from './table.ts'

/** What a response comes to. Fraction and score are null where a person has to grade it. */
export interface Grading {
  readonly type: string
  readonly scoring: Scoring
  /** The exact share of the points. */
  readonly fraction: string | null
  /** As staff get it over HTTP, once the attempt is finished. */
  readonly result: Result
}

/** What a response earns under one method. */
export interface Compared {
  readonly scoring: Scoring
  readonly fraction: string | null
  readonly score: number | null
}

/** Grades a response as the server does: an attempt at a quiz of this question alone, which is answered and finished. */
export function gradeResponse(quiz: AuthoredQuiz, question: AuthoredQuestion, response: unknown): Grading {
  const published = split(quiz)
  const body = { responses: [{ question: question.id, response }] }
  const outcome = replay({ id: 'attempt', startedAt: 0, deadline: null }, published.quiz, published.answerKey, [
    { seq: 1, id: 'responded', at: 0, type: 'responded', body },
    { seq: 2, id: 'finished', at: 0, type: 'finished', body: {} },
  ])
  const [result] = allResults({ quiz: published.quiz, outcome, closed: false }, 'staff')
  const fraction = earn(question, response)?.toFraction() ?? null
  return { type: question.type, scoring: question.scoring, fraction, result: result! }
}

export function comparison(question: AuthoredQuestion, response: unknown): Compared[] {
  const methods = questionType(question.type).methods(question.key)
  return methods.flatMap(scoringVariants).map((scoring) => ({
    scoring,
    ...shown(earn(question, response, { scoring }), question.points),
  }))
}

function shown(earned: Fraction | null, points: number): { fraction: string | null; score: number | null } {
  return earned === null
    ? { fraction: null, score: null }
    : { fraction: earned.toFraction(), score: toPoints(scoreOf(earned, toMilliPoints(points))) }
}

export function formatGrading({ type, scoring, fraction, result }: Grading): string {
  const { question, response, status, score, maxScore, feedback, answer } = result
  const points = `${maxScore} ${maxScore === 1 ? 'point' : 'points'}`
  return formatTable([
    ['question', `${question} (${type}, ${describe(scoring)})`],
    ['response', JSON.stringify(response)],
    ['verdict', status],
    ['earns', fraction === null ? 'what a person says' : `${fraction} of ${points}: ${score}`],
    ...(feedback ?? []).map(({ option, text }) => ['feedback', inOneLine(option, text.markdown)]),
    ['answer', JSON.stringify(answer)],
  ])
}

function inOneLine(option: string | null, markdown: string): string {
  const text = markdown.replaceAll(/\s+/g, ' ')
  return option === null ? text : `${option}: ${text}`
}

export function formatComparison(compared: readonly Compared[]): string {
  const rows = compared.map(({ scoring, fraction, score }) => [
    describe(scoring),
    fraction ?? '-',
    String(score ?? '-'),
  ])
  return formatTable([['method', 'earns', 'points'], ...rows])
}

/** guess-corrected, wrong false2 */
function describe({ method, ...parameters }: Scoring): string {
  return [method, ...Object.entries(parameters).map(([name, value]) => `${name} ${String(value)}`)].join(', ')
}
