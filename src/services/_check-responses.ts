import { invalidInput } from '../errors.ts'
import { type Issue, parse, under } from '../grading/issue.ts'
import type { SentResponse } from '../grading/log.ts'
import { questionsInOrder } from '../grading/order.ts'
import type { PublicQuiz } from '../grading/quiz.ts'
import { questionType } from '../grading/types/registry.ts'

/**
 * Refuses malformed responses with a pointer to each place, judged by what is public alone. An attempt may hold only some
 * of the quiz's questions; without one they are all there.
 */
export function checkResponses(quiz: PublicQuiz, attempt: string | null, responses: readonly SentResponse[]): void {
  const questions = new Map(questionsInOrder(quiz, attempt).map((question) => [question.id, question]))
  const seen = new Set<string>()
  const issues = responses.flatMap(({ question: id, response, certainty }, index): Issue[] => {
    const at = (field: string, code: Issue['code'], detail: string): Issue[] => [{ path: [index, field], code, detail }]
    const question = questions.get(id)
    if (!question) return at('question', 'unknown-id', 'The attempt has no question with this id.')
    if (seen.has(id)) return at('question', 'duplicate', 'This question is answered earlier in the request.')
    seen.add(id)
    if (certainty !== undefined && !quiz.policy.certainty)
      return at('certainty', 'inconsistent', 'This quiz does not ask for certainty.')
    const type = questionType(question.type)
    const parsed = parse(type.response, response)
    return under([index, 'response'], parsed.ok ? type.checkResponse(question.content, parsed.value) : parsed.issues)
  })
  if (issues.length > 0) throw invalidInput(issues, ['responses'])
}
