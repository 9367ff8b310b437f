import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuthoredQuestion } from '../../src/content/document.ts'
import { toExact } from '../../src/grading/decimal.ts'
import { Fraction } from '../../src/grading/fraction.ts'
import { canonicalJson } from '../../src/grading/same-json.ts'
import { toFraction } from '../../src/grading/share.ts'
import { shuffle } from '../../src/grading/shuffle.ts'
import { questionType } from '../../src/grading/types/registry.ts'
import type { Json } from '../support/quiz-document.ts'
import { earnedByEach, type Published, published, publishedQuestions } from './arbitrary-questions.ts'
import { rewritten, scoringsFor, typeNames, written } from './arbitrary-questions.ts'
import { responseProblems } from './earned.ts'

/** Every run draws the same. */
const RUNS = { seed: 20_260_107, numRuns: 40 }

/** Asserts a law of published questions of a type. */
function always(type: string, law: (drawn: Published) => void): void {
  fc.assert(fc.property(publishedQuestions(type), law), RUNS)
}

/** Of a key as it is parsed, for the types that it is asked of. */
interface AnyKey {
  readonly answers: readonly { readonly text?: string; readonly fraction: number | string }[]
  readonly units?: Readonly<Record<string, string | number | { factor: string | number; fraction: string | number }>>
  readonly blanks: Readonly<Record<string, unknown>>
}

/**
 * Whether a right answer may stay unsaid: only patterns and wildcards earn everything, no unit that earns everything comes
 * out even, or a person has to say.
 */
function mayBeUnsaid({ type, content, key }: Pick<AuthoredQuestion, 'type' | 'content' | 'key'>): boolean {
  const { answers, units, blanks } = key as AnyKey
  if (type === 'essay') return true
  if (type === 'short-text') return !answers.some((answer) => answer.text !== undefined && earnsAll(answer.fraction))
  if (type === 'cloze') {
    const all = content['blanks'] as (Json & { id: string; type: string })[]
    return all.some((blank) => mayBeUnsaid({ type: blank.type, content: blank, key: blanks[blank.id] }))
  }
  if (type !== 'numeric' || !units) return false
  const whole = Object.values(units).filter((unit) => typeof unit !== 'object' || earnsAll(unit.fraction))
  return whole.every((unit) => isUneven(toExact(typeof unit === 'object' ? unit.factor : unit)))
}

const earnsAll = (fraction: number | string) => toFraction(fraction).equals(1)

/** Whether a number divided by this one may have no end. */
function isUneven({ n }: Fraction): boolean {
  let rest = n
  for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime
  return rest !== 1n
}

/** Everything that has no order is in another: lists, sets, and the members of objects. Orders stay as they are. */
function reordered(value: unknown, seed: string, isOrder = false): unknown {
  if (Array.isArray(value)) {
    const each = value.map((member) => reordered(member, seed))
    return isOrder ? each : shuffle(each, seed)
  }
  if (typeof value !== 'object' || value === null) return value
  const members = shuffle(Object.entries(value), seed)
  return Object.fromEntries(members.map(([name, member]) => [name, reordered(member, seed, name === 'order')]))
}

/** The ids of every list, also of those in blanks. */
function idsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => (name === 'id' ? [String(member)] : idsIn(member)))
}

/** The same with other ids, as names and as values. A weight such as "1" is no id. */
function renamed(value: unknown, names: ReadonlyMap<string, string>, areIds = true): unknown {
  if (Array.isArray(value)) return value.map((member) => renamed(member, names))
  if (typeof value === 'string') {
    if (!areIds) return value
    return names.get(value) ?? value.replaceAll(/\{\{([^}]+)\}\}/g, (_marker, id) => `{{${names.get(id)}}}`)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      names.get(name) ?? name,
      renamed(member, names, areIds && name !== 'weights'),
    ]),
  )
}

for (const type of typeNames) {
  describe(`${type}, whatever the question is`, () => {
    it(`earns from 0 to 1 by every method${type === 'essay' ? ', or waits for a person' : ''}`, () => {
      always(type, ({ question, responses }) => {
        for (const earned of responses.flatMap((response) => earnedByEach(question, response))) {
          if (type === 'essay' && earned === 'pending') continue
          const { n, d, s } = new Fraction(earned)
          expect(s >= 0n && n <= d, earned).toBe(true)
        }
      })
    })

    it('has a right answer that is well-formed and earns exactly everything by every method, where one can be said', () => {
      always(type, ({ question }) => {
        const { content, key } = question
        const answer = questionType(type).answer(content, key)
        expect(answer !== null || mayBeUnsaid(question), JSON.stringify(key)).toBe(true)
        if (answer === null) return
        expect(responseProblems(type, { content, response: answer })).toEqual([])
        expect(new Set(earnedByEach(question, answer))).toEqual(new Set(['1']))
        // It is served as JSON.
        expect(earnedByEach(question, JSON.parse(JSON.stringify(answer)))).toEqual(earnedByEach(question, answer))
      })
    })

    it('earns the same in whatever order lists and sets are written', () => {
      fc.assert(
        fc.property(publishedQuestions(type), fc.string(), ({ question, responses }, seed) => {
          // The parsed question: of options with one text the first stays, so there order means something.
          const { content, key, scoring, prompt } = question
          const other = published(
            written(
              { type, prompt, content: reordered(content, seed) as Json },
              { key: reordered(key, seed) as Json, scoring },
            ),
          )
          expect(other).not.toBeNull()
          for (const response of responses) {
            expect(earnedByEach(other!, reordered(response, seed))).toEqual(earnedByEach(question, response))
          }
          const answer = questionType(type).answer(content, key)
          expect(answer === null ? [] : earnedByEach(other!, answer).filter((earned) => earned !== '1')).toEqual([])
          // Of several right answers the one that is told says nothing of the author's order, but for lists of answers.
          const isTold = !['numeric', 'short-text', 'cloze'].includes(type)
          expect(isTold ? questionType(type).answer(other!.content, other!.key) : answer).toEqual(answer)
        }),
        RUNS,
      )
    })

    it('earns the same whatever its parts are called', () => {
      fc.assert(
        fc.property(publishedQuestions(type), fc.string(), (drawn, seed) => {
          const ids = [...new Set(idsIn(drawn.content))]
          const names = new Map(shuffle(ids, seed).map((id, index) => [id, `${index}-another-name`]))
          const { id: _, type: __, ...rest } = written(drawn, drawn.keyed)
          const other = published({ id: 'question', type, ...(renamed(rest, names) as Json) })
          expect(other).not.toBeNull()
          for (const response of drawn.responses) {
            expect(earnedByEach(other!, renamed(response, names))).toEqual(earnedByEach(drawn.question, response))
          }
        }),
        RUNS,
      )
    })

    it('takes responses for one exactly where they are written in two ways, and those earn the same by every key', () => {
      const withOtherWritings = publishedQuestions(type).chain((drawn) =>
        fc.tuple(
          fc.constant(drawn),
          fc.tuple(
            ...drawn.responses.map((response) =>
              fc.tuple(fc.constant(response), ...[1, 2, 3].map(() => rewritten(drawn, response))),
            ),
          ),
        ),
      )
      fc.assert(
        fc.property(withOtherWritings, ([{ question, twin }, writings]) => {
          const { content } = question
          const canonical = (response: unknown) => canonicalForm(type, content, response)
          for (const [response, ...same] of writings) {
            for (const other of same) {
              expect(responseProblems(type, { content, response: other })).toEqual([])
              expect(canonical(other)).toBe(canonical(response))
            }
          }
          const all = writings.flat()
          for (const response of all) {
            for (const other of all.filter((each) => canonical(each) === canonical(response))) {
              expect(earnedByEach(question, other)).toEqual(earnedByEach(question, response))
              expect(earnedByEach(twin, other)).toEqual(earnedByEach(twin, response))
            }
          }
        }),
        RUNS,
      )
    })
  })
}

function canonicalForm(type: string, content: object, response: unknown): string {
  return canonicalJson(questionType(type).canonical(response, content))
}

describe('the canonical form of a response', () => {
  it.each<[type: string, content: object, one: unknown, other: unknown]>([
    ['single-choice', {}, { choice: 'a' }, { choice: 'A' }],
    ['multiple-choice', {}, { choices: ['a'] }, { choices: ['a', 'b'] }],
    ['ordering', {}, { order: ['a', 'b'] }, { order: ['b', 'a'] }],
    ['matching', {}, { pairs: { p: 'a' } }, { pairs: { p: 'a', q: 'a' } }],
    ['numeric', {}, { number: '1' }, { number: '1.000000000000000000001' }],
    ['numeric', { units: ['m', 'km'] }, { number: '1', unit: 'km' }, { number: '1000', unit: 'm' }],
    ['short-text', {}, { text: 'Paris' }, { text: 'paris' }],
    ['short-text', {}, { text: 'café' }, { text: 'cafe' }],
    ['short-text', {}, { text: 'a b' }, { text: 'a  b' }],
    ['short-text', {}, { text: 'ﬁ' }, { text: 'fi' }],
    ['cloze', { blanks: [{ id: 'b', type: 'short-text' }] }, { blanks: {} }, { blanks: { b: '' } }],
    ['cloze', { blanks: [{ id: 'b', type: 'short-text' }] }, { blanks: { b: '1' } }, { blanks: { b: '1.0' } }],
    ['essay', {}, { text: 'No.' }, { text: 'no.' }],
  ])('of %s keeps apart what a key could keep apart: %j, %j and %j', (type, content, one, other) => {
    expect(canonicalForm(type, content, one)).not.toBe(canonicalForm(type, content, other))
  })
})

/** What there is to say of a question's right answer: null where publishing refuses the question. */
function rightAnswerTo(type: string, members: Json) {
  const question = published({ ...written({ type, prompt: 'What?', content: {} }, { key: {} }), ...members })
  if (question === null) return null
  const { content, key } = question
  const answer = questionType(type).answer(content, key)
  if (answer === null) return 'none'
  const problems = responseProblems(type, { content, response: answer })
  return { problems, earned: problems.length > 0 ? [] : earnedByEach(question, answer) }
}

describe('a right answer that is hard to write', () => {
  const RIGHT = { problems: [], earned: ['1'] }

  it.each(['1e100', '-6.02e-70', `${'9'.repeat(60)}e308`])('is a number with an exponent: %s', (value) => {
    expect(rightAnswerTo('numeric', { key: { answers: [{ value }] } })).toEqual(RIGHT)
  })

  it.each([
    { min: '1e100' },
    { min: '1e99', max: '2e99' },
    { min: '1'.repeat(64), max: '2'.repeat(64) },
    { min: '0', max: '1e-300', includeMin: false, includeMax: false },
  ])('is a number in the range %j', (range) => {
    expect(rightAnswerTo('numeric', { key: { answers: [{ range }] } })).toEqual(RIGHT)
  })

  it.each<[what: string, key: Json]>([
    ['white space around it', { answers: [{ text: '   Paris   ' }] }],
    ['white space in it', { answers: [{ text: 'a     b' }], collapseWhitespace: true }],
    ['punctuation', { answers: [{ text: 'P.a.r.i.s.' }], ignorePunctuation: true }],
    ['what nobody sees', { answers: [{ text: 'Pa\u200Bris\u2060' }] }],
    ['half a surrogate pair', { answers: [{ text: 'Pa\uD800' }] }],
  ])(
    'is never a text that a response cannot be for %s: publishing refuses it, or it is written otherwise',
    (_, key) => {
      expect([null, RIGHT]).toContainEqual(rightAnswerTo('short-text', { maxLength: 5, key }))
    },
  )
})

it('every method of the documentation is held against these laws', () => {
  const drawn = typeNames.flatMap((type) => fc.sample(publishedQuestions(type), { ...RUNS, numRuns: 20 }))
  const methods = drawn.flatMap(({ type, question }) => scoringsFor(type, question.key).map(({ method }) => method))
  expect(new Set(methods).size).toBe(17)
})
