import { own } from '../../grading/own.ts'
import { allBefore, type DependsOn } from '../../grading/types/dependencies.ts'
import { type ChangeKey, numbered } from './key-change.ts'

/** Two neighbours have changed places, or a dependency is not there. */
export const changeOrdering: ChangeKey<{ readonly order: readonly string[] } | { readonly dependsOn: DependsOn }> = ({
  content,
  key,
}) => ('order' in key ? changeOrder({ content, key }) : changeDependencies({ content, key }))

const changeOrder: ChangeKey<{ order: readonly string[] }> = ({ key: { order } }) =>
  order.slice(1).map((second, index) => ({
    what: `item ${index + 2} comes right before item ${index + 1}`,
    key: { order: order.toSpliced(index, 2, second, order[index]!) },
  }))

/** One dependency is not there, and does not follow from the others. */
const changeDependencies: ChangeKey<{ dependsOn: DependsOn }> = ({ content, key }) => {
  const items = numbered(content['items'])
  const numberOf = (id: string) => items.find((item) => item.id === id)!.number
  return items.flatMap(({ id, number }) => {
    const before = own(key.dependsOn, id) ?? []
    return before.flatMap((earlier) => {
      const dependsOn = { ...key.dependsOn, [id]: before.filter((each) => each !== earlier) }
      const follows = allBefore(dependsOn, items).get(id)!.has(earlier)
      const what = `item ${number} need not come after item ${numberOf(earlier)}`
      return follows ? [] : [{ what, key: { dependsOn } }]
    })
  })
}
