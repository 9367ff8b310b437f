import type { AuthoredQuiz } from '../content/document.ts'
import { parseDocument } from '../content/parse-document.ts'
import type { BankFile } from './bank-file.ts'
import { toFindings } from './document-issues.ts'
import type { Finding } from './finding.ts'
import { placed } from './places.ts'
import { readQuestion, type QuestionContent } from './read-question.ts'

/** A question's file that is read alone, without the quiz around it. */
export interface SingleQuestion {
  readonly findings: readonly Finding[]
  /** A quiz of this question alone. Null where something is wrong. */
  readonly quiz: AuthoredQuiz | null
  readonly content: QuestionContent | null
}

export async function readSingleQuestion(file: BankFile): Promise<SingleQuestion> {
  const { content, findings, path } = await readQuestion(file)
  if (content === null) return { findings, content, quiz: null }
  const { section } = content.document
  const sections = [{ id: typeof section === 'string' ? section : 'section', title: 'One section' }]
  const quiz = { title: 'One question', access: 'public', sections }
  const document = { ...quiz, questions: [content.document] }
  const parsed = parseDocument(document)
  if (parsed.ok) return { findings, content, quiz: parsed.value }
  const places = new Map([['', { path, line: 1 }], ...placed(content.lines, path, '/questions/0')])
  return { findings: toFindings(parsed.issues, document, places), content, quiz: null }
}
