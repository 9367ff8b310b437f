import type { Response } from '../../../player/contract.ts'
import { canary, canaryNumber } from '../../support/canaries.ts'

/** What learners answer to the questions of `everyType()`, and what that earns by the keys there. */
export interface Answers {
  readonly points: number
  readonly right: Response
  /** Something that earns a part, and how much. */
  readonly partly?: readonly [Response, points: number]
  /** Each earns nothing. */
  readonly wrong: readonly Response[]
}

const choices = (ids: string) => ({ choices: [...ids] })
const order = (ids: string) => ({ order: [...ids] })
const pairs = (n: string, l: string, m: string) => ({ pairs: { n, l, m } })
const number = (id: string) => canaryNumber(id, 'value')
const words = (id: string) => canary(id, 'text')

export const ANSWERS: Readonly<Record<string, Answers>> = {
  single: { points: 1, right: { choice: 'b' }, wrong: [{ choice: 'a' }, { choice: 'c' }] },
  multiple: {
    points: 3,
    right: choices('pqr'),
    // Three of three right ones, and one wrong one.
    partly: [choices('pqrt'), 2],
    wrong: [choices('t'), choices('st'), choices('ps')],
  },
  truth: { points: 1, right: { choice: 'true' }, wrong: [{ choice: 'false' }] },
  order: {
    points: 4,
    right: order('xwzy'),
    // Two of four are in their place.
    partly: [order('xwyz'), 2],
    wrong: [order('wxyz'), order('yzwx'), order('zyxw')],
  },
  steps: {
    points: 4,
    right: order('wzxy'),
    // One of four has to be put elsewhere, which is a deletion and an insertion.
    partly: [order('wzyx'), 2],
    wrong: [order('yzxw'), order('yxzw')],
  },
  match: {
    points: 3,
    right: pairs('2', '4', '2'),
    partly: [pairs('2', '1', '1'), 1],
    wrong: [pairs('1', '1', '1'), pairs('3', '3', '3'), pairs('4', '2', '4')],
  },
  number: {
    points: 2,
    right: { number: number('number') },
    // A negative number.
    partly: [{ number: '-1,5' }, 1],
    wrong: [{ number: '5' }, { number: '6,25' }, { number: '1e3' }],
  },
  size: {
    points: 2,
    right: { number: number('size'), unit: 'B' },
    // As many bytes, but in kB.
    partly: [{ number: number('size').replace(/...$/, '.$&'), unit: 'kB' }, 1],
    wrong: [
      { number: '5', unit: 'B' },
      { number: '5', unit: 'kB' },
      { number: '6', unit: 'B' },
    ],
  },
  words: {
    points: 4,
    right: { text: words('words') },
    partly: [{ text: 'podman' }, 1],
    wrong: [{ text: 'vm' }, { text: 'ship' }, { text: 'crate' }],
  },
  cloze: {
    points: 4,
    right: { blanks: { tool: words('cloze'), many: number('cloze'), kind: 'i' } },
    // A tool of half the worth, which weighs two of four.
    partly: [{ blanks: { tool: 'podman', many: '5', kind: 'k' } }, 1],
    wrong: [{ blanks: { tool: 'vm', many: '5', kind: 'k' } }, { blanks: { tool: 'ship' } }, { blanks: { kind: 'k' } }],
  },
}

/** A person grades it. */
export const ESSAY = { text: 'Containers share a kernel.\nVirtual machines do not.' }
