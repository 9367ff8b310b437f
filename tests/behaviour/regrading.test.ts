import { beforeAll, describe, expect, it } from 'vitest'
import { runJobs } from '../../src/services/run-jobs.ts'
import { publish, type Run, start, startFor } from '../support/actions.ts'
import { issueKey } from '../support/api-keys.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { decodeJwt } from '../support/jwt.ts'
import { type Json, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { askForRegrade, publishAgain, readRegrade, regrade, staffView } from '../support/regrades.ts'
import { attemptRow, logOf } from '../support/rows.ts'
import { countRows } from '../support/tables.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const everything = { releases: 'everything' } as const

/** Option b is right, for one point; in the target it is c, for two. `truth` stays as it is, for one. */
const version = (key: string, points: number, change: Json = {}) =>
  quizDocument({ questions: [singleChoice('single', { key, points }), trueFalse('truth')], ...change })

const standing = ([score, maxScore, passed]: unknown[]) => ({ score, maxScore, passed })

const changed = (attempt: string, learner: string, before: unknown[], after: unknown[]) => ({
  attempt,
  learner: { id: learner },
  before: standing(before),
  after: standing(after),
})

/** Ada, Ben, Cleo and Dan chose b, c, a and nothing; all were right about the other question, and finished. */
async function played(change: Json = {}) {
  const quiz = await publish(host, version('b', 1, { access: 'restricted', ...change }))
  const runs: Run[] = []
  for (const [learner, choice] of Object.entries({ ada: 'b', ben: 'c', cleo: 'a', dan: null })) {
    host.clock.now += 1
    const run = await startFor(host, quiz, learner)
    if (choice) await run.respond('single', { choice }, everything)
    await run.respond('truth', { choice: 'true' }, everything)
    await run.finish(everything)
    runs.push(run)
  }
  const target = await publishAgain(host, quiz, version('c', 2, { access: 'restricted', ...change }))
  return { quiz, target, runs }
}

/** What each rule makes of two points, of which Ada had both and the others one: they pass with 70 percent. */
const RULES = [
  {
    rule: 'new-key',
    totals: [
      [1, 3, false],
      [3, 3, true],
      [1, 3, false],
      [1, 3, false],
    ],
    becamePassed: 1,
    becameFailed: 1,
    meanAfter: 1.5,
  },
  {
    rule: 'best-of-both',
    totals: [
      [3, 3, true],
      [3, 3, true],
      [1, 3, false],
      [1, 3, false],
    ],
    becamePassed: 1,
    becameFailed: 0,
    meanAfter: 2,
  },
  {
    rule: 'full-credit',
    totals: [
      [3, 3, true],
      [3, 3, true],
      [3, 3, true],
      [3, 3, true],
    ],
    becamePassed: 3,
    becameFailed: 0,
    meanAfter: 3,
  },
  {
    rule: 'drop-question',
    totals: [
      [1, 1, true],
      [1, 1, true],
      [1, 1, true],
      [1, 1, true],
    ],
    becamePassed: 3,
    becameFailed: 0,
    meanAfter: 1,
  },
] as const
const BEFORE = [
  [2, 2, true],
  [1, 2, false],
  [1, 2, false],
  [1, 2, false],
] as const
const LEARNERS = ['ada', 'ben', 'cleo', 'dan']

const questions = (points: number) => [
  singleChoice('single', { points }),
  { ...singleChoice('written'), type: 'essay', points: points * 4, options: undefined, key: {} },
]

describe('a regrade', () => {
  for (const { rule, totals, ...counts } of RULES) {
    it(`by ${rule} changes what it says, by one event an attempt, and a receipt that beats the one before`, async () => {
      const { quiz, target, runs } = await played()
      const receipts = await Promise.all(runs.map(async (run) => (await run.resume(everything)).body.receipt))
      host.clock.now += 60_000
      const asked = { rule, questions: ['single'], revision: target, reason: 'Option c was right' }
      const done = await regrade(host, quiz, asked)
      expect(done).toMatchObject({
        quiz,
        rule,
        questions: ['single'],
        map: {},
        reason: 'Option c was right',
        revision: target,
        dryRun: false,
        status: 'done',
        createdBy: 'root',
        attempts: 4,
        regraded: 4,
        meanBefore: 1.25,
        ...counts,
      })
      expect(done.finishedAt).toBe(new Date(host.clock.now).toISOString())
      expect(done.changes).toEqual(
        runs.map(({ id }, index) => changed(id, LEARNERS[index]!, [...BEFORE[index]!], [...totals[index]!])),
      )
      for (const [index, run] of runs.entries()) {
        const [score, maxScore, passed] = totals[index]!
        const { attempt, receipt } = (await run.resume(everything)).body
        expect(attempt).toMatchObject({ score, maxScore, passed, revision: expect.not.stringMatching(target) })
        const [old, now] = [receipts[index], receipt].map((each) => decodeJwt(each).payload)
        expect(now).toMatchObject({
          score,
          maxScore,
          passed,
          revision: old!['revision'],
          finishedAt: old!['finishedAt'],
        })
        expect(Number(now!['seq'])).toBe(Number(old!['seq']) + 1)
        const row = await attemptRow(host.deps.db, run.id)
        expect(row).toMatchObject({ score: score * 1000, maxScore: maxScore * 1000, passed, settled: now!['seq'] })
        expect((await logOf(host.deps.db, run.id)).at(-1)).toMatchObject({
          type: 'regraded',
          id: done.id,
          at: host.clock.now,
          body: { regrade: done.id, rule, questions: ['single'], by: 'root', reason: 'Option c was right' },
        })
      }
    })
  }

  it('asked for again changes nothing, and writes no event', async () => {
    const { quiz, target, runs } = await played()
    await regrade(host, quiz, { revision: target })
    const rows = await countRows(host.deps.db)
    for (const dryRun of [true, false]) {
      const again = await regrade(host, quiz, { revision: target, dryRun })
      expect(again).toMatchObject({ attempts: 4, regraded: 0, changes: [], meanBefore: 1.5, meanAfter: 1.5 })
      expect(again).toMatchObject({ becamePassed: 0, becameFailed: 0 })
    }
    expect(await countRows(host.deps.db)).toEqual({ ...rows, jobs: rows['jobs']! + 2 })
    expect((await logOf(host.deps.db, runs[0]!.id)).map(({ type }) => type).slice(-2)).toEqual(['finished', 'regraded'])
  })

  it.each(['new-key', 'best-of-both'])('to the revision that was served changes nothing by %s', async (rule) => {
    const { quiz, runs } = await played()
    const { revision } = await attemptRow(host.deps.db, runs[0]!.id)
    const rows = await countRows(host.deps.db)
    expect(await regrade(host, quiz, { revision, rule })).toMatchObject({ attempts: 4, regraded: 0, changes: [] })
    expect(await countRows(host.deps.db)).toEqual({ ...rows, jobs: rows['jobs']! + 1 })
  })

  it('back to what was served undoes one, by an event of its own', async () => {
    const { quiz, target, runs } = await played()
    const before = await Promise.all(runs.map(({ id }) => staffView(host, id)))
    await regrade(host, quiz, { revision: target, rule: 'full-credit', questions: ['single'] })
    const back = await regrade(host, quiz, { revision: before[0].attempt.revision })
    expect(back).toMatchObject({ regraded: 4, becameFailed: 3, meanBefore: 3, meanAfter: 1.25 })
    const after = await Promise.all(runs.map(({ id }) => staffView(host, id)))
    expect(after.map(({ results }) => results)).toEqual(before.map(({ results }) => results))
    expect(after.map(({ attempt }) => attempt)).toMatchObject(
      before.map(({ attempt: { score, passed } }) => ({ score, passed })),
    )
  })

  it('in a dry run says the same, and leaves behind the job and its changes alone', async () => {
    const { quiz, target, runs } = await played()
    const logs = await Promise.all(runs.map(({ id }) => logOf(host.deps.db, id)))
    const rows = await Promise.all(runs.map(({ id }) => attemptRow(host.deps.db, id)))
    const views = await Promise.all(runs.map((run) => run.resume(everything)))
    const counted = await countRows(host.deps.db)
    const tried = await regrade(host, quiz, { revision: target, dryRun: true })
    expect(await Promise.all(runs.map(({ id }) => logOf(host.deps.db, id)))).toEqual(logs)
    expect(await Promise.all(runs.map(({ id }) => attemptRow(host.deps.db, id)))).toEqual(rows)
    const viewed = await Promise.all(runs.map((run) => run.resume(everything)))
    expect(viewed.map(({ body }) => [body.attempt, body.results])).toEqual(
      views.map(({ body }) => [body.attempt, body.results]),
    )
    expect(await countRows(host.deps.db)).toEqual({
      ...counted,
      jobs: counted['jobs']! + 1,
      regradeChanges: counted['regradeChanges']! + 4,
    })
    const done = await regrade(host, quiz, { revision: target })
    const { id: _, createdAt: _c, ...rest } = tried
    expect({ ...done, dryRun: true }).toMatchObject(rest)
  })

  it('reaches attempts that run, and reopens nothing in them', async () => {
    const quiz = await publish(host, version('b', 1, { policy: { tries: 3 } }))
    const [right, wrong, unanswered] = [await start(host, quiz), await start(host, quiz), await start(host, quiz)]
    await right.respond('single', { choice: 'b' }, everything)
    await wrong.respond('single', { choice: 'c' }, everything)
    const target = await publishAgain(host, quiz, version('c', 2, { policy: { tries: 3 } }))
    const done = await regrade(host, quiz, { revision: target })
    expect(done).toMatchObject({ attempts: 3, regraded: 3, meanBefore: null, meanAfter: null, becamePassed: 0 })
    expect(done.changes).toHaveLength(3)
    for (const { passed } of done.changes.map(({ after }: Json) => after)) expect(passed).toBeNull()
    for (const run of [right, wrong]) {
      const refused = await run.respond('single', { choice: 'a' }, everything)
      expect([refused.status, refused.body.code]).toEqual([409, 'no-tries-left'])
    }
    const open = await unanswered.respond('single', { choice: 'c' }, everything)
    expect(open.body.results[0]).toMatchObject({ status: 'correct', score: 2, maxScore: 2 })
    const finished = await wrong.finish(everything)
    expect(finished.body.attempt).toMatchObject({ status: 'finished', score: 2, maxScore: 3, passed: false })
    expect(await attemptRow(host.deps.db, wrong.id)).toMatchObject({ score: 2000, maxScore: 3000 })
  })

  it('settles an attempt whose time had run out, and regrades it as it ended', async () => {
    const policy = { timeLimitSeconds: 60 }
    const quiz = await publish(host, version('b', 1, { policy }))
    const run = await start(host, quiz)
    await run.respond('single', { choice: 'c' }, everything)
    const target = await publishAgain(host, quiz, version('c', 2, { policy }))
    host.clock.now += 61_000
    const done = await regrade(host, quiz, { revision: target })
    expect(done.changes).toEqual([{ ...changed(run.id, '', [0, 2, false], [2, 3, false]), learner: null }])
    expect((await logOf(host.deps.db, run.id)).map(({ type }) => type)).toEqual(['responded', 'finished', 'regraded'])
  })

  it('leaves essays that a person graded, and overrides, as the shares that they are', async () => {
    const quiz = await publish(host, quizDocument({ questions: questions(1) }))
    const run = await start(host, quiz)
    await run.respond('written', { text: 'It depends.' }, everything)
    await run.finish(everything)
    const post = (path: string, body: Json) =>
      host.client.call('POST', `/v1/attempts/${run.id}/${path}`, { token: ROOT_KEY, body, ...everything })
    await post('grades', { question: 'written', score: 3 })
    await post('overrides', { question: 'single', score: 0.5, reason: 'Half of it was said aloud' })
    const target = await publishAgain(host, quiz, quizDocument({ questions: questions(3) }))
    const done = await regrade(host, quiz, { revision: target })
    // Three of four of twelve points, and half of three.
    expect(done.changes).toMatchObject([{ before: { score: 3.5, maxScore: 5 }, after: { score: 10.5, maxScore: 15 } }])
  })

  it('names who asked for it: the key of staff', async () => {
    const { quiz, target, runs } = await played()
    const key = await issueKey(host, 'grading:write')
    const asked = await askForRegrade(host, quiz, { revision: target }, { token: key.secret })
    await host.idle()
    expect(asked.body.createdBy).toBe(key.id)
    expect((await logOf(host.deps.db, runs[0]!.id)).at(-1)!.body).toMatchObject({ by: key.id })
  })
})

describe('a job', () => {
  it('is carried on by the timer where the run behind the answer ended, and says how far it is', async () => {
    const quiz = await publish(host, version('b', 1))
    for (let index = 0; index < 53; index++) {
      await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
        body: { responses: [{ question: 'single', response: { choice: 'c' } }] },
        ...everything,
      })
    }
    const target = await publishAgain(host, quiz, version('c', 1))
    const asked = await askForRegrade(host, quiz, { revision: target })
    expect(asked.headers.get('Location')).toMatch(new RegExp(`/v1/quizzes/${quiz}/regrades/${asked.body.id}$`))
    expect(asked.body).toMatchObject({ status: 'running', attempts: 0, meanBefore: null, finishedAt: null })
    await host.idle()
    const half = await readRegrade(host, quiz, asked.body.id)
    expect(half.body).toMatchObject({ status: 'running', attempts: 50, regraded: 50, meanBefore: 0, meanAfter: 1 })
    await runJobs(host.deps, 1)
    expect((await readRegrade(host, quiz, asked.body.id)).body).toMatchObject({ status: 'running', attempts: 51 })
    await runJobs(host.deps, 100)
    expect((await readRegrade(host, quiz, asked.body.id)).body).toMatchObject({ status: 'done', attempts: 53 })
  })

  it('on a quiz that nobody has taken is done at once', async () => {
    const quiz = await publish(host, version('b', 1))
    const { body } = await host.client.call('GET', `/v1/quizzes/${quiz}`)
    const done = await regrade(host, quiz, { revision: body.revision })
    expect(done).toMatchObject({ attempts: 0, regraded: 0, meanBefore: null, meanAfter: null, changes: [] })
  })

  it('on a quiz that is archived goes on', async () => {
    const { quiz, target } = await played()
    await host.client.call('DELETE', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })
    expect(await regrade(host, quiz, { revision: target })).toMatchObject({ regraded: 4 })
  })
})
