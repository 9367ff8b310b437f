import type { AuthoredQuiz } from '../content/document.ts'
import { parseDocument } from '../content/parse-document.ts'
import { QuizId } from '../grading/identifiers.ts'
import { parse } from '../grading/issue.ts'
import { type BankFile, besides, nameOf, normaliseText } from './bank-file.ts'
import { checkBank } from './checks/check-bank.ts'
import { toFindings } from './document-issues.ts'
import { byPlace, compare, type Finding, reportTo } from './finding.ts'
import { type Place, placed, type Places } from './places.ts'
import { readQuestion, type ReadQuestion } from './read-question.ts'
import { readYaml, type YamlSource } from './yaml-source.ts'

/** A quiz folder, read. */
export interface ReadQuiz {
  readonly id: string
  /** The body of `PUT /v1/quizzes/{quiz}`. Complete only where no finding is an error. */
  readonly document: Readonly<Record<string, unknown>>
  /** Sorted by file and line. */
  readonly findings: readonly Finding[]
  readonly questionCount: number
  /** The same as the server would read it. Null where it would refuse it. */
  readonly quiz: AuthoredQuiz | null
  /** Where each part of the document was written, by JSON pointer. */
  readonly places: Places
}

/** Turns the files of one quiz folder into a quiz document, and says what is wrong with them. */
export async function readQuiz(id: string, files: readonly BankFile[]): Promise<ReadQuiz> {
  const findings: Finding[] = []
  const headFile = files.find((file) => nameOf(file.path) === 'quiz.yaml')
  const path = headFile?.path ?? besides(files[0]?.path ?? '', 'quiz.yaml')
  const head = readHead(id, headFile, path, findings)
  const questionFiles = files
    .filter((file) => file.path.endsWith('.md'))
    .toSorted((a, b) => compare(nameOf(a.path), nameOf(b.path)))
  const all = await Promise.all(questionFiles.map(readQuestion))
  findings.push(...all.flatMap((question) => question.findings), ...findSameIds(all))
  if (all.length === 0) {
    findings.push({ path, line: 1, severity: 'error', code: 'no-questions', message: 'The folder has no questions.' })
  }
  const sound = all.flatMap(({ content, ...question }) => (content === null ? [] : [{ ...question, content }]))
  const document = { ...head?.value, questions: sound.map(({ content }) => content.document) }
  const places = new Map<string, Place>([
    ['', { path, line: 1 }],
    ...placed(head?.lines ?? new Map(), path, ''),
    ...sound.flatMap(({ path: file, content }, index) => placed(content.lines, file, `/questions/${index}`)),
  ])
  const parsed = parseDocument(document)
  if (head !== null && !parsed.ok) findings.push(...toFindings(parsed.issues, document, places))
  const graded = parsed.ok ? parsed.value : null
  const questions = sound.map((question, index) => ({ ...question, question: graded?.questions[index] ?? null }))
  findings.push(...checkBank({ path, language: head?.value['language'], questions, policy: graded?.policy ?? null }))
  return { id, document, quiz: graded, findings: findings.toSorted(byPlace), questionCount: all.length, places }
}

function readHead(id: string, file: BankFile | undefined, path: string, findings: Finding[]): YamlSource | null {
  const report = reportTo(findings, path)
  if (!parse(QuizId, id).ok) {
    const rule = 'lower-case letters, digits and "-", at most 64'
    report.error(1, 'invalid-id', `The folder's name is the quiz's id, and "${id}" is none: ${rule}.`)
  }
  if (file === undefined) {
    report.error(1, 'missing-file', 'The folder has no quiz.yaml, which says what the quiz is.')
    return null
  }
  const head = readYaml(normaliseText(file.text), 1, report)
  if (head === null || !('questions' in head.value)) return head
  report.error(head.lines.get('/questions') ?? 1, 'unknown-field', 'Questions are the *.md files beside quiz.yaml.')
  return null
}

function findSameIds(questions: readonly ReadQuestion[]): Finding[] {
  const first = new Map<string, ReadQuestion>()
  return questions.flatMap((question): Finding[] => {
    const { id, path, line } = question
    const earlier = first.get(id)
    if (id === '' || earlier === undefined) {
      first.set(id, question)
      return []
    }
    const message = `The question ${earlier.path} has the id "${id}" too.`
    return [{ path, line, severity: 'error', code: 'duplicate', message }]
  })
}
