import type { Content } from '../../grading/types/content.ts'

/** A key that differs from another one in one part. */
export interface KeyChange {
  /** What holds in it: "option 2 is right". */
  readonly what: string
  readonly key: unknown
}

export type ChangeKey<Key> = (question: { readonly content: Content; readonly key: Key }) => KeyChange[]

/** A list of entries, counted as authors do. */
export function numbered(entries: unknown): { id: string; number: number }[] {
  return (entries as { id: string }[]).map(({ id }, index) => ({ id, number: index + 1 }))
}

/** A list with one element replaced, or taken out. */
export function replaced<T>(list: readonly T[], index: number, ...by: T[]): T[] {
  return list.toSpliced(index, 1, ...by)
}
