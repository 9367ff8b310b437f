import { own } from '../own.ts'
import type { Listed } from './question-type.ts'

/** For each item the ones that must come before it. What is not named depends on nothing. */
export type DependsOn = Readonly<Record<string, readonly string[]>>

/** For each item everything that must come before it, what its dependencies depend on included. Takes what has no circle. */
export function allBefore(dependsOn: DependsOn, items: readonly Listed[]): ReadonlyMap<string, ReadonlySet<string>> {
  const before = new Map<string, ReadonlySet<string>>()
  const collect = (item: string): ReadonlySet<string> => {
    const known = before.get(item)
    if (known) return known
    const direct = own(dependsOn, item) ?? []
    const all = new Set(direct.flatMap((dependency) => [dependency, ...collect(dependency)]))
    before.set(item, all)
    return all
  }
  for (const { id } of items) collect(id)
  return before
}

/**
 * An order in which everything comes after what it depends on: at each place the first item by id that can stand there.
 * Shorter than the items where some depend on one another in a circle.
 */
export function validOrder(dependsOn: DependsOn, items: readonly Listed[]): string[] {
  const left = new Set(items.map((item) => item.id).toSorted())
  const order: string[] = []
  for (;;) {
    const next = [...left].find((item) => (own(dependsOn, item) ?? []).every((dependency) => !left.has(dependency)))
    if (next === undefined) return order
    left.delete(next)
    order.push(next)
  }
}
