import { beforeAll, describe, expect, it } from 'vitest'
import { shuffle } from '../../src/grading/shuffle.ts'
import { newQuizId, publish, start } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { seededBytes } from '../support/seeded-bytes.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost({ randomBytes: seededBytes(20_260_107) })
})

const PROMPT =
  'The {{tool}} limits memory to {{limit}} bytes.\n\n- It belongs to {{part}}.\n- `kill -{{signal}}` ends it.'
const PARTS = ['kernel', 'shell', 'daemon', 'image'].map((id) => ({ id, text: `The *${id}*` }))
const BLANKS = [
  { id: 'tool', type: 'short-text', maxLength: 20 },
  { id: 'limit', type: 'numeric', decimalComma: true },
  { id: 'part', type: 'single-choice', options: PARTS },
  { id: 'signal', type: 'short-text' },
]
const KEY: Record<string, Json> = {
  tool: { answers: [{ text: 'cgroup' }, { text: 'container', fraction: '1/3' }], weight: 3 },
  limit: { answers: [{ value: '268435456' }, { value: '256e6', tolerance: { relative: '0.05' }, fraction: 0.5 }] },
  part: { weights: { kernel: 1, daemon: 0.25, image: -1 }, weight: 2 },
  signal: { answers: [{ pattern: '9|KILL', feedback: 'No process can ignore it.' }], caseSensitive: true },
}

/** Worth seven points, one for each of weight. */
const question = (change: Json = {}): Json => ({
  id: 'q',
  section: 'one',
  type: 'cloze',
  points: 7,
  prompt: PROMPT,
  explanation: 'It is so.',
  blanks: BLANKS,
  key: { blanks: KEY },
  ...change,
})
const publishOne = (change: Json = {}, policy: Json = {}) =>
  publish(host, quizDocument({ questions: [question(change)], policy }))
const blanks = (written: Json): Json => ({ blanks: written })
const RIGHT = { tool: 'cgroup', limit: '268435456', part: 'kernel', signal: 'KILL' }

const partsOf = (served: { blanks: { options?: { id: string }[] }[] }) => served.blanks[2]!.options!.map(({ id }) => id)

/** What responses earn, one attempt each. */
async function scores(change: Json, responses: readonly Json[]): Promise<unknown[]> {
  const quiz = await publishOne(change)
  const earned: unknown[] = []
  for (const written of responses) {
    const body = { responses: [{ question: 'q', response: blanks(written) }] }
    const { results } = (await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body })).body
    earned.push(results[0].score)
  }
  return earned
}

describe('a cloze, as it is served,', () => {
  it('has its blanks in the author’s order, each with what its type adds, and the markers in its prompt', async () => {
    const quiz = await publishOne({ shuffle: false })
    const [served] = (await host.client.call('GET', `/v1/quizzes/${quiz}/questions`)).body.questions
    expect(Object.keys(served).toSorted()).toEqual(['blanks', 'id', 'points', 'prompt', 'section', 'type'])
    const options = PARTS.map(({ id, text }) => {
      return { id, text: { markdown: text, html: `<p>The <em>${id}</em></p>` } }
    })
    expect(served.blanks).toEqual([BLANKS[0], BLANKS[1], { ...BLANKS[2], options }, BLANKS[3]])
    expect(served.prompt.markdown).toBe(PROMPT)
    for (const { id } of BLANKS) expect(served.prompt.html.split(`{{${id}}}`)).toHaveLength(2)
  })

  it.each([
    { name: 'by default', change: {}, policy: {}, moves: true, least: 5, most: 10 },
    { name: 'with shuffle: false', change: { shuffle: false }, policy: {}, moves: false, least: 1, most: 1 },
    {
      name: 'where the policy shuffles no options',
      change: {},
      policy: { shuffle: { options: false } },
      moves: false,
      least: 1,
      most: 1,
    },
  ])(
    'has the options of a blank shuffled as other options are, $name',
    async ({ change, policy, moves, least, most }) => {
      const quiz = await publishOne(change, policy)
      const inIdOrder = ['daemon', 'image', 'kernel', 'shell']
      const written = PARTS.map(({ id }) => id)
      const [read] = (await host.client.call('GET', `/v1/quizzes/${quiz}/questions`)).body.questions
      expect(partsOf(read)).toEqual(moves ? inIdOrder : written)
      const orders = new Set<string>()
      for (let index = 0; index < 10; index++) {
        const run = await start(host, quiz)
        const parts = partsOf(run.started.body.questions[0])
        expect(parts).toEqual(moves ? shuffle(inIdOrder, `${run.id}/q/blanks/2/options`) : written)
        expect((await run.resume()).body.questions).toEqual(run.started.body.questions)
        orders.add(parts.join())
      }
      expect(orders.size).toBeGreaterThanOrEqual(least)
      expect(orders.size).toBeLessThanOrEqual(most)
    },
  )
})

describe('a cloze', () => {
  it('is scored by its blanks, each by its weight and by the key of its type', async () => {
    const responses = [
      RIGHT,
      { ...RIGHT, tool: ' CGROUP ', limit: '2.68435456e8', signal: '9' },
      { ...RIGHT, tool: 'container' },
      { ...RIGHT, limit: '250000000,0' },
      { ...RIGHT, part: 'daemon' },
      { ...RIGHT, part: 'image' },
      { ...RIGHT, signal: 'kill' },
      { tool: 'cgroup' },
      { limit: '7', part: 'shell', signal: '' },
      {},
    ]
    // Of 7: tool 3, limit 1, part 2, signal 1.
    expect(await scores({}, responses)).toEqual([7, 7, 5, 6.5, 5.5, 5, 6, 3, 0, 0])
    expect(await scores({ scoring: { method: 'exact' } }, responses)).toEqual([7, 7, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('tells the word on an answer under its blank, at the close alone, and the whole answer', async () => {
    const samples = [{ response: blanks(RIGHT), fraction: 1 }]
    const run = await start(host, await publishOne({ samples }, { tries: 2 }))
    const first = await run.respond('q', blanks({ signal: '9' }))
    expect(first.body.results[0]).toMatchObject({ status: 'partially-correct', score: 1, feedback: [], answer: null })
    const second = await run.respond('q', blanks(RIGHT))
    const said = expect.objectContaining({ markdown: 'No process can ignore it.' })
    // A pattern is no literal answer, so the sample is told.
    expect(second.body.results[0]).toMatchObject({ status: 'correct', answer: blanks(RIGHT) })
    expect(second.body.results[0].feedback).toEqual([{ option: 'signal', text: said }])
    const without = await start(host, await publishOne())
    const closed = await without.respond('q', blanks({ signal: 'KILLED' }))
    expect(closed.body.results[0]).toMatchObject({ status: 'incorrect', answer: null, feedback: [] })
  })

  it('takes {} as an answer, and one with blanks left out', async () => {
    const run = await start(host, await publishOne({}, { tries: 3 }))
    const none = await run.respond('q', blanks({}))
    expect(none.body.results[0]).toMatchObject({ status: 'incorrect', score: 0, response: blanks({}), try: 1 })
    expect(none.body.attempt.answeredCount).toBe(1)
    const empty = await run.respond('q', blanks({ tool: '' }))
    expect(empty.body.results[0]).toMatchObject({ status: 'incorrect', try: 2, duplicate: false })
  })

  it.each<[Json, string[]]>([
    [blanks({ tool: 'x'.repeat(21) }), ['/blanks/tool invalid-shape']],
    [blanks({ limit: 'many' }), ['/blanks/limit invalid-shape']],
    [blanks({ limit: '' }), ['/blanks/limit invalid-shape']],
    [blanks({ limit: 268_435_456 }), ['/blanks/limit invalid-shape']],
    [blanks({ part: 'user' }), ['/blanks/part unknown-id']],
    [blanks({ part: 'a b' }), ['/blanks/part invalid-shape']],
    [blanks({ other: 'x', tool: 'cgroup' }), ['/blanks/other unknown-id']],
    [blanks({ constructor: 'x' }), ['/blanks/constructor unknown-id']],
    [blanks({ tool: null, signal: ['9'] }), ['/blanks/tool invalid-shape', '/blanks/signal invalid-shape']],
    [blanks({ limit: 'x', part: 'x', tool: 'cgroup' }), ['/blanks/limit invalid-shape', '/blanks/part unknown-id']],
    [{ blanks: ['cgroup'] }, ['/blanks invalid-shape']],
    [{ text: 'cgroup' }, ['/blanks invalid-shape', '/text unknown-field']],
  ])('refuses %j at %j', async (response, places) => {
    const run = await start(host, await publishOne())
    const expected = places.map((place) => `/responses/0/response${place}`)
    expect(problemOf(await run.respond('q', response))).toEqual([422, 'invalid-input', ...expected])
  })

  it('marks its blanks wherever text is read, and nowhere else', async () => {
    const two = BLANKS.slice(0, 2)
    const key = { blanks: { tool: KEY['tool']!, limit: KEY['limit']! } }
    const put = (prompt: string) => {
      const document = quizDocument({ questions: [question({ prompt, blanks: two, key })] })
      return host.client.call('PUT', `/v1/quizzes/${newQuizId()}`, { token: ROOT_KEY, body: document })
    }
    for (const prompt of [
      '{{tool}}{{limit}}',
      '`{{tool}}` and **{{limit}}**',
      '# {{tool}}\n\n| a |\n| - |\n| {{limit}} |',
      '```sh\n{{tool}} {{limit}}\n```',
      '[{{tool}}](https://quiz.example) {{ not one }} {{limit}} {{{}}}',
    ]) {
      expect((await put(prompt)).status, prompt).toBe(201)
    }
    const place = '/questions/0/blanks/1/id inconsistent'
    for (const [prompt, ...places] of [
      ['{{tool}}', place],
      ['{{tool}} {{limit}} {{limit}}', place],
      ['{{tool}} {limit}', place],
      ['{{tool}} {{ limit }}', place],
      ['{{tool}} [here](https://quiz.example/{{limit}})', place],
      ['{{tool}} ![{{limit}}](x.png)', place],
      ['{{tool}} [here][a]\n\n[a]: https://quiz.example/{{limit}}', place],
      ['{{tool}} [here](https://quiz.example "{{limit}}")', place],
      ['{{tool}} {{limit}} {{other}}', '/questions/0/prompt unknown-id'],
      ['{{tool}} {{Limit}}', '/questions/0/prompt unknown-id', place],
    ] as const) {
      expect(problemOf(await put(prompt)), prompt).toEqual([422, 'invalid-input', ...places])
    }
  })

  it.each([String.raw`{{tool}} {\{tool}} {{limit}}`, '{{tool}} &#123;{tool}} {{limit}}'])(
    'is refused where a blank is marked twice in what is rendered: %s',
    async (prompt) => {
      const key = { blanks: { tool: KEY['tool']!, limit: KEY['limit']! } }
      const body = quizDocument({ questions: [question({ prompt, blanks: BLANKS.slice(0, 2), key })] })
      const put = await host.client.call('PUT', `/v1/quizzes/${newQuizId()}`, { token: ROOT_KEY, body })
      expect(problemOf(put)).toEqual([422, 'invalid-input', '/questions/0/blanks/0/id inconsistent'])
    },
  )
})
