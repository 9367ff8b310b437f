import type { AuthoredQuestion } from '../../content/document.ts'
import { ZERO } from '../../grading/fraction.ts'
import { questionType } from '../../grading/types/registry.ts'
import type { Finding } from '../finding.ts'
import { expectedOf, expectedOfQuestions } from '../guessing/expected.ts'
import { type BankCheck, type CheckedQuestion, percent, warn } from './bank-check.ts'

/** A guess at one of two is as good as it should get. */
const LIMIT = 0.5

/** Questions that pay for knowing nothing, and a quiz that guessing passes. */
export const guessingPays: BankCheck = ({ path, policy, questions }) => {
  const graded = questions.flatMap(({ question }) => question ?? [])
  const findings = questions.flatMap(ofQuestion)
  if (policy === null || graded.length === 0) return findings
  const share = expectedOfQuestions(graded).guessing.valueOf()
  if (share < policy.passingScore) return findings
  const message = `Guessing earns ${percent(share)} of the points on average, and ${percent(policy.passingScore)} is a pass.`
  return [...findings, warn(path, 1, 'guessing-pays', message)]
}

/** Whether everything is to be selected. */
function isAnswer({ type, content, key }: AuthoredQuestion): boolean {
  const answer = questionType(type).answer(content, key) as { readonly choices?: readonly string[] } | null
  return answer?.choices?.length === (content['options'] as readonly unknown[]).length
}

function ofQuestion({ path, content, question }: CheckedQuestion): Finding[] {
  if (question === null) return []
  const { blank, everything, guessing } = expectedOf(question)
  const said = [
    blank && blank.compare(ZERO) > 0 && `Leaving everything out earns ${blank.toFraction()} of the points.`,
    everything &&
      everything.compare(ZERO) > 0 &&
      !isAnswer(question) &&
      `Selecting everything earns ${everything.toFraction()} of the points: see what other scoring methods give.`,
    guessing &&
      guessing.compare(LIMIT) > 0 &&
      `Guessing earns ${percent(guessing.valueOf())} of the points on average.`,
  ]
  const line = content.lines.get('/scoring') ?? content.lines.get('/key') ?? 1
  return said.flatMap((message) => (message ? [warn(path, line, 'guessing-pays', message)] : []))
}
