import { canary, canaryNumber } from './canaries.ts'
import type { Json } from './quiz-document.ts'

/** What a response earns, and which secrets come with it when its question closes, beside those that always come. */
interface Specimen {
  readonly response: Json
  readonly score: number
  /** The feedback on the answer of the key that it was graded by. */
  readonly matched?: readonly string[]
}

export interface AnsweredQuestion {
  readonly question: string
  readonly right: Specimen
  readonly partly: Specimen
  /** Two that earn nothing, and that are not equal. */
  readonly wrong: readonly [Specimen, Specimen]
  /** A right answer, as it is told at the close, and the canaries in it. */
  readonly answer: Json
  readonly answerSecrets: readonly string[]
  /** The feedback on options and their like, in the order in which it is told. */
  readonly entries: readonly string[]
}

/** What learners send is no canary: it comes back to them at once. */
const inCapitals = (question: string, place: string) => canary(question, place).toUpperCase()

/** A number of twelve digits, with its point in another place. */
function scientific(number: string, exponent: number): string {
  return `${number.slice(0, 1)}.${number.slice(1)}e${exponent}`
}

const order = (ids: string): Json => ({ order: [...ids] })
const pairs = (written: Json): Json => ({ pairs: written })
const blanks = (written: Json): Json => ({ blanks: written })

/** The questions of `everyType()` whose types are not in `quizDocument()`, but for the essay. */
export const SPECIMENS: readonly AnsweredQuestion[] = [
  {
    question: 'order',
    right: { response: order('xwzy'), score: 4 },
    partly: { response: order('xwyz'), score: 2 },
    wrong: [
      { response: order('wxyz'), score: 0 },
      { response: order('yzwx'), score: 0 },
    ],
    answer: order('xwzy'),
    answerSecrets: [],
    entries: ['items-w', 'items-x', 'items-y', 'items-z'],
  },
  {
    question: 'steps',
    right: { response: order('wzxy'), score: 4 },
    // One item has to move: one deletion and one insertion of four.
    partly: { response: order('xwzy'), score: 2 },
    wrong: [
      { response: order('yzxw'), score: 0 },
      { response: order('yxzw'), score: 0 },
    ],
    answer: order('wxzy'),
    answerSecrets: [],
    entries: ['items-w', 'items-x', 'items-y', 'items-z'],
  },
  {
    question: 'match',
    right: { response: pairs({ l: '4', m: '2', n: '2' }), score: 3 },
    partly: { response: pairs({ n: '2', l: '1' }), score: 1 },
    wrong: [
      { response: pairs({ n: '1', l: '2', m: '3' }), score: 0 },
      { response: pairs({}), score: 0 },
    ],
    answer: pairs({ l: '4', m: '2', n: '2' }),
    answerSecrets: [],
    entries: ['options-1', 'options-2', 'options-3', 'options-4', 'prompts-l', 'prompts-m', 'prompts-n'],
  },
  {
    question: 'number',
    right: { response: { number: scientific(canaryNumber('number', 'value'), 11) }, score: 2 },
    partly: { response: { number: '-1,5' }, score: 1 },
    wrong: [
      { response: { number: 5 }, score: 0 },
      { response: { number: '-.5' }, score: 0 },
    ],
    answer: { number: canaryNumber('number', 'value') },
    answerSecrets: ['value'],
    entries: [],
  },
  {
    question: 'size',
    right: { response: { number: scientific(canaryNumber('size', 'value'), 11), unit: 'B' }, score: 2 },
    partly: { response: { number: scientific(canaryNumber('size', 'value'), 8), unit: 'kB' }, score: 1 },
    wrong: [
      { response: { number: 5, unit: 'kB' }, score: 0 },
      { response: { number: 5, unit: 'crate' }, score: 0 },
    ],
    answer: { number: canaryNumber('size', 'value'), unit: 'B' },
    answerSecrets: ['value'],
    entries: [],
  },
  {
    question: 'words',
    right: { response: { text: inCapitals('words', 'text') }, score: 4, matched: ['text-feedback'] },
    partly: { response: { text: 'Podman' }, score: 1, matched: ['pattern-feedback'] },
    wrong: [
      { response: { text: 'VM' }, score: 0, matched: ['wrong-feedback'] },
      { response: { text: '' }, score: 0 },
    ],
    answer: { text: canary('words', 'text') },
    answerSecrets: ['text'],
    entries: [],
  },
  {
    question: 'cloze',
    right: {
      response: blanks({
        tool: inCapitals('cloze', 'text'),
        many: scientific(canaryNumber('cloze', 'value'), 11),
        kind: 'i',
      }),
      score: 4,
      matched: ['text-feedback'],
    },
    // Half of two, and half of one.
    partly: {
      response: blanks({ kind: 'j', tool: 'PODMAN', many: '5,5' }),
      score: 1.5,
      matched: ['pattern-feedback'],
    },
    wrong: [
      { response: blanks({ tool: 'vm', many: '5', kind: 'k' }), score: 0 },
      { response: blanks({}), score: 0 },
    ],
    answer: blanks({ tool: canary('cloze', 'text'), many: canaryNumber('cloze', 'value'), kind: 'i' }),
    answerSecrets: ['text', 'value'],
    entries: ['kinds-i', 'kinds-j', 'kinds-k'],
  },
]
