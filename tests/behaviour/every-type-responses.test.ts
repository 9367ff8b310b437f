import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { everyType } from '../support/every-type.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { logOf } from '../support/rows.ts'

/** What makes two responses equal, and what makes one malformed: what is public alone. */

let host: TestHost
let run: Run

beforeAll(async () => {
  host = await createHost()
  run = await start(host, await publish(host, everyType()))
})

const listed = (ids: string) => [...ids].map((id) => ({ id: `hidden-${id}`, text: `Entry ${id}` }))
const order = (ids: string): Json => ({ order: [...ids] })
const pairs = (written: Json): Json => ({ pairs: written })
const blanks = (written: Json): Json => ({ blanks: written })

describe('a response that is equal by what is public costs no try:', () => {
  const cases: [question: string, first: Json, ...equal: Json[]][] = [
    ['multiple', { choices: ['s', 't', 'p'] }, { choices: ['p', 's', 't'] }, { choices: ['t', 'p', 's'] }],
    ['order', order('yzwx'), order('yzwx')],
    ['match', pairs({ n: '1', l: '2' }), pairs({ l: '2', n: '1' })],
    ['number', { number: '1' }, { number: '1.0' }, { number: 1 }, { number: ' +1,00 ' }, { number: '10e-1' }],
    ['number', { number: 0 }, { number: '-0' }, { number: '.0' }, { number: '0e99' }],
    ['size', { number: '1500', unit: 'kB' }, { number: '1.5e3', unit: 'kB' }, { unit: 'kB', number: 1500 }],
    ['words', { text: 'docker' }, { text: ' docker ' }, { text: '\tdocker\n' }],
    ['words', { text: 'Z\u00fcrich' }, { text: 'Zu\u0308rich' }, { text: ' Zu\u0308rich' }],
    [
      'cloze',
      blanks({ tool: 'no', many: '1', kind: 'k' }),
      blanks({ kind: 'k', many: '1,0', tool: ' no' }),
      blanks({ many: '0.1e1', tool: 'no ', kind: 'k' }),
    ],
    ['essay', { text: 'Caf\u00e9.' }, { text: ' Cafe\u0301.\n' }],
  ]
  it.each(cases)('%s %j', async (question, first, ...equal) => {
    const taken = await start(host, await publish(host, everyType({ tries: 3 })))
    const [original] = (await taken.respond(question, first, { releases: [question] })).body.results
    expect(original).toMatchObject({ duplicate: false, try: 1, triesLeft: 2, response: first })
    for (const response of equal) {
      const again = await taken.respond(question, response, { releases: [question] })
      expect(again.body.results).toEqual([{ ...original, duplicate: true }])
    }
    const finished = await taken.finish({ releases: [question] })
    for (const response of equal) {
      const late = await taken.respond(question, response, { releases: [question] })
      expect(late).toMatchObject({ status: 200, body: { results: [{ duplicate: true, refused: null, try: 1 }] } })
    }
    expect((await taken.resume({ releases: [question] })).body.results).toEqual(finished.body.results)
  })

  it('one that only the key takes for the same costs a try, or it would tell what the key takes for the same', async () => {
    const different: [question: string, first: Json, second: Json][] = [
      ['order', order('yzwx'), order('ywzx')],
      ['match', pairs({ n: '1' }), pairs({ n: '1', l: '2' })],
      ['match', pairs({}), pairs({ n: '1' })],
      ['number', { number: '-1.5' }, { number: '-1.6' }],
      ['size', { number: '1500', unit: 'B' }, { number: '1.5', unit: 'kB' }],
      ['words', { text: 'vm' }, { text: 'VM' }],
      ['words', { text: 'a b' }, { text: 'a  b' }],
      ['words', { text: 'x2' }, { text: 'x²' }],
      ['cloze', blanks({ tool: 'podman' }), blanks({ tool: 'Podman' })],
      ['cloze', blanks({}), blanks({ tool: '' })],
      ['essay', { text: 'a b' }, { text: 'a  b' }],
    ]
    for (const [question, first, second] of different) {
      const taken = await start(host, await publish(host, everyType({ tries: 3 })))
      await taken.respond(question, first, { releases: [question] })
      const [result] = (await taken.respond(question, second, { releases: [question] })).body.results
      expect(result, JSON.stringify(second)).toMatchObject({ duplicate: false, try: 2, triesLeft: 1 })
    }
  })

  it('in a deferred quiz it is what is saved now, in whatever form', async () => {
    const taken = await start(host, await publish(host, everyType({ feedback: 'deferred' })))
    const duplicates: boolean[] = []
    for (const number of ['1', '1,0', 2, '2.0', 1]) {
      duplicates.push((await taken.respond('number', { number })).body.results[0].duplicate)
    }
    expect(duplicates).toEqual([false, true, false, true, false])
  })
})

describe('a malformed response is refused at its place:', () => {
  const cases: [question: string, response: unknown, ...places: string[]][] = [
    ['order', order('wxy'), '/order inconsistent'],
    ['order', order(''), '/order inconsistent'],
    ['order', order('wxyzw'), '/order invalid-shape'],
    ['order', order('wxyv'), '/order/3 unknown-id'],
    ['order', order('wvyzu'), '/order/1 unknown-id', '/order/4 unknown-id'],
    ['order', { order: ['w', 'x', 'y', 7] }, '/order/3 invalid-shape'],
    ['order', { order: 'wxyz' }, '/order invalid-shape'],
    ['order', { choices: [...'wxyz'] }, '/order invalid-shape', '/choices unknown-field'],
    ['steps', { dependsOn: {} }, '/order invalid-shape', '/dependsOn unknown-field'],
    ['match', pairs({ x: '1' }), '/pairs/x unknown-id'],
    ['match', pairs({ n: '9' }), '/pairs/n unknown-id'],
    ['match', pairs({ n: 'l', l: 'n' }), '/pairs/l unknown-id', '/pairs/n unknown-id'],
    ['match', pairs({ n: null }), '/pairs/n invalid-shape'],
    ['match', pairs({ n: ['2'] }), '/pairs/n invalid-shape'],
    ['match', pairs({ constructor: '2' }), '/pairs/constructor unknown-id'],
    ['match', pairs({ n: 'toString' }), '/pairs/n unknown-id'],
    ['match', pairs({ 'a/b': '2' }), '/pairs/a~1b invalid-shape'],
    ['match', { pairs: [] }, '/pairs invalid-shape'],
    ['match', { pairs: [['n', '2']] }, '/pairs invalid-shape'],
    ['number', { value: 5 }, '/number invalid-shape', '/value unknown-field'],
    ['number', { number: '5', unit: 'B' }, '/unit inconsistent'],
    ['size', { number: '5', unit: 'b' }, '/unit unknown-id'],
    ['size', { number: 'five' }, '/number invalid-shape'],
    ['size', { number: '5,5' }, '/number invalid-shape', '/unit inconsistent'],
    ['words', { text: 'x'.repeat(201) }, '/text invalid-shape'],
    ['words', { text: null }, '/text invalid-shape'],
    ['cloze', blanks({ many: '1e' }), '/blanks/many invalid-shape'],
    ['cloze', blanks({ kind: 'tool' }), '/blanks/kind unknown-id'],
    ['cloze', blanks({ all: 'x' }), '/blanks/all unknown-id'],
    ['essay', { text: ['x'] }, '/text invalid-shape'],
    ['essay', { text: 'x', grade: 1 }, '/grade unknown-field'],
  ]
  it.each(cases)('%s %j', async (question, response, ...places) => {
    const expected = [422, 'invalid-input', ...places.map((place) => `/responses/0/response${place}`)]
    const body = { responses: [{ question, response }] }
    const atOnce = await host.client.call('POST', `/v1/quizzes/${run.started.body.attempt.quiz}/submissions`, { body })
    const stepwise = await run.respond(question, response)
    // Members of an object come in no order.
    for (const answer of [atOnce, stepwise])
      expect(problemOf(answer).map(String).toSorted()).toEqual(expected.map(String).toSorted())
    expect(await logOf(host.deps.db, run.id)).toEqual([])
  })

  it('a member that would be the prototype, and half a surrogate pair', async () => {
    const path = `/v1/attempts/${run.id}/responses`
    const headers = { 'Content-Type': 'application/json' }
    for (const [question, response, place] of [
      ['match', '{"pairs":{"__proto__":"2"}}', '/pairs/__proto__'],
      ['cloze', '{"blanks":{"__proto__":"x"}}', '/blanks/__proto__'],
      ['words', String.raw`{"text":"\ud83d"}`, '/text'],
    ]) {
      const rawBody = `{"responses":[{"question":"${question}","response":${response}}]}`
      const refused = await host.client.call('POST', path, { token: run.token, rawBody, headers })
      expect(refused.status).toBe(422)
      expect(refused.body.errors).toMatchObject([{ pointer: `/responses/0/response${place}` }])
    }
  })

  it('nothing is named in the answer but what the request names', async () => {
    const common = { section: 'one', explanation: 'Why.', prompt: 'What?' }
    const questions = [
      { ...common, id: 'o', type: 'ordering', items: listed('ab'), key: { order: ['hidden-b', 'hidden-a'] } },
      {
        ...common,
        id: 'm',
        type: 'matching',
        prompts: listed('xy'),
        options: listed('ab'),
        key: { pairs: { 'hidden-x': 'hidden-a', 'hidden-y': 'hidden-a' } },
      },
      {
        ...common,
        id: 'c',
        type: 'cloze',
        prompt: '{{hidden-t}}',
        blanks: [{ id: 'hidden-t', type: 'single-choice', options: listed('ab') }],
        key: { blanks: { 'hidden-t': { choice: 'hidden-a' } } },
      },
      {
        ...common,
        id: 'n',
        type: 'numeric',
        units: ['hidden-m'],
        key: { answers: [{ value: 1 }], units: { 'hidden-m': 1 } },
      },
    ]
    const taken = await start(host, await publish(host, quizDocument({ questions })))
    const malformed: Json[] = [
      { question: 'o', response: order('ab') },
      { question: 'o', response: { order: ['hidden-a'] } },
      { question: 'm', response: pairs({ x: 'y' }) },
      { question: 'm', response: pairs({ 'hidden-x': 'a' }) },
      { question: 'c', response: blanks({ t: 'a' }) },
      { question: 'c', response: blanks({ 'hidden-t': 'c' }) },
      { question: 'n', response: { number: 1 } },
      { question: 'n', response: { number: 1, unit: 'm' } },
    ]
    for (const response of malformed) {
      const { status, text } = await taken.respondAll([response])
      expect(status).toBe(422)
      const named = new Set(JSON.stringify(response).match(/hidden-\w/g))
      expect((text.match(/hidden-\w/g) ?? []).filter((each) => !named.has(each))).toEqual([])
    }
  })
})
