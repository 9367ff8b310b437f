import { beforeAll, describe, expect, it } from 'vitest'
import { attempts } from '../../src/db/schema.ts'
import { publish, start, startFor } from '../support/actions.ts'
import { essay } from '../support/every-type.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { publishPoints, read, readAll, take } from '../support/staff-lists.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const pathOf = (quiz: string) => `/v1/quizzes/${quiz}/grades`
const listed = (quiz: string, query = 'limit=200') => readAll(host, pathOf(quiz), { query })
const learnersOf = (rows: readonly any[]) => rows.map(({ learner }) => learner.id)
const time = (milliseconds: number) => new Date(milliseconds).toISOString()
const everything = { releases: 'everything' } as const

const RULES = ['highest', 'latest', 'first', 'average'] as const
type Rule = (typeof RULES)[number]

/** What was there to be had, and which of it the learner got. */
type Taken = readonly [points: readonly number[], right: readonly number[]]
/** Of a grade: score, maximum, passed. */
type Figures = readonly [score: number, maxScore: number, passed: boolean | null]

interface Example {
  readonly name: string
  readonly taken: readonly Taken[]
  readonly passingScore: number
  readonly grades: Readonly<Partial<Record<Rule, Figures>>>
}

/** Worked out by hand. Attempts in the order of their starts; where the points change, the quiz was published anew. */
const examples: readonly Example[] = [
  {
    name: 'one attempt is the grade by any rule',
    taken: [[[2, 3], [1]]],
    passingScore: 0.6,
    grades: { highest: [3, 5, true], latest: [3, 5, true], first: [3, 5, true], average: [3, 5, true] },
  },
  {
    name: 'the best is neither the first nor the last',
    taken: [
      [[1, 1, 1], [0]],
      [
        [1, 1, 1],
        [0, 1, 2],
      ],
      [
        [1, 1, 1],
        [0, 1],
      ],
    ],
    passingScore: 0.7,
    grades: { highest: [3, 3, true], latest: [2, 3, false], first: [1, 3, false], average: [2, 3, false] },
  },
  {
    name: 'a third is shown as 0.333, and reaches 0.333333',
    taken: [
      [[1], [0]],
      [[1], []],
      [[1], []],
    ],
    passingScore: 0.333333,
    grades: { highest: [1, 1, true], latest: [0, 1, false], first: [1, 1, true], average: [0.333, 1, true] },
  },
  {
    name: 'a third does not reach 0.333334',
    taken: [
      [[1], []],
      [[1], [0]],
      [[1], []],
    ],
    passingScore: 0.333334,
    grades: { average: [0.333, 1, false] },
  },
  {
    name: 'two thirds are shown as 0.667, and do not reach 0.666667',
    taken: [
      [[1], [0]],
      [[1], [0]],
      [[1], []],
    ],
    passingScore: 0.666667,
    grades: { average: [0.667, 1, false] },
  },
  {
    name: 'half a thousandth is shown as a whole one, and is half all the same',
    taken: [
      [[0.001], [0]],
      [[0.001], []],
    ],
    passingScore: 0.500001,
    grades: { average: [0.001, 0.001, false] },
  },
  {
    name: 'a mean passes exactly at the threshold',
    taken: [
      [[7, 3], [0]],
      [[7, 3], []],
    ],
    passingScore: 0.35,
    grades: { average: [3.5, 10, true], highest: [7, 10, true] },
  },
  {
    name: 'a mean does not pass a millionth above it',
    taken: [
      [[7, 3], [0]],
      [[7, 3], []],
    ],
    passingScore: 0.350001,
    grades: { average: [3.5, 10, false] },
  },
  {
    name: 'the highest has the largest share, not the largest score',
    taken: [
      [
        [1, 1],
        [0, 1],
      ],
      [[3, 7], [0]],
    ],
    passingScore: 0.4,
    // 5 of 12 is more than 0.4.
    grades: { highest: [2, 2, true], latest: [3, 10, false], first: [2, 2, true], average: [2.5, 6, true] },
  },
  {
    name: 'of equal shares the highest is the one that started last, though it has fewer points',
    taken: [
      [[2, 2], [1]],
      [[1, 1], [0]],
    ],
    passingScore: 0.5,
    grades: { highest: [1, 2, true], first: [2, 4, true], average: [1.5, 3, true] },
  },
  {
    name: 'of equal shares the highest is the one that started last, though others came after it',
    taken: [
      [[1, 1], [0]],
      [[2, 2], [1]],
      [[2, 2], []],
    ],
    passingScore: 0.5,
    // Of three attempts with 3 points of 10 between them.
    grades: { highest: [2, 4, true], latest: [0, 4, false], average: [1, 3.333, false] },
  },
  {
    name: 'shares that are nearly equal are told apart',
    // 1/3 and 3333/10000, which is less.
    taken: [
      [[1, 2], [0]],
      [[3.333, 6.667], [0]],
    ],
    passingScore: 0.333333,
    grades: { highest: [1, 3, true], latest: [3.333, 10, false] },
  },
  {
    name: 'nothing right is a grade too',
    taken: [
      [[1], []],
      [[4], []],
    ],
    passingScore: 0,
    grades: { highest: [0, 4, true], latest: [0, 4, true], first: [0, 1, true], average: [0, 2.5, true] },
  },
]

describe('a grade', () => {
  for (const { name, taken, passingScore, grades } of examples) {
    it(`by ${Object.keys(grades).join(', ')}: ${name}`, async () => {
      let quiz: string | undefined
      for (const [points, right] of taken) {
        quiz = await publishPoints(host, points, { passingScore }, quiz === undefined ? {} : { quiz })
        await take(host, quiz, 'ada', right)
      }
      for (const [gradedBy, [score, maxScore, passed]] of Object.entries(grades)) {
        await publishPoints(host, taken.at(-1)![0], { passingScore, gradeBy: gradedBy }, { quiz: quiz! })
        expect((await read(host, pathOf(quiz!))).body).toEqual({
          grades: [
            {
              learner: { id: 'ada' },
              score,
              maxScore,
              passed,
              attempts: taken.length,
              gradedBy,
              updatedAt: time(host.clock.now),
            },
          ],
          nextCursor: null,
        })
      }
    })
  }

  it('is the highest where the quiz does not say', async () => {
    const quiz = await publishPoints(host, [1])
    await take(host, quiz, 'ada', [])
    expect(await listed(quiz)).toMatchObject([{ gradedBy: 'highest' }])
  })

  it('passes by the word of the revision that its attempt was taken at, and a mean by that of today', async () => {
    const quiz = await publishPoints(host, [1, 1], { passingScore: 0.5 })
    await take(host, quiz, 'ada', [0])
    for (const [gradeBy, passed] of [
      ['highest', true],
      ['latest', true],
      ['first', true],
      ['average', false],
    ]) {
      await publishPoints(host, [1, 1], { passingScore: 0.6, gradeBy }, { quiz })
      expect(await listed(quiz), String(gradeBy)).toMatchObject([{ score: 1, maxScore: 2, passed }])
    }
  })

  it('has no word on passing while a person has to grade what it is made of', async () => {
    const document = (gradeBy: Rule) =>
      quizDocument({ questions: [singleChoice('single'), essay('essay')], policy: { gradeBy } })
    const quiz = await publish(host, document('first'))
    const right = { question: 'single', response: { choice: 'b' } }
    const written = { question: 'essay', response: { text: 'First I …' } }
    for (const responses of [[right, written], []]) {
      host.clock.now += 1000
      const run = await startFor(host, quiz, 'ada')
      if (responses.length > 0) await run.respondAll(responses, everything)
      await run.finish(everything)
    }
    const expected: Record<Rule, Json> = {
      highest: { score: 1, passed: null },
      first: { score: 1, passed: null },
      latest: { score: 0, passed: false },
      average: { score: 0.5, passed: null },
    }
    for (const rule of RULES) {
      await publish(host, document(rule), quiz)
      expect(await listed(quiz), rule).toMatchObject([{ maxScore: 6, gradedBy: rule, ...expected[rule] }])
    }
  })

  it('by average passes by the points that are there without certainty, revision by revision', async () => {
    // A question of one point, which is three with certainty.
    const plain = { gradeBy: 'average', passingScore: 0.7 }
    const quiz = await publishPoints(host, [1], plain)
    const unsure = (await take(host, quiz, 'before', [])).revision
    await publishPoints(host, [1], { ...plain, certainty: true }, { quiz })
    const { revision: sure } = (await host.client.call('GET', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })).body
    const { db } = host.deps
    const settled = (learnerId: string, revision: string, score: number, maxScore: number) => {
      const id = `att_${learnerId}_${revision}_${score}`
      const row = { id, quiz, revision, learnerId, startedAt: 1, finishedAt: 1, updatedAt: 1, settled: 1 }
      return db.insert(attempts).values({ ...row, score, maxScore, passed: false })
    }
    await db.batch([
      settled('exactly', sure, 700, 3000),
      settled('hardly', sure, 699, 3000),
      settled('mixed', sure, 1400, 3000),
      settled('mixed', unsure, 0, 1000),
      settled('nearly', sure, 1399, 3000),
      settled('nearly', unsure, 0, 1000),
    ])
    const figures = async () =>
      Object.fromEntries(
        (await listed(quiz)).map(({ learner, score, maxScore, passed }) => [learner.id, [score, maxScore, passed]]),
      )
    const grades = {
      before: [0, 1, false],
      exactly: [0.7, 3, true],
      hardly: [0.699, 3, false],
      mixed: [0.7, 2, true],
      // 699.5 thousandths.
      nearly: [0.7, 2, false],
    }
    expect(await figures()).toEqual(grades)
    await publishPoints(host, [1], plain, { quiz })
    expect(await figures()).toEqual(grades)
  })

  it('is made of what is settled alone, and of nobody’s attempts none', async () => {
    const quiz = await publishPoints(host, [1])
    await startFor(host, quiz, 'active')
    const cut = await startFor(host, quiz, 'cut')
    host.faults.before(2)
    expect((await cut.finish()).status).toBe(503)
    await (await start(host, quiz)).finish()
    expect(await listed(quiz)).toEqual([])
    await take(host, quiz, 'both', [0])
    const settledAt = time(host.clock.now)
    host.clock.now += 1000
    await startFor(host, quiz, 'both')
    expect(await listed(quiz)).toEqual([
      {
        learner: { id: 'both' },
        score: 1,
        maxScore: 1,
        passed: true,
        attempts: 1,
        gradedBy: 'highest',
        updatedAt: settledAt,
      },
    ])
    await cut.finish()
    expect(learnersOf(await listed(quiz))).toEqual(['both', 'cut'])
  })

  it('names its learner as the latest attempt with a name does, the one that runs included', async () => {
    const quiz = await publishPoints(host, [1])
    const named = async () => (await listed(quiz)).map(({ learner }) => learner)
    await take(host, quiz, 'ada', [])
    expect(await named()).toEqual([{ id: 'ada' }])
    await take(host, quiz, { id: 'ada', name: 'Ada' }, [])
    await take(host, quiz, { id: 'ada', name: 'Ada Byron' }, [])
    await take(host, quiz, 'ada', [])
    expect(await named()).toEqual([{ id: 'ada', name: 'Ada Byron' }])
    host.clock.now += 1000
    await start(host, quiz, { token: ROOT_KEY, body: { learner: { id: 'ada', name: 'Ada King' } } })
    expect(await named()).toEqual([{ id: 'ada', name: 'Ada King' }])
  })

  it('changed when the last of its attempts did', async () => {
    const quiz = await publishPoints(host, [1], { gradeBy: 'first' })
    await take(host, quiz, 'ada', [0])
    host.clock.now += 60_000
    const run = await startFor(host, quiz, 'ada')
    host.clock.now += 60_000
    await run.finish()
    expect(await listed(quiz)).toMatchObject([{ score: 1, attempts: 2, updatedAt: time(host.clock.now) }])
  })
})
