import { own } from '../../grading/own.ts'
import type { DependsOn } from '../../grading/types/dependencies.ts'
import { type ChangeKey, numbered } from './key-change.ts'

/** Two neighbours have changed places. */
export const changeOrder: ChangeKey<{ order: readonly string[] }> = ({ key: { order } }) =>
  order.slice(1).map((second, index) => ({
    what: `item ${index + 2} comes right before item ${index + 1}`,
    key: { order: order.toSpliced(index, 2, second, order[index]!) },
  }))

/** One dependency is not there. */
export const changeDependencies: ChangeKey<{ dependsOn: DependsOn }> = ({ content, key }) => {
  const items = numbered(content['items'])
  const numberOf = (id: string) => items.find((item) => item.id === id)!.number
  return items.flatMap(({ id, number }) => {
    const before = own(key.dependsOn, id) ?? []
    return before.map((earlier) => ({
      what: `item ${number} need not come after item ${numberOf(earlier)}`,
      key: { dependsOn: { ...key.dependsOn, [id]: before.filter((each) => each !== earlier) } },
    }))
  })
}
