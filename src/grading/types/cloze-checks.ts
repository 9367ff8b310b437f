import { ZERO } from '../fraction.ts'
import { type Issue, parse, under } from '../issue.ts'
import { type Blank, type BlankKey, blankType, gradeBlank, toResponse, typeOfKey } from './cloze-blanks.ts'

/** What authors and learners can get wrong about blanks. */

export function checkBlankIds(blanks: readonly Blank[]): Issue[] {
  return blanks.flatMap(({ id }, index): Issue[] =>
    blanks.findIndex((blank) => blank.id === id) < index
      ? [{ path: ['blanks', index, 'id'], code: 'duplicate', detail: 'A blank with this id comes earlier.' }]
      : [],
  )
}

const MARKER = /\{\{([A-Za-z0-9][A-Za-z0-9_-]{0,63})\}\}/g

/** The prompt marks each blank once. */
export function checkMarkers(blanks: readonly Blank[], prompt: string): Issue[] {
  const marked = [...prompt.matchAll(MARKER)].map(([, id]) => id!)
  const ids = new Set(blanks.map((blank) => blank.id))
  const unknown = marked.filter((id) => !ids.has(id))
  return [
    ...unknown.map((id): Issue => {
      return { path: ['prompt'], code: 'unknown-id', detail: `The prompt marks {{${id}}}, and there is no such blank.` }
    }),
    ...blanks.flatMap(({ id }, index): Issue[] =>
      marked.filter((each) => each === id).length === 1
        ? []
        : [{ path: ['blanks', index, 'id'], code: 'inconsistent', detail: `The prompt marks {{${id}}} exactly once.` }],
    ),
  ]
}

export function checkBlankKey(blank: Blank, key: BlankKey | undefined): Issue[] {
  if (key === undefined)
    return [{ path: [], code: 'inconsistent', detail: `Expected a key for the blank ${blank.id}.` }]
  if (typeOfKey(key).type !== blank.type) {
    return [{ path: [blank.id], code: 'inconsistent', detail: `This is not the key of a ${blank.type} blank.` }]
  }
  const issues = blankType(blank).checkKey(blank, key)
  if (issues.length > 0 || !isOwnAnswer(blank, key)) return under([blank.id], issues)
  const detail = 'The id of a blank must not be an answer of it: learners see ids.'
  return [{ path: [blank.id], code: 'inconsistent', detail }]
}

function isOwnAnswer(blank: Blank, key: BlankKey): boolean {
  return checkValue(blank, blank.id).length === 0 && gradeBlank(blank, key, blank.id).compare(ZERO) > 0
}

/** Whether a text can stand in a blank. */
export function checkValue(blank: Blank, value: string): Issue[] {
  const type = blankType(blank)
  const parsed = parse(type.response, toResponse(blank, value))
  const issues = parsed.ok ? type.checkResponse(blank, parsed.value) : parsed.issues
  return issues.map((issue) => ({ ...issue, path: [] }))
}
