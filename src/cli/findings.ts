import type { Finding } from '../bank/finding.ts'
import type { ReadQuiz } from '../bank/read-quiz.ts'

/** A line that editors can jump from. */
export function formatFinding({ path, line, severity, code, message }: Finding): string {
  return `${path}:${line}: ${severity} ${code}: ${message}\n`
}

export function countErrors(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length
}

export function formatSummary(quizzes: readonly ReadQuiz[], findings: readonly Finding[]): string {
  const errors = countErrors(findings)
  const questions = quizzes.reduce((sum, quiz) => sum + quiz.questionCount, 0)
  const found = `${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}`
  return `${found} in ${count(questions, 'question')} of ${count(quizzes.length, 'quiz', 'quizzes')}\n`
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
