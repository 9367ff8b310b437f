import { describe, expect, it } from 'vitest'
import { explain, type Model, type Operation } from './linearizability.ts'

/** A register that holds one number: what the literature's examples are about. */
type RegisterAction = { readonly write: number } | { readonly read: number }

const register: Model<number, RegisterAction> = {
  initial: 0,
  keyOf: String,
  apply(state, action, isAnswered) {
    if ('write' in action) return action.write
    return !isAnswered || action.read === state ? state : null
  },
}

const write = (value: number, invoked: number, answered: number | null): Operation<RegisterAction> => ({
  action: { write: value },
  invoked,
  answered,
})
const read = (value: number, invoked: number, answered: number | null): Operation<RegisterAction> => ({
  action: { read: value },
  invoked,
  answered,
})

describe('a history is explained', () => {
  it.each([
    ['of nothing', [], []],
    ['of one after the other', [write(1, 1, 2), read(1, 3, 4), write(2, 5, 6), read(2, 7, 8)], [0, 1, 2, 3]],
    ['in which a read overlaps the write that it sees', [write(1, 1, 4), read(1, 2, 3)], [0, 1]],
    ['in which a read overlaps a write that it does not see', [write(1, 1, 4), read(0, 2, 3)], [1, 0]],
    ['in which writes at once come in the other order', [write(1, 1, 4), write(2, 2, 3), read(1, 5, 6)], [1, 0, 2]],
    ['in which a write without an answer is seen', [write(1, 1, null), read(0, 2, 3), read(1, 4, 5)], [1, 0, 2]],
    ['in which a write without an answer is never seen', [write(1, 1, null), read(0, 2, 3), read(0, 4, 5)], [1, 2]],
    ['in which a read has no answer', [read(7, 1, null), write(1, 2, 3)], [1]],
  ])('%s', (_, history, order) => {
    const { kind, ...found } = explain(register, history)
    expect(kind).toBe('explained')
    expect('order' in found && found.order).toEqual(order)
  })
})

describe('a history cannot be explained, and the first answer at which that shows is named,', () => {
  it.each([
    ['in which a read is stale', [write(1, 1, 2), read(0, 3, 4), read(1, 5, 6)], 1],
    ['in which a write is lost', [write(1, 1, 2), write(2, 3, 4), read(2, 5, 6), read(1, 7, 8)], 3],
    ['in which a read sees what nobody wrote', [write(1, 1, 4), read(3, 2, 3)], 1],
    ['in which a read sees a later write', [read(1, 1, 2), write(1, 3, 4)], 0],
    [
      'in which readers disagree on an order',
      [write(1, 1, 9), write(2, 2, 10), read(1, 3, 4), read(2, 5, 6), read(1, 7, 8)],
      4,
    ],
    ['in which a write without an answer is seen, and then not', [write(1, 1, null), read(1, 2, 3), read(0, 4, 5)], 2],
  ])('%s', (_, history, culprit) => {
    expect(explain(register, history)).toMatchObject({ kind: 'unexplained', culprit })
  })

  it('in which the later part of an operation would have to come before the earlier one', () => {
    const parts = [write(1, 1, 4), { ...read(0, 1, 4), after: 0 }]
    expect(explain(register, parts)).toMatchObject({ kind: 'unexplained', culprit: 0 })
    expect(explain(register, [write(1, 1, 4), read(0, 1, 4)])).toMatchObject({ kind: 'explained' })
  })
})

describe('the search', () => {
  const manyAtOnce = Array.from({ length: 12 }, (_, number) => write(number + 1, number, 100 + number))

  it('is given up where it would take too long, and says so', () => {
    const history = [...manyAtOnce, read(99, 200, 201)]
    expect(explain(register, history, 50)).toEqual({ kind: 'undecided', configurations: 50 })
  })

  it('visits no configuration twice: 12 writes at once take no 479 million orders', () => {
    const found = explain(register, [...manyAtOnce, read(99, 200, 201)])
    expect(found.kind).toBe('unexplained')
    expect(found.configurations).toBeLessThanOrEqual(2 ** 12 * 13)
  })
})
