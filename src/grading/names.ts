import type { PublicQuestion } from './quiz.ts'
import { listsOf } from './types/content.ts'
import type { Listed, ListRule } from './types/question-type.ts'
import { questionType } from './types/registry.ts'

/** A list of names that responses to a question can hold: ids of entries or blanks, or units. */
export interface NameList {
  /** What the list is called: `options`, or `blanks/<id>/options`, as blanks are told apart by their ids. */
  readonly path: readonly string[]
  /** Its place in the content, as {@link QuestionKey.entryFeedback} says it: blanks are counted there. */
  readonly place: string
  readonly use: ListRule['use']
  readonly names: readonly string[]
}

export function nameLists({ type: name, content }: PublicQuestion): NameList[] {
  const type = questionType(name)
  const blanks = (content['blanks'] ?? []) as readonly Listed[]
  const words = type.words(content)
  return [
    ...(blanks.length > 0 ? [plainList('blanks', 'places', idsOf(blanks))] : []),
    ...(words.length > 0 ? [plainList('units', 'choices', words)] : []),
    ...listsOf<Listed>(type, content).map(({ path, rule, entries }): NameList => ({
      path: path.map((step) => (typeof step === 'number' ? blanks[step]!.id : step)),
      place: path.join('/'),
      use: rule.use,
      names: idsOf(entries),
    })),
  ]
}

/** Where a list of a question stands in another that has other names. */
export function renamedPath(path: readonly string[], nameOf: (name: string) => string): string {
  return path.map((step, index) => (index === 1 ? nameOf(step) : step)).join('/')
}

function plainList(name: string, use: ListRule['use'], names: readonly string[]): NameList {
  return { path: [name], place: name, use, names }
}

function idsOf(entries: readonly Listed[]): string[] {
  return entries.map(({ id }) => id)
}
