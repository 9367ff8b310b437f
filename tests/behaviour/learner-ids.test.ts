import { beforeAll, describe, expect, it } from 'vitest'
import { publish, startFor } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { clearRules, erase, exportOf, rulesOf, setRules, tracesOf } from '../support/learners.ts'
import { problemOf } from '../support/problem-of.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { countRows } from '../support/tables.ts'

let host: TestHost
let quiz: string

beforeAll(async () => {
  host = await createHost()
  quiz = await publish(host, quizDocument({ access: 'restricted' }))
})

const ODD = [
  'a/b',
  '/',
  '//',
  '../x',
  '...',
  '.hidden',
  '%',
  '%25',
  '%2F',
  '%2e%2e',
  'a%b',
  '100%zz',
  ' ',
  'Ada Lovelace',
  'a+b',
  'tab\there',
  'two\nlines',
  '?quiz=x',
  '#fragment',
  '&;=:@,$!',
  '"quoted" \'twice\'',
  'back\\slash',
  '*',
  ':learner',
  '{learner}',
  'accommodations',
  'x/accommodations',
  'learner:ada',
  '__proto__',
  'null',
  '\u00e9',
  'e\u0301',
  '\u202eRLO',
  '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}',
  '\u{1F600}'.repeat(200),
  'x'.repeat(200),
  "Robert'); DROP TABLE attempts;--",
]
const rule = { quiz: null, factor: 2, reason: 'Agreed.' }

describe('a learner may be called anything:', () => {
  it.each(ODD)('%j', async (learner) => {
    const run = await startFor(host, quiz, learner)
    expect(run.started.body.attempt.learner).toEqual({ id: learner })
    expect(await setRules(host, learner, [rule])).toMatchObject({ status: 200, body: { learner, rules: [rule] } })
    expect((await rulesOf(host, learner)).body).toMatchObject({ learner, rules: [rule] })
    const exported = await exportOf(host, learner)
    expect(exported.body).toMatchObject({ learner: { id: learner }, attempts: [{ attempt: { id: run.id } }] })
    expect(exported.body.attempts).toHaveLength(1)
    expect((await clearRules(host, learner)).status).toBe(204)
    expect((await rulesOf(host, learner)).body.rules).toEqual([])
    expect((await erase(host, learner)).status).toBe(204)
    expect((await run.resume()).status).toBe(404)
    expect((await exportOf(host, learner)).status).toBe(404)
    expect(await tracesOf(host.deps.db, learner)).toEqual([])
  })

  it('and is not mixed up with another who is called nearly so', async () => {
    const pairs = [
      ['%2F', '/'],
      ['%25', '%'],
      ['\u00e9', 'e\u0301'],
      ['Ada', 'ada'],
      ['a b', 'a+b'],
      ['x', 'x '],
    ]
    for (const [one, other] of pairs) {
      const run = await startFor(host, quiz, other!)
      await startFor(host, quiz, one!)
      expect((await erase(host, one!)).status).toBe(204)
      expect((await exportOf(host, other!)).body.attempts).toMatchObject([{ attempt: { id: run.id } }])
      expect((await exportOf(host, one!)).status).toBe(404)
    }
  })
})

describe('a learner cannot be called', () => {
  it.each(['.', '..'])('%j, which no path can hold', async (learner) => {
    for (const call of ['attempts', 'submissions']) {
      const body = { learner: { id: learner }, ...(call === 'submissions' && { responses: [] }) }
      const answer = await host.client.call('POST', `/v1/quizzes/${quiz}/${call}`, { token: ROOT_KEY, body })
      expect(problemOf(answer)).toEqual([422, 'invalid-input', '/learner/id invalid-shape'])
    }
    expect((await exportOf(host, learner)).status).toBe(404)
  })

  const paths = ['%', '%zz', 'a%2', '%ff', '%C0%AF', '%E0%A4%A', '%ED%A0%80', '%00', 'a%00b', 'x'.repeat(201)]
  it.each([...paths, '%F0%9F%98%80'.repeat(201)])('what is no text of 1 to 200 characters: %s', async (id) => {
    const before = await countRows(host.deps.db)
    for (const path of [`/v1/learners/${id}`, `/v1/learners/${id}/accommodations`]) {
      for (const method of ['GET', 'DELETE']) {
        expect(problemOf(await host.client.call(method, path, { token: ROOT_KEY }))).toEqual([404, 'not-found'])
      }
    }
    const path = `/v1/learners/${id}/accommodations`
    const put = await host.client.call('PUT', path, { token: ROOT_KEY, body: { rules: [rule] } })
    expect(problemOf(put)).toEqual([422, 'invalid-input', ' invalid-shape'])
    expect(put.body.errors[0].detail).toContain('learner')
    expect(await countRows(host.deps.db)).toEqual(before)
  })

  it('nothing at all', async () => {
    for (const path of ['/v1/learners/', '/v1/learners', '/v1/learners//accommodations']) {
      expect((await host.client.call('GET', path, { token: ROOT_KEY })).status).toBe(404)
    }
  })
})
