import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/content/parse-document.ts'
import type { AuthoredQuestion } from '../../src/content/document.ts'
import { join, split, toDocument } from '../../src/content/split.ts'
import { shuffle } from '../../src/grading/shuffle.ts'
import { questionType } from '../../src/grading/types/registry.ts'
import type { Json } from '../support/quiz-document.ts'
import { documentOf, drawnQuestions, published, scoringsFor, typeNames, written } from './arbitrary-questions.ts'
import { responseProblems } from './earned.ts'

/** Every run draws the same. */
const RUNS = { seed: 20_260_109, numRuns: 40 }

const throughJson = (value: unknown): any => JSON.parse(JSON.stringify(value))

function parsedQuiz(document: unknown) {
  const parsed = parseDocument(document)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  return parsed.value
}

describe('a question of any type', () => {
  it('is drawn so that publishing accepts nearly all of them, with either key', () => {
    const refused = typeNames.flatMap((type) =>
      fc
        .sample(drawnQuestions(type), { ...RUNS, numRuns: 50 })
        .flatMap((drawn) => [drawn.keyed, drawn.otherwise].filter((keyed) => !published(written(drawn, keyed)))),
    )
    expect(refused.length).toBeLessThan(typeNames.length * 2)
  })

  for (const type of typeNames) {
    it(`${type} is whole again when its parts are joined, after each was stored as JSON`, () => {
      fc.assert(
        fc.property(drawnQuestions(type), (drawn) => {
          fc.pre(published(written(drawn, drawn.keyed)) !== null)
          const quiz = parsedQuiz(documentOf(written(drawn, drawn.keyed)))
          const parts = split(quiz)
          expect(throughJson(parts)).toEqual(parts)
          expect(join(parts.quiz, parts.answerKey)).toEqual(quiz)
          expect(join(throughJson(parts.quiz), throughJson(parts.answerKey))).toEqual(quiz)
          expect(parsedQuiz(throughJson(toDocument(quiz)))).toEqual(quiz)
        }),
        RUNS,
      )
    })
  }

  it('matching, of options that all have one text, can be published as it is read back, or not at all', () => {
    const question = {
      ...written({ type: 'matching', prompt: 'Match.', content: {} }, { key: { pairs: { p: 'a' } } }),
      prompts: [{ id: 'p', text: 'Prompt' }],
      options: [
        { id: 'a', text: 'Same' },
        { id: 'b', text: 'Same' },
      ],
    }
    const parsed = parseDocument(documentOf(question))
    if (!parsed.ok) return
    expect(parseDocument(throughJson(toDocument(parsed.value)))).toMatchObject({ ok: true })
  })
})

/** Whatever a learner sends, an isolate has ten milliseconds. */
const LIMIT = 10

/** The least of a few runs, in milliseconds: what else the machine does has no say. It can take the processor away, too. */
function timeOf(run: () => unknown): number {
  let least = Number.POSITIVE_INFINITY
  for (let left = 20; left > 0 && least >= LIMIT; left--) {
    const [start, used] = [performance.now(), process.cpuUsage()]
    run()
    const { user, system } = process.cpuUsage(used)
    least = Math.min(least, performance.now() - start, (user + system) / 1000)
  }
  return least
}

/** How long the slowest method takes to grade a response, in milliseconds. */
function gradingTime(question: AuthoredQuestion, response: Json): number {
  const { type, content, key } = question
  expect(responseProblems(type, { content, response })).toEqual([])
  const each = scoringsFor(type, key).map((scoring) =>
    timeOf(() => questionType(type).grade({ content, key, scoring, response })),
  )
  return Math.max(...each)
}

function publishedOf(type: string, { key, ...content }: Json): AuthoredQuestion | null {
  const blanks = (content['blanks'] ?? []) as { id: string }[]
  const prompt = `What? ${blanks.map(({ id }) => `{{${id}}}`).join(' ')}`
  return published(written({ type, prompt, content }, { key: key as Json }))
}

/** The same with as many copies, 20 at most, as publishing accepts. */
function timeAtTheEdge(type: string, questionOf: (copies: number) => Json, response: Json): number {
  let [accepted, refused] = [0, 21]
  while (refused - accepted > 1) {
    const copies = Math.floor((accepted + refused) / 2)
    if (publishedOf(type, questionOf(copies))) accepted = copies
    else refused = copies
  }
  return accepted === 0 ? 0 : gradingTime(publishedOf(type, questionOf(accepted))!, response)
}

const times = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => of(index))
const IDS = times(50, (index) => `i${index}`)
const ENTRIES = IDS.map((id) => ({ id, text: id }))
const membersOf = <T>(ids: readonly string[], of: (index: number) => T) =>
  Object.fromEntries(ids.map((id, index) => [id, of(index)] as const))

/** Two letters as if by chance, which no automaton can foresee. */
const chance = (letters: string) => shuffle([...letters.repeat(500)], 'chance').join('')

describe('what publishing accepts is graded in milliseconds, however large', () => {
  const half = [...IDS.slice(25), ...IDS.slice(0, 25)]
  it.each<[what: string, type: string, question: Json, response: Json]>([
    ['picks of 50', 'multiple-choice', { options: ENTRIES, key: { choices: IDS.slice(0, 25) } }, { choices: half }],
    [
      'weights of 50',
      'multiple-choice',
      { options: ENTRIES, key: { weights: membersOf(IDS, (index) => (index === 0 ? 1 : `${index}/${9999 - index}`)) } },
      { choices: IDS },
    ],
    ['50 items', 'ordering', { items: ENTRIES, key: { order: IDS } }, { order: half }],
    [
      '50 items that depend on all before',
      'ordering',
      { items: ENTRIES, key: { dependsOn: membersOf(IDS, (index) => IDS.slice(0, index)) } },
      { order: half },
    ],
    [
      '50 items of which half depends on half',
      'ordering',
      { items: ENTRIES, key: { dependsOn: membersOf(IDS.slice(25), () => IDS.slice(0, 25)) } },
      { order: half },
    ],
    [
      '50 prompts',
      'matching',
      { prompts: ENTRIES, options: ENTRIES, key: { pairs: membersOf(IDS, (index) => IDS[index]) } },
      { pairs: membersOf(IDS, (index) => half[index]) },
    ],
  ])('%s (%s)', (_what, type, question, response) => {
    expect(gradingTime(publishedOf(type, question)!, response)).toBeLessThan(LIMIT)
  })

  const large = `${'9'.repeat(59)}e308`
  const small = `.${'7'.repeat(57)}e-308`
  const numbers = (tolerance: Json) => times(20, () => ({ value: large, tolerance }))

  it.each<[tolerance: Json]>([
    [{ absolute: small }],
    [{ relative: small }],
    [{ geometric: small }],
    [{ significantFigures: 15 }],
    [{ decimalPlaces: 15 }],
  ])('20 numbers of 64 characters with %j', (tolerance) => {
    const question = { units: ['m'], key: { answers: numbers(tolerance), units: { m: small } } }
    expect(gradingTime(publishedOf('numeric', question)!, { number: small, unit: 'm' })).toBeLessThan(LIMIT)
  })

  const RULES = { unicode: 'NFKC', foldDiacritics: true, ignorePunctuation: true, collapseWhitespace: true }
  it.each<[what: string, key: Json, answer: Json, text: string]>([
    ['texts of 1000 characters, 3 edits', { maxEdits: 3 }, { text: `${'ab'.repeat(498)}cdef` }, 'ba'.repeat(500)],
    ['texts of 1000 accents', { ...RULES, maxEdits: 3 }, { text: `${'é'.repeat(998)}ab` }, 'é'.repeat(1000)],
    ['texts of 1000 syllables', { ...RULES, maxEdits: 3 }, { text: `${'각'.repeat(998)}ab` }, '각'.repeat(1000)],
    ['wildcards of 128 pieces', RULES, { wildcard: '*a'.repeat(128) }, 'a'.repeat(1000)],
    ['wildcards that nearly match', {}, { wildcard: `*${'a'.repeat(126)}b${'a'.repeat(127)}*` }, 'a'.repeat(1000)],
    ['patterns of nested stars', {}, { pattern: '((a*)*b?)*c' }, 'a'.repeat(1000)],
    ['patterns with few states', {}, { pattern: '.*a.{10}' }, chance('ab')],
    ['patterns with many states', {}, { pattern: '.*a.{100}' }, chance('ab')],
    ['patterns of letters', {}, { pattern: '(\\pL|\\pN)+' }, 'a'.repeat(1000)],
    ['ligatures of 18 characters', { unicode: 'NFKC' }, { pattern: '.*ل.{100}' }, chance('\uFDFA\uFDFB')],
  ])('20 %s, or as many as are accepted', (_what, rules, answer, text) => {
    const question = (copies: number) => ({ key: { ...rules, answers: times(copies, () => answer) } })
    expect(timeAtTheEdge('short-text', question, { text })).toBeLessThan(LIMIT)
  })

  it.each(['a{1000}'.repeat(12), '\\pL'.repeat(80), '\\pL{900}'])(
    '20 patterns that are long to read: %s',
    (pattern) => {
      const question = (copies: number) => ({ maxLength: 1, key: { answers: times(copies, () => ({ pattern })) } })
      expect(timeAtTheEdge('short-text', question, { text: 'a' })).toBeLessThan(LIMIT)
    },
  )

  const BLANKS = times(20, (index) => `blank-${index}`)
  it.each<[what: string, content: Json, key: Json, answer: Json, value: string]>([
    ['numbers', { type: 'numeric' }, {}, { value: large, tolerance: { geometric: small } }, small],
    ['texts', { type: 'short-text' }, RULES, { text: 'é'.repeat(1000) }, 'a'.repeat(1000)],
    ['texts, 3 edits', { type: 'short-text' }, { maxEdits: 3 }, { text: `${'a'.repeat(998)}bc` }, 'a'.repeat(1000)],
    ['wildcards', { type: 'short-text', maxLength: 9 }, RULES, { wildcard: '*a'.repeat(128) }, 'a'.repeat(9)],
    ['small patterns', { type: 'short-text', maxLength: 9 }, {}, { pattern: '[a-z]{1,8}' }, 'abc'],
    ...['.', '[^a]', '[α-ω]', '\\W'].map((part): [string, Json, Json, Json, string] => {
      const pattern = part.repeat(Math.floor(120 / part.length))
      return [`patterns of ${part}`, { type: 'short-text', maxLength: 1 }, {}, { pattern }, '!']
    }),
  ])('20 blanks of up to 20 %s each', (_what, content, key, answer, value) => {
    const question = (copies: number) => ({
      blanks: BLANKS.map((id) => ({ id, ...content })),
      key: { blanks: membersOf(BLANKS, () => ({ ...key, answers: times(copies, () => answer) })) },
    })
    expect(timeAtTheEdge('cloze', question, { blanks: membersOf(BLANKS, () => value) })).toBeLessThan(LIMIT)
  })
})
