import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish, type Run, start, startFor } from '../support/actions.ts'
import { issueKey } from '../support/api-keys.ts'
import { atOnce } from '../support/at-once.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { askForRegrade, changesOf, publishAgain, readRegrade, regrade } from '../support/regrades.ts'
import { logOf } from '../support/rows.ts'
import { countRows } from '../support/tables.ts'

let host: TestHost
let quiz: string
let revision: string
let run: Run

const everything = { releases: 'everything' } as const
const TARGET = [
  singleChoice('single', { ids: 'abd' }),
  multipleChoice('multiple'),
  trueFalse('truth', { key: 'false' }),
]

beforeAll(async () => {
  host = await createHost()
  quiz = await publish(host)
  run = await start(host, quiz)
  await run.respond('truth', { choice: 'false' }, everything)
  revision = await publishAgain(host, quiz, quizDocument({ questions: TARGET }))
})

/** What is refused tells no secret, and leaves nothing behind. */
async function refused(body: Json, options: Json = {}) {
  const rows = await countRows(host.deps.db)
  const answer = await askForRegrade(host, quiz, { revision, ...body }, { releases: [], ...options })
  await host.idle()
  expect(await countRows(host.deps.db)).toEqual(rows)
  return problemOf(answer)
}

const invalid = (...errors: string[]) => [422, 'invalid-input', ...errors]

const map = (names: unknown) => ({ questions: ['truth'], map: names })
const huge = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`q${at}`, { a: 'b' }]))

describe('a request for a regrade is refused', () => {
  const cases: { name: string; body: Json; errors: string[] }[] = [
    { name: 'with a revision that is none', body: { revision: 'one' }, errors: ['/revision invalid-shape'] },
    { name: 'with a revision that nobody knows', body: { revision: 'rev_none' }, errors: ['/revision unknown-id'] },
    { name: 'without a rule', body: { rule: null }, errors: ['/rule invalid-shape'] },
    { name: 'by a rule that there is not', body: { rule: 'by-mood' }, errors: ['/rule invalid-shape'] },
    { name: 'by a list of rules', body: { rule: ['new-key'] }, errors: ['/rule invalid-shape'] },
    { name: 'by rules for nothing', body: { rule: {} }, errors: ['/rule inconsistent'] },
    { name: 'by a rule for what nobody asked', body: { rule: { x: 'new-key' } }, errors: ['/rule/x unknown-id'] },
    { name: 'without a reason', body: { reason: undefined }, errors: ['/reason invalid-shape'] },
    { name: 'with an empty reason', body: { reason: '' }, errors: ['/reason invalid-shape'] },
    { name: 'with a reason too long', body: { reason: 'x'.repeat(1001) }, errors: ['/reason invalid-shape'] },
    { name: 'with a dry run that is a word', body: { dryRun: 'true' }, errors: ['/dryRun invalid-shape'] },
    { name: 'with a dry run that is null', body: { dryRun: null }, errors: ['/dryRun invalid-shape'] },
    { name: 'with a field that is not known', body: { attempts: [] }, errors: ['/attempts unknown-field'] },
    { name: 'for no questions', body: { questions: [] }, errors: ['/questions invalid-shape'] },
    { name: 'for questions that are none', body: { questions: ['a b'] }, errors: ['/questions/0 invalid-shape'] },
    { name: 'for what nobody asked', body: { questions: ['truth', 'x'] }, errors: ['/questions/1 unknown-id'] },
    {
      name: 'for a question twice',
      body: { questions: ['truth', 'truth'] },
      errors: ['/questions/1 duplicate'],
    },
    {
      name: 'for more questions than a quiz can have',
      body: { questions: Array.from({ length: 501 }, (_, index) => `q${index}`) },
      errors: ['/questions invalid-shape'],
    },
    { name: 'with a map that is a list', body: map([]), errors: ['/map invalid-shape'] },
    { name: 'with a map to a list', body: map({ truth: ['a'] }), errors: ['/map/truth invalid-shape'] },
    { name: 'with a map to a number', body: map({ single: { a: 1 } }), errors: ['/map/single/a invalid-shape'] },
    { name: 'with a map to nothing', body: map({ single: { a: '' } }), errors: ['/map/single/a invalid-shape'] },
    {
      name: 'with a map to a long name',
      body: map({ single: { a: 'x'.repeat(65) } }),
      errors: ['/map/single/a invalid-shape'],
    },
    { name: 'with a map of nobody’s names', body: map({ single: { z: 'a' } }), errors: ['/map/single/z unknown-id'] },
    {
      name: 'with a map of what every object has',
      body: map({ constructor: { toString: 'valueOf' } }),
      errors: ['/map/constructor unknown-id'],
    },
    {
      name: 'while it is not decided what became of an option',
      body: {},
      errors: ['/map/single/c inconsistent', '/map/single inconsistent'],
    },
  ]
  for (const { name, body, errors } of cases) {
    it(name, async () => {
      expect(await refused(body)).toEqual(invalid(...errors))
    })
  }

  it('with the revision of another quiz', async () => {
    const other = await publish(host)
    const { body } = await host.client.call('GET', `/v1/quizzes/${other}`)
    expect(await refused({ revision: body.revision })).toEqual(invalid('/revision unknown-id'))
  })

  it('with a prototype among the names', async () => {
    for (const written of ['{"__proto__":{"a":"b"}}', '{"single":{"__proto__":"b"}}']) {
      const rawBody = `{"revision":"${revision}","rule":"new-key","reason":"None","map":${written}}`
      const answer = await host.client.call('POST', `/v1/quizzes/${quiz}/regrades`, {
        token: ROOT_KEY,
        rawBody,
        headers: { 'Content-Type': 'application/json' },
      })
      expect([answer.status, answer.body.code]).toEqual([422, 'invalid-input'])
    }
  })

  it('with a map that is huge: fifty of its mistakes are named, and one that is larger is too large', async () => {
    const [status, code, ...errors] = await refused(map(huge(12_000)))
    expect([status, code, errors.length]).toEqual([422, 'invalid-input', 50])
    expect((await refused(map(huge(20_000)))).slice(0, 2)).toEqual([413, 'body-too-large'])
  })

  it('to whoever is not staff, or lacks the scope', async () => {
    const key = await issueKey(host, 'attempts:write', 'attempts:read', 'quizzes:write')
    for (const token of [null, run.token, 'nonsense']) {
      expect((await refused({}, { token })).slice(0, 2)).toEqual([401, 'unauthorized'])
      const read = await host.client.call('GET', `/v1/quizzes/${quiz}/regrades/rgr_none`, { token })
      expect(read.status).toBe(401)
    }
    expect((await refused({}, { token: key.secret })).slice(0, 2)).toEqual([403, 'forbidden'])
  })

  it('on a quiz that is not there', async () => {
    expect(problemOf(await askForRegrade(host, newQuizId(), { revision })).slice(0, 2)).toEqual([404, 'not-found'])
  })
})

describe('what is not decided', () => {
  it('is decided by a map, by other questions, or by a rule', async () => {
    for (const decided of [
      { map: { single: { c: 'd' } } },
      { questions: ['truth', 'multiple'] },
      { rule: { truth: 'new-key', single: 'full-credit' } },
      { rule: 'best-of-both', map: { single: { c: 'd', a: 'b', b: 'a' } } },
    ]) {
      expect(await regrade(host, quiz, { revision, ...decided, dryRun: true })).toMatchObject({
        attempts: 1,
        ...decided,
      })
    }
  })
})

const asked = () => ({ revision, questions: ['truth'] })

describe('an Idempotency-Key', () => {
  const headers = { 'Idempotency-Key': 'a-regrade-of-this-test-1' }

  it('gives the job that was made: while it waits, when it is done, and after another publication', async () => {
    const first = await askForRegrade(host, quiz, asked(), { headers })
    await host.idle()
    expect((await logOf(host.deps.db, run.id)).at(-1)).toMatchObject({ type: 'regraded', id: first.body.id })
    const rows = await countRows(host.deps.db)
    const again = await askForRegrade(host, quiz, asked(), { headers })
    expect([again.status, again.body.id, again.body.status]).toEqual([202, first.body.id, 'done'])
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
    await host.idle()
    expect(await countRows(host.deps.db)).toEqual(rows)
    await publishAgain(host, quiz, quizDocument({ questions: TARGET, title: 'Once more' }))
    const later = await askForRegrade(await host.isolate(), quiz, asked(), { headers })
    expect(later.body.id).toBe(first.body.id)
  })

  it.each([
    { name: 'another rule', change: { rule: 'best-of-both' } },
    { name: 'other questions', change: { questions: ['truth', 'multiple'] } },
    { name: 'a map', change: { map: { single: { a: 'b', b: 'a' } } } },
    { name: 'a dry run', change: { dryRun: true } },
    { name: 'another reason', change: { reason: 'Another' } },
    { name: 'what would be refused', change: { revision: 'rev_none' } },
  ])('with $name is refused', async ({ change }) => {
    expect((await refused({ ...asked(), ...change }, { headers })).slice(0, 2)).toEqual([422, 'idempotency-key-reused'])
  })

  it('of two at once at two isolates is one job, and both get it; of one that was refused is none', async () => {
    const other = await host.isolate()
    const one = { headers: { 'Idempotency-Key': 'a-regrade-of-this-test-2' } }
    await refused({ ...asked(), rule: {} }, one)
    const { jobs } = await countRows(host.deps.db)
    const answers = await atOnce(10, (index) => askForRegrade(index % 2 === 0 ? host : other, quiz, asked(), one))
    await Promise.all([host.idle(), other.idle()])
    expect(new Set(answers.map(({ status, body: { id } }) => `${status} ${id}`)).size).toBe(1)
    expect((await countRows(host.deps.db))['jobs']).toBe(jobs! + 1)
  })

  it('is of one quiz and one caller', async () => {
    const key = await issueKey(host, 'grading:write')
    const elsewhere = await publish(host, quizDocument())
    const { body: summary } = await host.client.call('GET', `/v1/quizzes/${elsewhere}`)
    const ids = [
      await askForRegrade(host, quiz, asked(), { headers }),
      await askForRegrade(host, quiz, asked(), { headers, token: key.secret }),
      await askForRegrade(host, elsewhere, { revision: summary.revision }, { headers }),
    ].map((answer) => answer.body.id)
    await host.idle()
    expect(new Set(ids).size).toBe(3)
  })
})

const restricted = (key: string) => quizDocument({ access: 'restricted', questions: [singleChoice('single', { key })] })

describe('the list of changes', () => {
  it('goes page by page in the order of the attempts, with whose they are', async () => {
    const listed = await publish(host, restricted('b'))
    const people = [{ id: 'eve', name: 'Eve' }, { id: 'bob' }, { id: 'zoë', name: 'Zoë' }, { id: 'al' }, { id: 'mia' }]
    const runs: Run[] = []
    for (const learner of people) {
      host.clock.now += 1
      const started = await startFor(host, listed, learner.id, { body: { learner } })
      // The third picks what is wrong in either version: nothing changes for Zoë.
      await started.respond('single', { choice: learner.id === 'zoë' ? 'a' : 'c' }, everything)
      runs.push(started)
    }
    const { id } = await regrade(host, listed, {
      revision: await publishAgain(host, listed, restricted('c')),
    })
    expect((await changesOf(host, id)).map(({ attempt }) => attempt)).toEqual(
      runs.toSpliced(2, 1).map((each) => each.id),
    )
    const pages: Json[][] = []
    let cursor: string | null = null
    do {
      const query: string = `?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`
      const { body } = await readRegrade(host, listed, id, query)
      expect(body).toMatchObject({ id, attempts: 5, regraded: 5 })
      pages.push(body.changes)
      cursor = body.nextCursor
    } while (cursor !== null)
    expect(pages.map((page) => page.map(({ learner }) => learner))).toEqual([
      [people[0], people[1]],
      [people[3], people[4]],
    ])
    expect(pages[0]![0]).toEqual({
      attempt: runs[0]!.id,
      learner: people[0],
      before: { score: 0, maxScore: 1, passed: null },
      after: { score: 1, maxScore: 1, passed: null },
    })
  })

  it('is of its own quiz, and of a regrade', async () => {
    const { id } = await regrade(host, quiz, { revision, questions: ['truth'], dryRun: true })
    const extended = await host.client.call('POST', `/v1/quizzes/${quiz}/extensions`, {
      token: ROOT_KEY,
      body: { extraSeconds: 60, reason: 'None' },
    })
    await host.idle()
    const absent = [
      await readRegrade(host, await publish(host), id),
      await readRegrade(host, quiz, extended.body.id),
      await readRegrade(host, quiz, `${id}x`),
    ]
    expect(absent.map(({ status }) => status)).toEqual([404, 404, 404])
    for (const query of ['?limit=0', '?limit=201', '?cursor=$', '?page=2']) {
      expect((await readRegrade(host, quiz, id, query)).status).toBe(422)
    }
  })
})
