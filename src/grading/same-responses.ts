import type { PublicQuestion } from './quiz.ts'
import { canonicalJson } from './same-json.ts'
import type { Content } from './types/content.ts'
import { questionType } from './types/registry.ts'

/**
 * Whether what was written as a response to one version of a question can be read as one to another: the same type, and
 * nothing public that reads texts, numbers or blanks in another way. Names are another matter.
 */
export function takesSameResponses(
  served: PublicQuestion,
  target: PublicQuestion,
  nameOf: (name: string) => string,
): boolean {
  if (!readsAlike(served.type, served.content, target.type, target.content)) return false
  const blanks = new Map(blanksOf(target).map((blank) => [blank.id, blank]))
  return blanksOf(served).every((blank) => {
    const there = blanks.get(nameOf(blank.id))
    return there === undefined || readsAlike(blank.type, blank, there.type, there)
  })
}

interface Blank extends Content {
  readonly id: string
  readonly type: string
}

function blanksOf({ content }: PublicQuestion): readonly Blank[] {
  return (content['blanks'] ?? []) as readonly Blank[]
}

function readsAlike(type: string, served: Content, targetType: string, target: Content): boolean {
  return (
    type === targetType &&
    fieldsOf(type, served) === fieldsOf(type, target) &&
    maxLengthOf(served) <= maxLengthOf(target)
  )
}

/** Units may be renamed, but not come or go as a whole; texts may grow longer. What is false may as well not be there. */
function fieldsOf(type: string, content: Content): string {
  const fields = Object.keys(questionType(type).fields).filter((name) => name !== 'maxLength')
  return canonicalJson(
    fields.map((name) => (name === 'units' ? content[name] !== undefined : (content[name] ?? false))),
  )
}

function maxLengthOf({ maxLength }: Content): number {
  return typeof maxLength === 'number' ? maxLength : Infinity
}
