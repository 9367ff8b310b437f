import { type Playing, respond, resume } from './play.ts'
import type { Json } from './quiz-document.ts'
import type { Session } from './transcript.ts'

/** What a learner sends to the quizzes of `every-type-twins.ts`: the same whatever their keys are. */

const order = (ids: string): Json => ({ order: [...ids] })
const choices = (ids: string): Json => ({ choices: [...ids] })
const pairs = (written: Json): Json => ({ pairs: written })
const blanks = (written: Json): Json => ({ blanks: written })
const numbers = (...written: (string | number)[]): Json[] => written.map((number) => ({ number }))
const texts = (...written: string[]): Json[] => written.map((text) => ({ text }))

/**
 * Responses to each question: right in one document, half right or wrong in another, and some that are equal to the one
 * before by what is public.
 */
const SENT: Readonly<Record<string, readonly Json[]>> = {
  weighed: [{ choice: 'a' }, { choice: 'b' }, { choice: 'c' }, { choice: 'c' }],
  'picks-1': ['pq', 'rst', 'tsr', 'pqrs', 'q', ''].map(choices),
  'picks-2': ['pqr', 't', 'ps', 'qr', 'rq', 'pqrst'].map(choices),
  'picks-3': ['pst', 'p', 'qr', 'rq', 'pqrst', 't'].map(choices),
  'order-1': ['wxyz', 'zyxw', 'xwzy', 'yzwx', 'yzwx'].map(order),
  'order-2': ['zwxy', 'wxyz', 'wxyz', 'yxwz', 'zxyw', 'wxzy'].map(order),
  'order-3': ['xyzw', 'wzyx', 'zwxy', 'yxzw', 'yxzw', 'wyzx'].map(order),
  match: [
    pairs({ l: '1', m: '2', n: '3' }),
    pairs({ n: '3', m: '2', l: '1' }),
    pairs({ l: '4', m: '4', n: '4' }),
    pairs({ l: '2', m: '1' }),
    pairs({}),
    pairs({ l: '4', m: '2', n: '1' }),
  ],
  number: numbers('268435456', '2.68435456e8', 268_435_456, '5,4', '5.40', 1, '1,6', '-7', '0'),
  size: [
    ...numbers('1500', '1500.0').map((response) => ({ ...response, unit: 'B' })),
    { number: 1.5, unit: 'kB' },
    { number: '1,5'.replace(',', '.'), unit: 'B' },
    { number: '3', unit: 'MiB' },
    { number: 1, unit: 'kB' },
  ],
  words: texts('docker', ' docker ', 'Docker', 'dockers', 'do\u0308cker', 'döcker', 'k8s', 'pod', 'a. b', ''),
  gaps: [
    blanks({ tool: 'docker', many: '5', kind: 'i', often: '0' }),
    blanks({ often: '0.0', kind: 'i', many: '5,0', tool: ' docker ' }),
    blanks({ tool: 'x', many: '7.5', kind: 'k', often: '-1' }),
    blanks({ tool: '' }),
    blanks({}),
  ],
  essay: texts('It depends.', ' It depends. ', '   ', 'Poor.'),
}

export const ROUNDS = Math.max(...Object.values(SENT).map((sent) => sent.length))

/** Answers everything at once, in several rounds: who has no more to say repeats the last. */
export async function answerEveryType(playing: Playing): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await respond(playing, responsesOf(round))
    if (round % 3 === 0) await resume(playing)
  }
}

export function responsesOf(round: number): Json[] {
  return Object.entries(SENT).map(([question, sent]) => ({ question, response: sent[round] ?? sent.at(-1)! }))
}

/** Malformed responses, some of which would be right but for one thing in one of the documents. */
export const MALFORMED: Readonly<Record<string, readonly unknown[]>> = {
  weighed: [{ choice: 'd' }, { weights: { a: 1 } }, { choice: 'a', fraction: 1 }],
  'picks-1': [choices('pp'), choices('pz'), { weights: {} }, choices('rsta')],
  'picks-3': [{ choices: 'pst' }, { choices: ['p', ['q']] }],
  'order-1': [order('wxy'), order('wxyzw'), order('zyxq'), order('xxzy'), order(''), { order: 'wxyz' }, { items: [] }],
  'order-3': [{ dependsOn: {} }, { order: { 0: 'x' } }, order('xyz'), { order: [...'xyz', 7] }],
  match: [
    pairs({ l: '1', m: '2', x: '3' }),
    pairs({ l: '5', m: '2', n: '3' }),
    pairs({ l: '1', m: 'n' }),
    pairs({ constructor: '1', l: '4' }),
    { pairs: [['l', '1']] },
    pairs({ l: ['1'] }),
    pairs({ l: null }),
  ],
  number: [
    ...numbers('', ' ', '0x5', 'Infinity', 'NaN', '1_000', '1 000', '5,,4', '1.000,5', '1e999', '5 B', '٥', 2 ** 53),
    { number: '5', unit: 'B' },
    { number: null },
    { number: true },
    { value: '5' },
  ],
  size: [{ number: '1500' }, { number: '1500', unit: 'KB' }, { number: '1,5', unit: 'kB' }, { unit: 'B' }],
  words: [{ text: 'x'.repeat(61) }, { text: 7 }, { text: ['docker'] }, { pattern: '[a-z]+' }, {}],
  gaps: [
    blanks({ tool: 'docker', other: 'x' }),
    blanks({ many: 'five' }),
    blanks({ many: '5', often: '5,0' }),
    blanks({ kind: 'l' }),
    blanks({ kind: 'I' }),
    blanks({ tool: 5 }),
    blanks({ toString: 'i' }),
    { blanks: [['tool', 'docker']] },
  ],
  essay: [{ text: 'x'.repeat(401) }, { text: null }, { text: 'x', score: 5 }],
}

/** Sends what is malformed, each beside something that would count: nothing of it may. */
export async function stumbleOnEveryType(playing: Playing): Promise<void> {
  for (const [question, malformed] of Object.entries(MALFORMED)) {
    for (const response of malformed) {
      await respond(playing, [
        { question: 'fixed', response: { choice: 'a' } },
        { question, response },
      ])
    }
  }
}

/** Takes the quiz in one call, once with something malformed. */
export async function submitEveryType({ send, quiz }: Session, round: number): Promise<void> {
  const path = `/v1/quizzes/${quiz}/submissions`
  const responses = responsesOf(round)
  await send('POST', path, { body: { responses: [...responses.slice(1), { question: 'weighed', response: {} }] } })
  await send('POST', path, { body: { responses } })
}
