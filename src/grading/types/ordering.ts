import { ONE, ZERO } from '../fraction.ts'
import { Id } from '../identifiers.ts'
import type { Issue } from '../issue.ts'
import { oneOf } from '../one-of.ts'
import { partialOrder } from '../scoring/orders/partial-order.ts'
import { ORDER_METHODS, scoreBy } from '../scoring/registry.ts'
import { strictObject } from '../strict-object.ts'
import { strictRecord } from '../strict-record.ts'
import { allBefore, type DependsOn, validOrder } from './dependencies.ts'
import { checkIds, Picks } from './options.ts'
import { type Listed, PLAIN, type QuestionType } from './question-type.ts'

const Order = strictObject({ order: Picks })
type Order = { readonly order: readonly string[] }
type Key = Order | { readonly dependsOn: DependsOn }
interface Content {
  readonly items: readonly Listed[]
}

/** Items to be put in order: the one of the key, or any in which each comes after what it depends on. */
export const ordering: QuestionType<Content, Key, Order> = {
  ...PLAIN,
  type: 'ordering',
  lists: { items: { min: 2, max: 50, shuffle: 'always', use: 'sequence' } },
  key: oneOf({ order: Order, dependsOn: strictObject({ dependsOn: strictRecord(Id, Picks) }) }),
  response: Order,
  methods: (key) => ('order' in key ? [...ORDER_METHODS.keys(), 'partial-order'] : ['partial-order', 'exact']),
  checkResponse: checkOrder,
  checkKey: (content, key) => ('order' in key ? checkOrder(content, key) : checkDependsOn(content, key.dependsOn)),
  canonical: (response) => response,
  rename: ({ order }, nameOf) => ({ order: order.map(nameOf) }),
  grade({ content, key, scoring, response }) {
    const { order } = response
    if ('dependsOn' in key) {
      const before = allBefore(key.dependsOn, content.items)
      const earned = partialOrder(order.length, (earlier, later) => before.get(order[earlier]!)!.has(order[later]!))
      return scoring.method === 'exact' && !earned.equals(ONE) ? ZERO : earned
    }
    const rightPlaces = new Map(key.order.map((id, place) => [id, place]))
    const ranks = order.map((id) => rightPlaces.get(id)!)
    if (scoring.method !== 'partial-order') return scoreBy(ORDER_METHODS, scoring, ranks)
    return partialOrder(order.length, (earlier, later) => ranks[earlier]! > ranks[later]!)
  },
  answer: (content, key) => ('order' in key ? key : { order: validOrder(key.dependsOn, content.items) }),
}

const UNKNOWN = 'The question has no item with this id.'

function checkOrder({ items }: Content, { order }: Order): Issue[] {
  const unknown = checkIds(items, order, (index) => ['order', index], UNKNOWN)
  if (unknown.length > 0 || order.length === items.length) return unknown
  return [{ path: ['order'], code: 'inconsistent', detail: `Expected all ${items.length} items, each once.` }]
}

function checkDependsOn({ items }: Content, dependsOn: DependsOn): Issue[] {
  const names = Object.keys(dependsOn)
  const unknown = [
    ...checkIds(items, names, (index) => ['dependsOn', names[index]!], UNKNOWN),
    ...Object.entries(dependsOn).flatMap(([name, ids]) =>
      checkIds(items, ids, (index) => ['dependsOn', name, index], UNKNOWN),
    ),
  ]
  if (unknown.length > 0 || validOrder(dependsOn, items).length === items.length) return unknown
  return [{ path: ['dependsOn'], code: 'inconsistent', detail: 'Some items depend on one another in a circle.' }]
}
