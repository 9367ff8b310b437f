import * as fc from 'fast-check'
import { parseDocument } from '../../src/content/parse-document.ts'
import type { AuthoredQuestion } from '../../src/content/document.ts'
import { completeScoring, type Scoring } from '../../src/grading/scoring/registry.ts'
import { questionType, questionTypes } from '../../src/grading/types/registry.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'

/** Questions of every type as an author could write them, and what a learner could send. */
export interface Drawn extends Unkeyed {
  /** Two keys of the same content, each with a scoring that fits it. */
  readonly keyed: Keyed
  readonly otherwise: Keyed
  /** Well-formed, and often right in part. */
  readonly responses: readonly Json[]
}

interface Keyed {
  readonly key: Json
  readonly scoring?: Scoring
}

interface Unkeyed {
  readonly type: string
  readonly prompt: string
  /** What the type adds. */
  readonly content: Json
}

/** What was drawn, and what publishing makes of it with either key. The right answer is among the responses. */
export interface Published extends Drawn {
  readonly question: AuthoredQuestion
  readonly twin: AuthoredQuestion
}

/** The question of a document. `word` is what its secrets beside the key say. */
export function written({ type, prompt, content }: Unkeyed, keyed: Keyed, word = 'Because.'): Json {
  return { id: 'question', section: 'one', type, prompt, explanation: word, ...content, ...keyed }
}

const QUIZ = quizDocument()

/** A document of one question. */
export function documentOf(question: unknown): Json {
  return { ...QUIZ, questions: [question] }
}

export function published(question: Json): AuthoredQuestion | null {
  const parsed = parseDocument(documentOf(question))
  return parsed.ok ? parsed.value.questions[0]! : null
}

/** Every method that fits a key, with each of its parameters. */
export function scoringsFor(type: string, key: unknown): Scoring[] {
  return questionType(type)
    .methods(key)
    .flatMap((method) => [
      completeScoring(method),
      ...(method === 'guess-corrected' ? ['false', 'all', 'none'].map((wrong) => ({ method, wrong })) : []),
      ...(method === 'relative-next' ? [{ method, includeLast: true }] : []),
    ])
}

/** What a response earns by each of those, as fractions. */
export function earnedByEach({ type, content, key }: AuthoredQuestion, response: unknown): string[] {
  return scoringsFor(type, key).map(
    (scoring) => questionType(type).grade({ content, key, scoring, response })?.toFraction() ?? 'pending',
  )
}

/** What a type is made of. A response is written another way where whatever is public says that both are the same. */
interface Source {
  readonly content: fc.Arbitrary<any>
  readonly key: (content: any) => fc.Arbitrary<Json>
  readonly response: (content: any) => fc.Arbitrary<any>
  readonly rewritten: (response: any, content: any) => fc.Arbitrary<Json>
  readonly prompt?: (content: any) => string
}

interface Entry {
  readonly id: string
  readonly text: string
}

/** Some of the ids are names that every object has, or look like numbers, which objects put first. */
const anyId = fc.oneof(
  fc.constantFrom('constructor', 'toString', 'valueOf', '0', '2', '10', 'A', 'a'),
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,7}$/),
)

function entries(minLength: number, maxLength: number, id = anyId): fc.Arbitrary<Entry[]> {
  return fc
    .uniqueArray(id, { minLength, maxLength })
    .map((ids) => ids.map((each) => ({ id: each, text: `Entry ${each}` })))
}

const idsOf = (list: readonly Entry[]) => list.map(({ id }) => id)
const oneOf = (list: readonly Entry[]) => fc.constantFrom(...idsOf(list))
const inAnyOrder = <T>(list: readonly T[]) =>
  fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length })
const asWritten = (response: Json): fc.Arbitrary<Json> => fc.constant(response)
/** Members that may be missing. */
const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Json>

const share = fc.oneof(
  fc.constantFrom<number | string>(0, 1, 0.5, 0.333333, '1/3', '2/3', '.25', '1.0'),
  fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 1_000_000),
  fc.tuple(fc.nat(9999), fc.nat(9998)).map(([a, b]) => `${Math.min(a, b + 1)}/${Math.max(a, b + 1)}`),
)
const signedShare = fc
  .tuple(share, fc.boolean())
  .map(([of, costs]) => (!costs || of === 0 ? of : typeof of === 'number' ? -of : `-${of}`))
const whole = fc.constantFrom<number | string>(1, '1', '1.0', '3/3')

/** Some options have weights, and at least one of them is worth everything. */
function weights({ options }: { options: Entry[] }): fc.Arbitrary<Json> {
  const weight = fc.option(signedShare, { nil: undefined })
  return fc.tuple(...options.map(() => weight), oneOf(options), whole).map((drawn) => {
    const [best, all] = drawn.slice(-2) as [string, number | string]
    const pairs = options.map(({ id }, index) => [id, id === best ? all : drawn[index]] as const)
    return { weights: Object.fromEntries(pairs.filter(([, each]) => each !== undefined)) }
  })
}

/** At least one answer earns everything. */
function withShares(answer: fc.Arbitrary<Json>, maxLength: number): fc.Arbitrary<Json[]> {
  const shared = fc.tuple(answer, share).map(([each, fraction]) => ({ ...each, fraction }))
  const full = fc.tuple(answer, fc.option(whole, { nil: undefined }))
  return fc
    .tuple(fc.array(shared, { maxLength: maxLength - 1 }), full, fc.nat(maxLength))
    .map(([others, [right, fraction], place]) => [
      ...others.slice(0, place),
      fraction === undefined ? right : { ...right, fraction },
      ...others.slice(place),
    ])
}

const singleChoice: Source = {
  content: fc.record({ options: entries(2, 6) }),
  key: (content) => fc.oneof(fc.record({ choice: oneOf(content.options) }), weights(content)),
  response: ({ options }) => fc.record({ choice: oneOf(options) }),
  rewritten: asWritten,
}

const truthValue = fc.record({ choice: fc.constantFrom('true', 'false') })
const trueFalse: Source = {
  content: fc.constant({}),
  key: () => truthValue,
  response: () => truthValue,
  rewritten: asWritten,
}

const multipleChoice: Source = {
  content: fc.record({ options: entries(2, 6) }),
  key: (content) =>
    fc.oneof(
      fc.record({ choices: fc.shuffledSubarray(idsOf(content.options), { minLength: 1 }) }),
      weights(content),
      fc
        .shuffledSubarray(idsOf(content.options), { minLength: 1 })
        .map((ids) => ({ weights: Object.fromEntries(ids.map((id) => [id, `1/${ids.length}`])) })),
    ),
  response: ({ options }) => fc.record({ choices: fc.shuffledSubarray(idsOf(options)) }),
  rewritten: ({ choices }) => fc.record({ choices: inAnyOrder(choices) }),
}

/** Items depend on what stands before them in some order, so there is no circle. */
function dependsOn(items: readonly Entry[]): fc.Arbitrary<Json> {
  const picks = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: items.length, maxLength: items.length })
  return fc.tuple(inAnyOrder(idsOf(items)), picks, fc.boolean()).map(([order, drawn, named]) => {
    const before = order.map((id, place) => [id, place === 0 ? [] : drawn[place]!.map((pick) => order[pick % place])])
    // What depends on nothing need not be named.
    const members = before.filter(([, ids]) => named || ids!.length > 0).map(([id, ids]) => [id, [...new Set(ids)]])
    return { dependsOn: Object.fromEntries(members) }
  })
}

const ordering: Source = {
  content: fc.record({ items: entries(2, 7) }),
  key: ({ items }) => fc.oneof(fc.record({ order: inAnyOrder(idsOf(items)) }), dependsOn(items)),
  response: ({ items }) => fc.record({ order: inAnyOrder(idsOf(items)) }),
  rewritten: asWritten,
}

/** Some options have one text, and only the first of them stays. Two at least have texts of their own. */
const matching: Source = {
  content: fc
    .tuple(entries(1, 5), entries(2, 6), fc.integer({ min: 2, max: 8 }), fc.constantFrom('', ' '))
    .map(([prompts, options, texts, end]) => {
      const text = (index: number) => `Option ${index % texts}${index < texts ? '' : end}`
      return { prompts, options: options.map(({ id }, index) => ({ id, text: text(index) })) }
    }),
  key: ({ prompts, options }) =>
    fc.tuple(...prompts.map(() => oneOf(options))).map((right) => ({
      pairs: Object.fromEntries(prompts.map(({ id }: Entry, index: number) => [id, right[index]])),
    })),
  response: ({ prompts, options }) => {
    const stay = options.filter(
      ({ text }: Entry, index: number) =>
        options.findIndex((other: Entry) => other.text.trim() === text.trim()) === index,
    )
    return fc
      .shuffledSubarray(idsOf(prompts))
      .chain((ids) => fc.tuple(...ids.map((id) => fc.tuple(fc.constant(id), oneOf(stay)))))
      .map((pairs) => ({ pairs: Object.fromEntries(pairs) }))
  },
  rewritten: ({ pairs }) =>
    inAnyOrder(Object.entries(pairs)).map((members) => ({ pairs: Object.fromEntries(members) })),
}

const digits = fc.stringMatching(/^\d{1,6}$/)
const sign = fc.constantFrom('', '-', '+')
/** A right answer can be computed from these, whatever they are multiplied by. */
const decimal: fc.Arbitrary<string | number> = fc.oneof(
  fc.constantFrom<string | number>('0', '1', '-1', '1.5', '2', '10', '.1', '5.', '-0', ' 7 ', '1e3', 1, 0.5, -2),
  fc.tuple(sign, digits, digits, fc.integer({ min: -9, max: 9 })).map(([s, a, b, e]) => `${s}${a}.${b}e${e}`),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((hundredths) => hundredths / 100 || 0),
)
const extreme = fc
  .tuple(sign, fc.stringMatching(/^\d{1,30}$/), fc.stringMatching(/^\d{0,25}$/), fc.integer({ min: -308, max: 308 }))
  .map(([s, a, b, e]) => `${s}${a}.${b}e${e}`)
const amount = fc
  .oneof(decimal, extreme)
  .map((value) => (typeof value === 'number' ? Math.abs(value) : value.replace('-', '')))
const factor = fc.constantFrom<string | number>(1, '1', 1000, '0.01', '3', '1e-3', 0.3048, '254e-1', '7')

const isZero = (value: unknown) => /^[^1-9]*(?:e.*)?$/i.test(String(value).trim())

const near = fc
  .tuple(
    decimal,
    fc.oneof(
      fc.constant(undefined),
      amount.map((absolute) => ({ absolute })),
      amount.map((relative) => ({ relative })),
      amount.map((geometric) => ({ geometric })),
      fc.integer({ min: 1, max: 15 }).map((significantFigures) => ({ significantFigures })),
      fc.integer({ min: 0, max: 15 }).map((decimalPlaces) => ({ decimalPlaces })),
    ),
  )
  .map(([value, tolerance]) =>
    tolerance === undefined || ('significantFigures' in tolerance && isZero(value)) ? { value } : { value, tolerance },
  )

const range = fc
  .tuple(
    fc.integer({ min: -99, max: 99 }),
    fc.nat(9),
    fc.constantFrom('both', 'min', 'max'),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([min, width, bounds, includeMin, includeMax]) => ({
    range: {
      ...(bounds !== 'max' && { min: `${min}.5`, includeMin: includeMin || width === 0 }),
      ...(bounds !== 'min' && { max: min + width + (min < 0 ? -0.5 : 0.5), includeMax: includeMax || width === 0 }),
    },
  }))

const numericAnswers = withShares(fc.oneof(near, near, range), 4)

const numeric: Source = {
  content: some({
    units: fc.uniqueArray(fc.constantFrom('m', 'km', 'A\u030A', 'kg·m', '°C', 'constructor'), { minLength: 1 }),
    decimalComma: fc.boolean(),
  }),
  key: ({ units }: { units?: string[] }) => {
    if (!units) return fc.record({ answers: numericAnswers })
    const unitKey = fc.oneof(factor, fc.record({ factor, fraction: share }))
    return fc.record({
      answers: numericAnswers,
      units: fc
        .tuple(factor, fc.nat(), ...units.map(() => unitKey))
        .map(([full, place, ...keys]) =>
          Object.fromEntries(
            units.map((unit, index) => [unit, index === place % units.length ? full : keys[index]] as const),
          ),
        ),
    })
  },
  response: ({ units, decimalComma }: { units?: string[]; decimalComma?: boolean }) => {
    const number = fc
      .tuple(fc.oneof(decimal, decimal, extreme), fc.boolean())
      .map(([value, comma]) => (decimalComma && comma ? String(value).replace('.', ',') : value))
    return units ? fc.record({ number, unit: fc.constantFrom(...units) }) : fc.record({ number })
  },
  rewritten: ({ number, unit }, { decimalComma }) =>
    fc
      .tuple(rewrittenNumber(number, decimalComma), fc.constantFrom('NFC', 'NFD'))
      .map(([same, form]) => ({ number: same, ...(unit !== undefined && { unit: unit.normalize(form) }) })),
}

function rewrittenNumber(number: string | number, decimalComma = false): fc.Arbitrary<string | number> {
  const [, s = '', mantissa = '', exponent = ''] = /^\s*([+-]?)([\d.,]+)(\S*)\s*$/.exec(String(number)) ?? []
  const longer = /[.,]/.test(mantissa) ? `${mantissa}0` : `${mantissa}.0`
  const forms: (string | number)[] = [
    ` ${number}\n`,
    `${s || '+'}${mantissa}${exponent}`,
    `${s}0${mantissa}${exponent}`,
    `${s}${longer}${exponent}`,
    `${s}${mantissa}${exponent.toUpperCase() || 'E+00'}`,
    ...(decimalComma
      ? [`${s}${longer.replace('.', ',')}${exponent}`, `${s}${longer.replace(',', '.')}${exponent}`]
      : []),
    ...(/^[+-]?\d{1,15}$/.test(s + mantissa + exponent) ? [Number(s + mantissa)] : []),
  ]
  return fc.constantFrom(...forms.filter((form) => String(form).length <= 64))
}

const WORDS = ['Paris', 'grey', 'gray', 'colour', 'Straße', 'café', 'naïve', 'ΟΔΥΣΣΕΥΣ', 'ﬁnal', 'hello, world'].concat(
  ['two  words', 'e\u0301clair', '½ litre', 'ab*cd', 'İstanbul', 'ǅungla'],
)
const word = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => `word${text}`),
)
const anotherWay = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.normalize('NFD'),
  (text) => ` ${text}\u00A0`,
  (text) => text.replace('a', 'aa'),
  (text) => `${text.slice(0, 2)}\u200B${text.slice(2)}.`,
)
const text = fc.oneof(
  fc.tuple(word, anotherWay).map(([of, other]) => other(of).toWellFormed()),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const maxLength = fc.integer({ min: 40, max: 1000 })

const acceptedText = fc.oneof(
  word.map((of) => ({ text: of })),
  fc
    .constantFrom('gr*y', 'colo*r', '*aris', 'caf*', 'ab\\**', '*ous*', 'str* *', ' lead*')
    .map((wildcard) => ({ wildcard })),
  fc
    .constantFrom('gr[ae]y', '(?:colou?r)+', '[A-Z]\\p{L}{3}', '\\d{1,3}', '(?i)PARIS', 'caf[eé]', '(a|b)*c')
    .map((pattern) => ({ pattern })),
)

const shortText: Source = {
  content: some({ maxLength }),
  key: () =>
    fc
      .tuple(
        fc.record({ answers: withShares(acceptedText, 4) }),
        some({
          caseSensitive: fc.boolean(),
          foldDiacritics: fc.boolean(),
          ignorePunctuation: fc.boolean(),
          collapseWhitespace: fc.boolean(),
          unicode: fc.constantFrom('NFC', 'NFKC'),
          maxEdits: fc.nat(3),
        }),
      )
      .map(([answers, rules]) => ({ ...answers, ...rules })),
  response: () => fc.record({ text }),
  rewritten: (response) => fc.record({ text: rewrittenText(response.text) }),
}

function rewrittenText(of: string): fc.Arbitrary<string> {
  return fc.constantFrom(` ${of}`, `${of.normalize('NFC')}\n`, of.normalize('NFD'), `\u00A0${of.normalize('NFD')}\t`)
}

const blankOf = (type: string, content: fc.Arbitrary<Json>) => content.map((added) => ({ type, ...added }))
const BLANKS: Record<string, { source: Source; content: fc.Arbitrary<Json>; member: string }> = {
  'short-text': { source: shortText, content: shortText.content, member: 'text' },
  numeric: { source: numeric, content: some({ decimalComma: fc.boolean() }), member: 'number' },
  'single-choice': {
    source: singleChoice,
    content: fc.record({ options: entries(2, 4, fc.stringMatching(/^opt-[a-z]{1,3}$/)) }),
    member: 'choice',
  },
}
interface Blank {
  readonly id: string
  readonly type: string
}
const blankId = fc.oneof(fc.constantFrom('constructor', 'hasOwnProperty'), fc.stringMatching(/^blank-[a-z0-9]{1,4}$/))

const membersOf = (blanks: readonly Blank[], member: (blank: Blank) => fc.Arbitrary<unknown>) =>
  fc
    .tuple(...blanks.map((blank) => fc.tuple(fc.constant(blank.id), member(blank))))
    .map((members) => ({ blanks: Object.fromEntries(members) }))

const cloze: Source = {
  content: fc
    .tuple(
      fc.uniqueArray(blankId, { minLength: 4, maxLength: 4 }),
      fc.array(fc.oneof(...Object.entries(BLANKS).map(([type, { content }]) => blankOf(type, content))), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([ids, blanks]) => ({ blanks: blanks.map((blank, index) => ({ id: ids[index], ...blank })) })),
  prompt: ({ blanks }) => `Fill in ${blanks.map(({ id }: Blank) => `{{${id}}}`).join(' and *then* ')}.`,
  key: ({ blanks }) =>
    membersOf(blanks, (blank) =>
      fc
        .tuple(BLANKS[blank.type]!.source.key(blank), some({ weight: fc.constantFrom(1, 2, 0.001, 10_000, 2.5) }))
        .map(([key, weight]) => ({ ...key, ...weight })),
    ),
  response: ({ blanks }) =>
    fc.subarray<Blank>(blanks).chain((filled) =>
      membersOf(filled, ({ type, ...content }) => {
        const { source, member } = BLANKS[type]!
        return source.response({ ...content, units: undefined }).map((response) => String(response[member]))
      }),
    ),
  rewritten: (response, { blanks }) =>
    membersOf(
      blanks.filter(({ id }: Blank) => Object.hasOwn(response.blanks, id)).toReversed(),
      ({ id, type, ...content }) => {
        const { source, member } = BLANKS[type]!
        return source.rewritten({ [member]: response.blanks[id] }, content).map((same) => String(same[member]))
      },
    ),
}

const essay: Source = {
  content: some({ maxLength: fc.integer({ min: 40, max: 10_000 }) }),
  key: () => fc.constant({}),
  response: () => fc.record({ text: fc.oneof(text, fc.constantFrom('', ' \n\t')) }),
  rewritten: (response) => fc.record({ text: rewrittenText(response.text) }),
}

const SOURCES: Record<string, Source> = {
  'single-choice': singleChoice,
  'true-false': trueFalse,
  'multiple-choice': multipleChoice,
  ordering,
  matching,
  numeric,
  'short-text': shortText,
  cloze,
  essay,
}

export const typeNames = questionTypes.map(({ type }) => type)

function keyedBy(type: string, content: Json): fc.Arbitrary<Keyed> {
  return SOURCES[type]!.key(content).chain((key) =>
    fc.option(fc.constantFrom(...scoringsFor(type, key)), { nil: undefined }).map((scoring) => ({
      key,
      ...(scoring && { scoring }),
    })),
  )
}

/** Questions that publishing should accept. */
export function drawnQuestions(type: string): fc.Arbitrary<Drawn> {
  const { content: contents, prompt, response } = SOURCES[type]!
  return contents.chain((content) =>
    fc.record({
      type: fc.constant(type),
      prompt: fc.constant(prompt?.(content) ?? 'What is it?'),
      content: fc.constant(content),
      keyed: keyedBy(type, content),
      otherwise: keyedBy(type, content),
      responses: fc.array(response(content), { minLength: 1, maxLength: 3 }),
    }),
  )
}

/** Those that it does accept. */
export function publishedQuestions(type: string): fc.Arbitrary<Published> {
  return drawnQuestions(type)
    .map((drawn) => {
      const question = published(written(drawn, drawn.keyed))
      const twin = published(written(drawn, drawn.otherwise))
      if (!question || !twin) return null
      const right = questionType(type).answer(question.content, question.key) as Json | null
      return { ...drawn, question, twin, responses: [...drawn.responses, ...(right === null ? [] : [right])] }
    })
    .filter((each) => each !== null)
}

/** Ways to write the same response, as far as anybody knows who has not seen the key. */
export function rewritten({ type, question }: Published, response: Json): fc.Arbitrary<Json> {
  return SOURCES[type]!.rewritten(response, question.content)
}

/** `__proto__` is a name like any other in JSON, and in nothing else. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, '', 'constructor', '\uD800', [], {}, 1e308, 5e-324, -1, 2 ** 53, 'x'.repeat(20_000)),
  fc
    .constantFrom('{"__proto__":{"choice":"a"}}', '[[[[[[[[[[[[]]]]]]]]]]]]')
    .map((json) => JSON.parse(json) as unknown),
)

type Path = readonly (string | number)[]

function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.keys(value).flatMap((name) => pathsIn((value as Json)[name], [...at, name]))]
}

const REMOVED = Symbol('removed')
/** What becomes of one member. */
const changes = fc.oneof(
  anyJson.map((other) => () => other),
  fc.constantFrom<(value: any) => unknown>(
    () => REMOVED,
    (value) => [value],
    (value) => (Array.isArray(value) ? [...value, ...value.slice(0, 1)] : `${JSON.stringify(value)} `),
    (value) => (Array.isArray(value) ? value.slice(1) : { ...value, extra: null }),
    (value) => (typeof value === 'string' ? value.replace(/.$/u, '') : 7),
    (value) => (typeof value === 'number' ? -value * 1.000_000_1 : JSON.stringify(value)),
    (value) => ({ ...value, ['constructor']: 'a', ['0']: 'b' }),
  ),
)

/** JSON that differs from a value in one or two of its members, at any depth. */
export function nearMisses(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsIn(value)
  const shallow = paths.filter(({ length }) => length <= 1)
  const step = fc.tuple(fc.oneof(fc.constantFrom(...paths), fc.constantFrom(...shallow)), changes)
  return fc.array(step, { minLength: 1, maxLength: 2 }).map((steps) =>
    steps.reduce<unknown>((json, [path, change]) => {
      const changed = changedAt(json, path, change)
      return changed === REMOVED ? null : (JSON.parse(JSON.stringify(changed)) as unknown)
    }, value),
  )
}

function changedAt(value: unknown, [name, ...rest]: Path, change: (value: unknown) => unknown): unknown {
  if (name === undefined) return change(value)
  // An earlier change may have taken away what the path leads to.
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value
  const after = changedAt((value as Json)[name], rest, change)
  if (Array.isArray(value))
    return value.flatMap((each, index) => (index !== Number(name) ? [each] : after === REMOVED ? [] : [after]))
  const members = Object.entries(value).filter(([each]) => each !== name || after !== REMOVED)
  return Object.fromEntries(members.map(([each, member]) => [each, each === name ? after : member]))
}
