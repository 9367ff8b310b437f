/** Does something `times` times without waiting in between; the results come in the order of the beginnings. */
export function atOnce<T>(times: number, act: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => act(index)))
}

/** How many of a list there are of each kind. */
export function countBy<T>(list: readonly T[], kindOf: (each: T) => string | number): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const each of list) counts[kindOf(each)] = (counts[kindOf(each)] ?? 0) + 1
  return counts
}
