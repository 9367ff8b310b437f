import { type Issue, toPointer } from '../grading/issue.ts'
import type { Finding } from './finding.ts'
import { locate, type Places } from './places.ts'

/** What the server would say of a document, at the lines where it was written. */
export function toFindings(
  issues: readonly Issue[],
  document: { readonly questions: readonly unknown[] },
  places: Places,
): Finding[] {
  return issues
    .filter((issue, _index, all) => !isSaidElsewhere(issue, document, all))
    .map((issue) => toFinding(issue.code, issue.detail, toPointer(issue.path), places))
}

/** A complaint about a pointer, at the line of the nearest thing that was written; what is inside that is named. */
export function toFinding(code: string, detail: string, pointer: string, places: Places): Finding {
  const { path, line, rest } = locate(places, pointer)
  const named = pointer.startsWith('/policy/') ? pointer.slice(1).replaceAll('/', '.') : rest.slice(1)
  return { path, line, severity: 'error', code, message: named === '' ? detail : `${named}: ${detail}` }
}

function isSaidElsewhere(
  { code, path }: Issue,
  document: { readonly questions: readonly unknown[] },
  all: readonly Issue[],
): boolean {
  // Questions that could not be read are not in the document: why has been said.
  if (path.length === 1 && path[0] === 'questions' && document.questions.length === 0) return true
  if (code !== 'duplicate' || path.at(-1) !== 'id') return false
  // Ids of questions are compared over all files. Equal texts of a list make equal ids.
  const isQuestion = path.length === 3 && path[0] === 'questions'
  const text = toPointer([...path.slice(0, -1), 'text'])
  return isQuestion || all.some((issue) => issue.code === 'duplicate' && toPointer(issue.path) === text)
}
