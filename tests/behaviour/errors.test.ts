import { beforeAll, describe, expect, it } from 'vitest'
import { withValue } from '../support/at-pointer.ts'
import { newQuizId } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { revisionsOf } from '../support/rows.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const put = (quiz: string, body: unknown) => host.client.call('PUT', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, body })

async function refusal(document: unknown): Promise<(number | string)[]> {
  const quiz = newQuizId()
  const answer = await put(quiz, document)
  expect(await revisionsOf(host.deps.db, quiz)).toEqual([])
  return problemOf(answer)
}

/** What is changed in the quiz of `single`, `multiple` and `truth`; the errors, with their pointers, where not the same. */
type Row = readonly [name: string, pointer: string, value: unknown, code: string, elsewhere?: string]

const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))
/** Without canaries, of which a large quiz would bring thousands. */
const plain = (id: string, change: Json = {}): Json => ({
  id,
  section: 'one',
  type: 'true-false',
  prompt: 'True?',
  explanation: 'Yes.',
  key: { choice: 'true' },
  ...change,
})
const option = (id: string, text = `Option ${id}`) => ({ id, text })
const ofEmojis = (count: number) => withValue(quizDocument(), '/questions/0/prompt', '😀'.repeat(count))
const sample = (response: unknown, fraction: unknown) => [{ response, fraction }]

const unknownFields: Row[] = [
  ['of the quiz', '/extra', 1, 'unknown-field'],
  ['of the quiz that every object inherits', '/constructor', {}, 'unknown-field'],
  ['of the quiz that every object inherits, as a function would be', '/toString', 'x', 'unknown-field'],
  ['of the policy', '/policy/speed', 1, 'unknown-field'],
  ['of the review', '/policy/review/later', [], 'unknown-field'],
  ['of the shuffle', '/policy/shuffle/sections', true, 'unknown-field'],
  ['of a section', '/sections/0/colour', 'red', 'unknown-field'],
  ['of a question', '/questions/0/weight', 1, 'unknown-field'],
  ['of a question that has no options', '/questions/2/options', [option('a'), option('b')], 'unknown-field'],
  ['of an option', '/questions/0/options/0/correct', true, 'unknown-field'],
  ['of a key', '/questions/0/key/why', 'x', 'unknown-field'],
  ['of feedback', '/questions/0/feedback/other', 'x', 'unknown-field'],
  ['of scoring', '/questions/0/scoring', { method: 'exact', bonus: 1 }, 'unknown-field', '/questions/0/scoring/bonus'],
  [
    'of a sample',
    '/questions/2/samples/0',
    { response: {}, fraction: 1, x: 1 },
    'invalid-shape',
    '/questions/2/samples',
  ],
  ['with a name that a pointer must escape', '/a~b', 1, 'unknown-field', '/a~0b'],
]

const quizzes: Row[] = [
  ['no title', '/title', undefined, 'invalid-shape'],
  ['an empty title', '/title', '', 'invalid-shape'],
  ['a title that is too long', '/title', 'x'.repeat(201), 'invalid-shape'],
  ['a title that is no text', '/title', 7, 'invalid-shape'],
  ['a description that is too long', '/description', 'x'.repeat(10_001), 'invalid-shape'],
  ['no access', '/access', undefined, 'invalid-shape'],
  ['an access that is not known', '/access', 'secret', 'invalid-shape'],
  ['a language that is none', '/language', 'plain English', 'invalid-shape'],
  ['no sections', '/sections', undefined, 'invalid-shape'],
  ['an empty list of sections', '/sections', [], 'invalid-shape'],
  ['too many sections', '/sections', list(101, (index) => ({ id: `s${index}`, title: 'S' })), 'invalid-shape'],
  ['an id with a space', '/sections/0/id', 'o ne', 'invalid-shape'],
  ['an id that begins with an underscore', '/sections/0/id', '_one', 'invalid-shape'],
  ['an id that is too long', '/sections/0/id', 'x'.repeat(65), 'invalid-shape'],
  ['two sections with one id', '/sections/1', { id: 'one', title: 'Two' }, 'duplicate', '/sections/1/id'],
  ['no questions', '/questions', [], 'invalid-shape'],
  ['questions that are no list', '/questions', {}, 'invalid-shape'],
  ['a question that is a list', '/questions/0', [], 'invalid-shape', '/questions/0/type'],
  ['a question that is null', '/questions/0', null, 'invalid-shape'],
  ['too many questions', '/questions', list(501, (index) => plain(`q${index}`)), 'invalid-shape'],
  ['two questions with one id', '/questions/1/id', 'single', 'duplicate'],
]

const questions: Row[] = [
  ['a section that is not there', '/questions/0/section', 'two', 'unknown-id'],
  ['no type', '/questions/0/type', undefined, 'invalid-shape'],
  ['a type that is not known', '/questions/0/type', 'riddle', 'invalid-shape'],
  ['a type that is no text', '/questions/0/type', { toString: 1 }, 'invalid-shape'],
  ['no points', '/questions/0/points', 0, 'invalid-shape'],
  ['points with four decimals', '/questions/0/points', 1.2345, 'invalid-shape'],
  ['points in a text', '/questions/0/points', '1', 'invalid-shape'],
  ['too many points', '/questions/0/points', 10_001, 'invalid-shape'],
  ['no prompt', '/questions/0/prompt', undefined, 'invalid-shape'],
  ['a prompt of white space', '/questions/0/prompt', ' \n\t', 'invalid-shape'],
  ['a prompt that is too long', '/questions/0/prompt', 'x'.repeat(10_001), 'invalid-shape'],
  // U+0958 is one character, and two after NFC.
  ['lists that nest without end in one line', '/questions/0/prompt', `x\n${'- '.repeat(33)}x`, 'invalid-shape'],
  ['quotations that nest without end in one line', '/questions/0/explanation', '>'.repeat(5000), 'invalid-shape'],
  ['a prompt that is too long after NFC', '/questions/0/prompt', '\u0958'.repeat(5001), 'invalid-shape'],
  ['no explanation', '/questions/0/explanation', undefined, 'invalid-shape'],
  ['an empty hint', '/questions/0/hints/0', '', 'invalid-shape'],
  ['too many hints', '/questions/0/hints', list(21, () => 'Hint'), 'invalid-shape'],
  ['shuffle that is no boolean', '/questions/0/shuffle', 'yes', 'invalid-shape'],
  ['one option', '/questions/0/options', [option('b')], 'invalid-shape'],
  ['too many options', '/questions/0/options', list(51, (index) => option(`o${index}`)), 'invalid-shape'],
  ['two options with one id', '/questions/0/options/2/id', 'a', 'duplicate'],
  ['two options with one text', '/questions/0/options/2/text', ' Option **a** of single\n', 'duplicate'],
  ['no options', '/questions/0/options', undefined, 'invalid-shape'],
  ['no key', '/questions/0/key', undefined, 'invalid-shape'],
  ['a key that is a text', '/questions/0/key', 'b', 'invalid-shape'],
  ['a key that names no option', '/questions/0/key/choice', 'z', 'unknown-id'],
  [
    'a key in which one of two names no option',
    '/questions/1/key/choices',
    ['p', 'z'],
    'unknown-id',
    '/questions/1/key/choices/1',
  ],
  ['a key of nothing', '/questions/1/key/choices', [], 'invalid-shape'],
  ['a key that names an option twice', '/questions/1/key/choices', ['p', 'p'], 'invalid-shape'],
  ['a key that is neither true nor false', '/questions/2/key/choice', 'maybe', 'invalid-shape'],
  ['a key that is a boolean', '/questions/2/key/choice', true, 'invalid-shape'],
  ['a scoring method that is not known', '/questions/0/scoring/method', 'luck', 'invalid-shape'],
  ['a scoring method that is no text', '/questions/0/scoring/method', { toString: 1 }, 'invalid-shape'],
  ['a scoring method that does not fit', '/questions/1/scoring/method', 'per-part', 'inconsistent'],
  [
    'a sample that earns something else',
    '/questions/0/samples',
    sample({ choice: 'a' }, 1),
    'inconsistent',
    '/questions/0/samples/0/fraction',
  ],
  [
    'a sample that is off by a thousandth',
    '/questions/1/samples',
    sample({ choices: ['p'] }, 0.332),
    'inconsistent',
    '/questions/1/samples/0/fraction',
  ],
  [
    'a sample that names no option',
    '/questions/0/samples',
    sample({ choice: 'z' }, 0),
    'unknown-id',
    '/questions/0/samples/0/response/choice',
  ],
  [
    'a sample of another shape',
    '/questions/0/samples',
    sample({ choice: 7 }, 0),
    'invalid-shape',
    '/questions/0/samples/0/response/choice',
  ],
  [
    'a sample of more than everything',
    '/questions/0/samples',
    sample({ choice: 'b' }, 1.1),
    'invalid-shape',
    '/questions/0/samples/0/fraction',
  ],
  [
    'a sample of a fraction over zero',
    '/questions/0/samples',
    sample({ choice: 'b' }, '1/0'),
    'invalid-shape',
    '/questions/0/samples/0/fraction',
  ],
]

const BACKWARDS = { opensAt: '2026-01-02T00:00:00Z', closesAt: '2026-01-01T00:00:00Z' }

const policies: Row[] = [
  ['no policy but null', '/policy', null, 'invalid-shape'],
  ['no tries', '/policy/tries', 0, 'invalid-shape'],
  ['half a try', '/policy/tries', 1.5, 'invalid-shape'],
  ['tries where no verdict is shown', '/policy', { feedback: 'deferred', tries: 2 }, 'inconsistent', '/policy/tries'],
  ['a penalty above one', '/policy/penalty', 1.5, 'invalid-shape'],
  ['a passing score in a text', '/policy/passingScore', '0.7', 'invalid-shape'],
  ['a passing score with seven decimals', '/policy/passingScore', 0.1234567, 'invalid-shape'],
  ['a review without its verdict', '/policy/review/during', ['score'], 'inconsistent'],
  ['unanswered questions during the attempt', '/policy/review/during', ['verdict', 'unanswered'], 'inconsistent'],
  ['a review that names an item twice', '/policy/review/finished', ['score', 'score'], 'invalid-shape'],
  ['a review of something else', '/policy/review/finished/0', 'key', 'invalid-shape'],
  ['attempts counted of nobody', '/policy/attemptsPerLearner', 2, 'inconsistent'],
  ['no time at all', '/policy/timeLimitSeconds', 0, 'invalid-shape'],
  ['grace below zero', '/policy/graceSeconds', -1, 'invalid-shape'],
  ['time without end', '/policy/timeLimitSeconds', 1e300, 'invalid-shape'],
  ['another way to score retries', '/policy/retryScoring', 'first', 'invalid-shape'],
  [
    'retries scored where there are none',
    '/policy',
    { feedback: 'deferred', retryScoring: 'best' },
    'inconsistent',
    '/policy/retryScoring',
  ],
  ['points for tries that no rule asks for', '/policy/tryPoints', [1, 0.5], 'inconsistent'],
  ['declining tries without their points', '/policy/retryScoring', 'declining', 'inconsistent', '/policy/tryPoints'],
  [
    'points that grow from try to try',
    '/policy',
    { retryScoring: 'declining', tryPoints: [0.5, 1] },
    'inconsistent',
    '/policy/tryPoints',
  ],
  [
    'more tries than there are points for',
    '/policy',
    { retryScoring: 'declining', tryPoints: [1], tries: 2 },
    'inconsistent',
    '/policy/tries',
  ],
  [
    'a penalty beside points for tries',
    '/policy',
    { retryScoring: 'declining', tryPoints: [1], penalty: 0.1 },
    'inconsistent',
    '/policy/penalty',
  ],
  ['certainty in a text', '/policy/certainty', 'true', 'invalid-shape'],
  ['certainty and more than one try', '/policy', { certainty: true, tries: 2 }, 'inconsistent', '/policy/certainty'],
  [
    'certainty and any number of tries',
    '/policy',
    { certainty: true, tries: null },
    'inconsistent',
    '/policy/certainty',
  ],
  ['a draw from a section that is not there', '/policy/draw', { two: 1 }, 'unknown-id', '/policy/draw/two'],
  ['a draw of nothing', '/policy/draw', { one: 0 }, 'invalid-shape', '/policy/draw/one'],
  // The section of the quiz has three questions, of which one is worth more than the others.
  ['a draw of questions that differ in points', '/policy/draw', { one: 1 }, 'inconsistent', '/policy/draw/one'],
  ['a draw from a section of every object', '/policy/draw', { toString: 1 }, 'unknown-id', '/policy/draw/toString'],
  ['a quiz that closes before it opens', '/policy', BACKWARDS, 'inconsistent', '/policy/closesAt'],
]

describe.each<[string, Row[]]>([
  ['an unknown field', unknownFields],
  ['a quiz with', quizzes],
  ['a question with', questions],
  ['a policy with', policies],
])('a document is refused for %s', (_, rows) => {
  for (const [name, pointer, value, code, elsewhere = pointer] of rows) {
    it(name, async () => {
      const policy = pointer.startsWith('/policy/review/finished/') ? { review: { finished: [] } } : {}
      const document = withValue(quizDocument({ policy }), pointer, value)
      expect(await refusal(document)).toEqual([422, 'invalid-input', `${elsewhere} ${code}`])
    })
  }
})

describe('a policy may have', () => {
  const admitted: Json[] = [
    { retryScoring: 'best', tries: 3, penalty: 0.25 },
    { retryScoring: 'per-part', tries: null, penalty: 0.333333 },
    { retryScoring: 'declining', tryPoints: [1, 0.5] },
    { certainty: true },
    { certainty: true, feedback: 'deferred' },
    { draw: { one: 3 }, certainty: true },
    { gradeBy: 'average' },
    { opensAt: '2026-01-01T00:00:00Z', closesAt: '2027-01-01T00:00:00Z' },
    {
      retryScoring: 'last',
      tryPoints: null,
      certainty: false,
      gradeBy: 'highest',
      draw: null,
      opensAt: null,
      closesAt: null,
    },
  ]
  it.each(admitted)('%o', async (policy) => {
    const document = quizDocument({ policy, questions: [...'abc'].map((id) => plain(id)) })
    const published = await put(newQuizId(), document)
    expect(published.status).toBe(201)
    const path = `/v1/quizzes/${published.body.quiz}/revisions/${published.body.revision}`
    const read = await host.client.call('GET', path, { token: ROOT_KEY, releases: 'everything' })
    expect(read.body.document.policy).toMatchObject(policy)
  })
})

describe('a document', () => {
  it.each([[[]], ['text'], [7], [null], [true]])('is not %o', async (document) => {
    expect(await refusal(document)).toEqual([422, 'invalid-input', ' invalid-shape'])
  })

  it('that is wrong in several places is told all of them', async () => {
    const document = { ...quizDocument(), title: '', access: 'x', sections: [] } satisfies Json
    const places = ['/title invalid-shape', '/access invalid-shape', '/sections invalid-shape']
    expect(await refusal(document)).toEqual([422, 'invalid-input', ...places])
  })

  it('is told of no more than 50 places', async () => {
    const document = quizDocument({ questions: list(400, (index) => plain(`q${index}`, { prompt: '' })) })
    expect(await refusal(document)).toHaveLength(2 + 50)
  })

  it('is measured after NFC: 10,000 letters that were sent as two characters each are admitted', async () => {
    const prompt = 'e\u0301'.repeat(10_000)
    expect((await put(newQuizId(), withValue(quizDocument(), '/questions/0/prompt', prompt))).status).toBe(201)
  })

  it('is measured in characters, of which an emoji is one though it is stored as two', async () => {
    expect((await put(newQuizId(), ofEmojis(10_000))).status).toBe(201)
    expect(await refusal(ofEmojis(10_001))).toEqual([422, 'invalid-input', '/questions/0/prompt invalid-shape'])
    expect((await put(newQuizId(), quizDocument({ title: '😀'.repeat(200) }))).status).toBe(201)
  })

  it('may hold as much as the limits say', async () => {
    const options = list(50, (index) => option(`o${index}`))
    const samples = list(50, () => ({ response: { choice: 'o0' }, fraction: 1 }))
    const question = { ...(quizDocument()['questions'] as Json[])[0], options, samples, key: { choice: 'o0' } }
    const full = quizDocument({
      title: 'x'.repeat(200),
      sections: [{ id: 'one', title: 'One' }, ...list(99, (index) => ({ id: `s${index}`, title: 'S' }))],
      questions: [question, ...list(499, (index) => plain(`q${index}`))],
    })
    expect((await put(newQuizId(), full)).status).toBe(201)
  })
})

const growing = (count: number, change: Json) =>
  quizDocument({ questions: list(count, (index) => plain(`q${index}`, change)) })

describe('a quiz that grows while it is rendered', () => {
  // Six bytes of HTML for each character, and two of Markdown as JSON writes it.
  const quotes = '"'.repeat(9000)
  it.each([['prompt'], ['explanation']])('is refused above 1.8 MB of its %s', async (part) => {
    expect(await refusal(growing(26, { [part]: quotes }))).toEqual([422, 'quiz-too-large'])
  })

  it.each([['prompt'], ['explanation']])('is published and read back below, for its %s', async (part) => {
    const quiz = newQuizId()
    const published = await put(quiz, growing(24, { [part]: quotes }))
    expect(published.status).toBe(201)
    const path = `/v1/quizzes/${quiz}/revisions/${published.body.revision}`
    const read = await host.client.call('GET', path, { token: ROOT_KEY, releases: 'everything' })
    expect(read.body.document.questions[23][part]).toBe(quotes)
  })
})
