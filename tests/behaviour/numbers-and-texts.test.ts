import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start } from '../support/actions.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const question = (type: string, members: Json): Json => ({
  id: 'q',
  section: 'one',
  type,
  points: 6,
  prompt: 'How much?',
  explanation: 'So much.',
  ...members,
})
const publishOne = (type: string, members: Json, policy: Json = {}) =>
  publish(host, quizDocument({ questions: [question(type, members)], policy }))

/** What each response earns of six points, or the places that it is refused for; one attempt each. */
async function outcomes(type: string, members: Json, responses: readonly unknown[]): Promise<unknown[]> {
  const quiz = await publishOne(type, members)
  const found: unknown[] = []
  for (const response of responses) {
    const body = { responses: [{ question: 'q', response }] }
    const { status, body: answer } = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body })
    found.push(status === 201 ? answer.results[0].score : answer.errors.map((each: Json) => each['pointer']))
  }
  return found
}

const numbers = (...written: unknown[]) => written.map((number) => ({ number }))
const texts = (...written: string[]) => written.map((text) => ({ text }))
const AT = '/responses/0/response'

describe('a number, as it is served,', () => {
  it('has units and decimalComma where the author wrote them, and nothing else', async () => {
    const key = { answers: [{ value: 1 }] }
    for (const [members, fields] of [
      [{ key }, {}],
      [{ key, decimalComma: true }, { decimalComma: true }],
      [{ key: { ...key, units: { m: 1, km: '1e3' } }, units: ['km', 'm'] }, { units: ['km', 'm'] }],
    ] as const) {
      const quiz = await publishOne('numeric', members)
      const { questions } = (await host.client.call('GET', `/v1/quizzes/${quiz}/questions`)).body
      const { prompt, ...served } = questions[0]
      expect(served).toEqual({ id: 'q', section: 'one', type: 'numeric', points: 6, ...fields })
      expect(prompt).toEqual({ markdown: 'How much?', html: '<p>How much?</p>' })
    }
  })
})

describe('a number', () => {
  it.each([
    {
      answer: { value: '0.3' },
      right: ['0.3', 0.3, '.30', '3e-1', ' +0.3 ', '30E-2'],
      wrong: [0.31, '0.29999999', -0.3],
    },
    { answer: { value: 5, tolerance: { absolute: '0.1' } }, right: ['4.9', '5.1'], wrong: ['4.89999', '5.10001'] },
    {
      answer: { value: -200, tolerance: { relative: '0.01' } },
      right: [-198, -202],
      wrong: ['-197.99', '-202.01', 200],
    },
    // From 100 / 1.25 to 100 · 1.25.
    { answer: { value: 100, tolerance: { geometric: '0.25' } }, right: [80, 125], wrong: ['79.9', '125.1', -100] },
    // Half a unit of the third figure of 1234 is 5.
    { answer: { value: 1234, tolerance: { significantFigures: 3 } }, right: [1229, 1239], wrong: [1228, 1240] },
    { answer: { value: '2.71', tolerance: { decimalPlaces: 1 } }, right: ['2.66', '2.76'], wrong: ['2.659', '2.761'] },
    { answer: { range: { min: 1, max: 2, includeMax: false } }, right: [1, '1.999'], wrong: ['0.999', 2] },
    { answer: { range: { min: '1e308' } }, right: ['1e308'], wrong: ['9.99e307'] },
  ])('$answer takes what is in it, bounds as they say', async ({ answer, right, wrong }) => {
    const key = { answers: [answer] }
    const earned = await outcomes('numeric', { key }, numbers(...right, ...wrong))
    expect(earned).toEqual([...right.map(() => 6), ...wrong.map(() => 0)])
  })

  it('gets the most of the answers that accept it, times the fraction of its unit', async () => {
    const key = {
      answers: [{ range: { min: 900, max: 1100 }, fraction: '1/2' }, { value: 1000 }, { value: 7, fraction: '1/3' }],
      units: { m: 1, km: { factor: 1000, fraction: 0.5 }, ft: '0.3048' },
    }
    const responses = [
      { number: 1000, unit: 'm' },
      { number: 950, unit: 'm' },
      { number: '1', unit: 'km' },
      { number: '1.1', unit: 'km' },
      { number: 7, unit: 'm' },
      { number: '3280', unit: 'ft' },
      { number: 1000, unit: 'km' },
    ]
    // 3280 ft are 999.744 m.
    expect(await outcomes('numeric', { units: ['ft', 'm', 'km'], key }, responses)).toEqual([6, 3, 3, 1.5, 2, 3, 0])
  })

  it('comes with a decimal comma only where the question takes one', async () => {
    const key = { answers: [{ value: '1.5' }] }
    const written = numbers('1.5', '1,5', '1,50', '1.000,5', '1,000.5', '1,5,0')
    const refused = [`${AT}/number`]
    const withComma = await outcomes('numeric', { key, decimalComma: true }, written)
    expect(withComma).toEqual([6, 6, 6, refused, refused, refused])
    expect(await outcomes('numeric', { key }, written)).toEqual([6, ...written.slice(1).map(() => refused)])
    expect(await outcomes('numeric', { key, decimalComma: false }, written.slice(0, 2))).toEqual([6, refused])
  })

  it('is refused where it is none, whatever the key', async () => {
    const none = ['', ' ', '0x10', 'Infinity', '-Infinity', 'NaN', '1_000', '1 000', '1e', 'e5', '--1', '1.2.3', 'five']
    const more = ['.', '+', '1e309', `1${'0'.repeat(64)}`, '٣', '５', 2 ** 53, -(2 ** 53), null, true, [1], {}]
    for (const answer of [{ value: 16 }, { range: { min: -1 } }]) {
      const found = await outcomes('numeric', { key: { answers: [answer] } }, numbers(...none, ...more))
      expect(found).toEqual([...none, ...more].map(() => [`${AT}/number`]))
    }
  })

  it('has a unit of the question, or none where it has none', async () => {
    const key = { answers: [{ value: 1 }] }
    const units = ['Ω', 'constructor']
    const unitKey = { ...key, units: { Ω: 1, constructor: 2 } }
    const found = await outcomes('numeric', { units, key: unitKey }, [
      { number: 1, unit: '\u2126' },
      { number: '0.5', unit: 'constructor' },
      { number: 1 },
      { number: 1, unit: 'ω' },
      { number: 1, unit: '' },
      { number: 1, unit: 'toString' },
      { number: 1, unit: ['Ω'] },
      { number: '1,5', unit: 'x' },
    ])
    // U+2126, the ohm sign, is the Greek letter after NFC.
    const wrong = [`${AT}/unit`]
    expect(found).toEqual([6, 6, wrong, wrong, wrong, wrong, wrong, [`${AT}/number`, `${AT}/unit`]])
    expect(await outcomes('numeric', { key }, [{ number: 1, unit: 'm' }])).toEqual([wrong])
  })

  it.each([
    { key: { answers: [{ value: '2.50' }] }, answer: { number: '2.5' } },
    { key: { answers: [{ value: 1, fraction: 0.5 }, { range: { min: 2, max: 3 } }] }, answer: { number: '2.5' } },
    { key: { answers: [{ range: { max: -4, includeMax: false } }] }, answer: { number: '-5' } },
    {
      key: { answers: [{ value: 3 }], units: { a: 7, b: '1.5' } },
      units: ['a', 'b'],
      answer: { number: '2', unit: 'b' },
    },
    // A third of a unit has no end as a decimal, so there is no answer to tell.
    { key: { answers: [{ value: 1 }], units: { a: 3 } }, units: ['a'], answer: null },
  ])('tells $answer for $key', async ({ key, units, answer }) => {
    const quiz = await publishOne('numeric', { key, ...(units && { units }) })
    const run = await start(host, quiz)
    const told = await run.respond('q', { number: 99, ...(units && { unit: units[0] }) })
    expect(told.body.results[0]).toMatchObject({ status: 'incorrect', answer })
  })
})

describe('a short text', () => {
  it('is served with its length, where the author set one', async () => {
    const key = { answers: [{ text: 'docker' }] }
    const run = await start(host, await publishOne('short-text', { key, maxLength: 8 }))
    const { prompt: _, ...served } = run.started.body.questions[0]
    expect(served).toEqual({ id: 'q', section: 'one', type: 'short-text', points: 6, maxLength: 8 })
  })

  it.each([
    {
      key: { answers: [{ text: 'docker' }] },
      right: ['docker', ' DOCKER\n', 'dock\u200Ber'],
      wrong: ['dockers', '', 'd ocker'],
    },
    { key: { answers: [{ text: 'Straße' }] }, right: ['STRASSE', 'straße'], wrong: ['strase'] },
    { key: { answers: [{ text: 'Go' }], caseSensitive: true }, right: ['Go'], wrong: ['go', 'GO'] },
    {
      key: { answers: [{ text: 'naïve' }], foldDiacritics: true },
      right: ['naive', 'nai\u0308ve', 'NAÏVE'],
      wrong: ['nave'],
    },
    { key: { answers: [{ text: 'naïve' }] }, right: ['nai\u0308ve'], wrong: ['naive'] },
    { key: { answers: [{ text: 'rm -rf' }], ignorePunctuation: true }, right: ['rm rf', 'rm -r.f!'], wrong: ['rmrf'] },
    { key: { answers: [{ text: 'a b' }], collapseWhitespace: true }, right: ['a \t b'], wrong: ['ab'] },
    { key: { answers: [{ text: 'x2' }], unicode: 'NFKC' }, right: ['x²', 'ｘ2'], wrong: ['x3'] },
    {
      key: { answers: [{ text: 'kernel' }], maxEdits: 1 },
      right: ['kernal', 'kernl', 'kerneel', 'krenel'],
      wrong: ['kerna', 'kenrle'],
    },
    {
      key: { answers: [{ wildcard: 'kube*l' }] },
      right: ['kubectl', 'kubel', 'KUBE-L'],
      wrong: ['kubectls', 'akubectl'],
    },
    { key: { answers: [{ wildcard: '\\**' }] }, right: ['*', '*.ts'], wrong: ['a*'] },
    { key: { answers: [{ pattern: 'v[0-9]+' }] }, right: ['v12', 'V1', ' v1 '], wrong: ['v', 'av1', 'v1a'] },
    { key: { answers: [{ pattern: 'ab|cd' }], caseSensitive: true }, right: ['ab', 'cd'], wrong: ['abd', 'acd', 'AB'] },
  ])('with $key takes $right, and $wrong not', async ({ key, right, wrong }) => {
    const earned = await outcomes('short-text', { key }, texts(...right, ...wrong))
    expect(earned).toEqual([...right.map(() => 6), ...wrong.map(() => 0)])
  })

  it('gets the most of the answers that accept it', async () => {
    const answers = [{ wildcard: 'd*', fraction: '1/3' }, { text: 'docker' }, { pattern: '.{6}', fraction: 0.5 }]
    const earned = await outcomes('short-text', { key: { answers } }, texts('docker', 'docket', 'dock', 'podman', 'x'))
    expect(earned).toEqual([6, 3, 2, 3, 0])
  })

  it('is refused where it is longer than the question takes, in characters after NFC', async () => {
    const key = { answers: [{ text: 'ab' }] }
    const fit = ['abcd', '😀😀😀😀', 'e\u0301'.repeat(4)]
    const found = await outcomes('short-text', { key, maxLength: 4 }, [
      ...texts(...fit, 'abcde', '😀'.repeat(5)),
      { text: 7 },
      { text: null },
      {},
      { text: 'ab', certain: true },
      'ab',
      { texts: ['ab'] },
    ])
    expect(found.slice(0, 3)).toEqual([0, 0, 0])
    expect(found.slice(3, 8)).toEqual(Array.from({ length: 5 }, () => [`${AT}/text`]))
    expect(found.slice(8)).toEqual([[`${AT}/certain`], [AT], [`${AT}/text`, `${AT}/texts`]])
    expect(await outcomes('short-text', { key }, texts('a'.repeat(1000), 'a'.repeat(1001)))).toEqual([
      0,
      [`${AT}/text`],
    ])
  })

  it.each([
    { answers: [{ pattern: 'd.+', fraction: 1 }, { text: 'Docker' }], samples: [], answer: { text: 'Docker' } },
    { answers: [{ pattern: 'd.+' }], samples: [{ response: { text: 'dir' }, fraction: 1 }], answer: { text: 'dir' } },
    {
      answers: [{ wildcard: 'd*' }, { text: 'x', fraction: 0.5 }],
      samples: [{ response: { text: 'x' }, fraction: 0.5 }],
      answer: null,
    },
  ])('tells $answer: what is literal, else a sample that earns everything, else nothing', async (tested) => {
    const { answers, samples, answer } = tested
    const run = await start(host, await publishOne('short-text', { key: { answers }, samples }))
    const told = await run.respond('q', { text: 'no' })
    expect(told.body.results[0]).toMatchObject({ status: 'incorrect', answer })
  })
})
