import type { Json } from './quiz-document.ts'

/** A copy of a document with another value at a JSON pointer; `undefined` takes the member away. */
export function withValue(document: Json, pointer: string, value: unknown): Json {
  const copy = structuredClone(document)
  const steps = pointer.split('/').slice(1)
  const last = steps.pop()!
  const parent = steps.reduce<Json>((at, step) => (at[step] ??= {}) as Json, copy)
  if (value === undefined) Reflect.deleteProperty(parent, last)
  else parent[last] = value
  return copy
}
