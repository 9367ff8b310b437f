import { componentName } from '../component-name.ts'
import { Id } from '../identifiers.ts'
import { strictObject } from '../strict-object.ts'
import type { ListRule, QuestionType } from './question-type.ts'
import * as v from 'valibot'

/** What a type adds to a question, as data: lists of entries, other fields, blanks with lists and fields of their own. */
export type Content = Readonly<Record<string, unknown>>

/**
 * The schemas of what a type adds to a question, given that of an entry: authors write another one than learners see.
 * `blankName` is how the API's description calls a blank.
 */
export function contentEntries(type: QuestionType, entry: v.GenericSchema, blankName: string): v.ObjectEntries {
  const lists = Object.entries(type.lists).map(([name, { min, max }]) => [
    name,
    v.pipe(v.array(entry), v.minLength(min), v.maxLength(max)),
  ])
  return {
    ...Object.fromEntries(lists),
    ...type.fields,
    ...(type.blanks && { blanks: blanksOf(type.blanks, entry, blankName) }),
  }
}

function blanksOf(types: readonly QuestionType[], entry: v.GenericSchema, name: string): v.GenericSchema {
  const variants = types.map((type) =>
    v.pipe(
      strictObject({ id: Id, type: v.literal(type.type), ...contentEntries(type, entry, name) }),
      v.metadata({ ref: componentName(type.type, name) }),
    ),
  )
  return v.pipe(v.array(v.variant('type', variants)), v.minLength(1), v.maxLength(MAX_BLANKS))
}

export const MAX_BLANKS = 20

/** A list of entries: where it stands in the content, what goes for it, and what is in it. */
export interface EntryList<Entry> {
  /** Such as `['options']`, or `['blanks', 0, 'options']`. */
  readonly path: readonly (string | number)[]
  readonly rule: ListRule
  readonly entries: readonly Entry[]
}

/** The same content with each of its lists replaced by what `map` makes of it. */
export function mapLists<Entry>(
  type: QuestionType,
  content: Content,
  map: (list: EntryList<Entry>) => readonly unknown[],
  path: readonly (string | number)[] = [],
): Content {
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => {
      const rule = type.lists[name]
      if (rule) return [name, map({ path: [...path, name], rule, entries: value as Entry[] })]
      if (name !== 'blanks' || !type.blanks) return [name, value]
      return [
        name,
        (value as Blank[]).map((blank, index) => mapBlank(type.blanks!, blank, map, [...path, name, index])),
      ]
    }),
  )
}

interface Blank extends Content {
  readonly id: string
  readonly type: string
}

function mapBlank<Entry>(
  types: readonly QuestionType[],
  { id, type: name, ...content }: Blank,
  map: (list: EntryList<Entry>) => readonly unknown[],
  path: readonly (string | number)[],
): Blank {
  const type = types.find((each) => each.type === name)!
  return { id, type: name, ...mapLists(type, content, map, path) }
}

/** Every list of a content. */
export function listsOf<Entry>(type: QuestionType, content: Content): EntryList<Entry>[] {
  const lists: EntryList<Entry>[] = []
  mapLists<Entry>(type, content, (list) => {
    lists.push(list)
    return list.entries
  })
  return lists
}
