import { beforeAll, describe, expect, it } from 'vitest'
import { startFor } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { ODD_LEARNERS, publishPoints, read, readAll, take } from '../support/staff-lists.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const pathOf = (quiz: string) => `/v1/quizzes/${quiz}/grades`
const listed = (quiz: string, query = 'limit=200') => readAll(host, pathOf(quiz), { query })
const learnersOf = (rows: readonly any[]) => rows.map(({ learner }) => learner.id)
const codesOf = (text: string) => Array.from(text, (character) => character.codePointAt(0)!)
const cursorFor = (bytes: string) =>
  btoa(`learner:${bytes}`).replaceAll('=', '').replaceAll('/', '_').replaceAll('+', '-')

describe('the list of grades', () => {
  it('is there for quizzes that are archived or restricted, and for none that never were', async () => {
    const quiz = await publishPoints(host, [1], {}, { access: 'restricted' })
    await take(host, quiz, 'ada', [0])
    await host.client.call('DELETE', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })
    expect(learnersOf(await listed(quiz))).toEqual(['ada'])
    expect(problemOf(await read(host, pathOf('never-published')))).toEqual([404, 'not-found'])
  })

  it('is empty for a quiz that nobody has taken, and holds no other quiz’s grades', async () => {
    const [quiz, other] = [await publishPoints(host, [1]), await publishPoints(host, [1])]
    await take(host, other, 'ada', [0])
    expect((await read(host, pathOf(quiz))).body).toEqual({ grades: [], nextCursor: null })
  })

  it('holds every learner once, whatever their ids are, in the order of Unicode, on pages of any length', async () => {
    const quiz = await publishPoints(host, [1])
    for (const learner of ODD_LEARNERS) await take(host, quiz, learner, [])
    for (const learner of ODD_LEARNERS) await take(host, quiz, learner, [0])
    const expected = ODD_LEARNERS.toSorted((one, other) => {
      const [a, b] = [codesOf(one), codesOf(other)]
      const at = a.findIndex((code, index) => code !== b[index])
      return at === -1 ? -1 : a[at]! - (b[at] ?? -1)
    })
    for (const limit of [1, 2, 7, ODD_LEARNERS.length, 200]) {
      const rows = await listed(quiz, `limit=${limit}`)
      expect(learnersOf(rows), `limit ${limit}`).toEqual(expected)
      expect(rows.every(({ attempts: made, score }) => made === 2 && score === 1)).toBe(true)
    }
  })

  it('has full pages, also where learners who have no grade stand between', async () => {
    const quiz = await publishPoints(host, [1])
    for (const learner of 'abcdefghi') {
      if ('bdh'.includes(learner)) await take(host, quiz, learner, [])
      else await startFor(host, quiz, learner)
    }
    const page = (await read(host, `${pathOf(quiz)}?limit=2`)).body
    expect(learnersOf(page.grades)).toEqual(['b', 'd'])
    const last = (await read(host, `${pathOf(quiz)}?limit=2&cursor=${page.nextCursor}`)).body
    expect([learnersOf(last.grades), last.nextCursor]).toEqual([['h'], null])
    expect((await read(host, `${pathOf(quiz)}?limit=3`)).body.nextCursor).toBeNull()
  })

  it('neither repeats nor skips a learner while attempts begin and finish', async () => {
    const quiz = await publishPoints(host, [1])
    const before = [...'bdfhjl']
    for (const learner of before) await take(host, quiz, learner, [])
    const running = [await startFor(host, quiz, 'b'), await startFor(host, quiz, 'l'), await startFor(host, quiz, 'k')]
    const more = ['a', 'z', 'e']
    const between = async () => {
      await running.pop()?.finish()
      const learner = more.pop()
      if (learner !== undefined) await take(host, quiz, learner, [])
    }
    const rows = learnersOf(await readAll(host, pathOf(quiz), { query: 'limit=2', between }))
    expect(rows).toEqual([...new Set(rows)].toSorted((a, b) => (a < b ? -1 : 1)))
    expect(rows).toEqual(expect.arrayContaining(before))
  })

  it('takes no cursor that is not of this list, and no filter', async () => {
    const quiz = await publishPoints(host, [1])
    for (const learner of ['ada', 'bob']) await take(host, quiz, learner, [])
    const attemptCursor = (await read(host, `/v1/quizzes/${quiz}/attempts?limit=1`)).body.nextCursor
    const quizCursor = (await read(host, '/v1/quizzes?limit=1')).body.nextCursor
    for (const cursor of [attemptCursor, quizCursor, '', 'A', '!', 'AAAA', '____', 'a'.repeat(1102)]) {
      const answer = await read(host, `${pathOf(quiz)}?cursor=${cursor}`)
      expect(problemOf(answer), cursor).toEqual([422, 'invalid-input', ' invalid-shape'])
    }
    for (const query of ['learner=ada', 'passed=true', 'gradeBy=latest']) {
      expect(problemOf(await read(host, `${pathOf(quiz)}?${query}`))).toEqual([422, 'invalid-input', ' unknown-field'])
    }
  })

  it('goes on after whatever a cursor that was made up says, and never fails', async () => {
    const quiz = await publishPoints(host, [1])
    await take(host, quiz, 'm', [])
    const after: [bytes: string, found: string[]][] = [
      ['', ['m']],
      ['\0', ['m']],
      ["' OR 1 --", ['m']],
      ['m', []],
      ['\xff\xfe', []],
      ['z'.repeat(800), []],
    ]
    for (const [bytes, found] of after) {
      expect(learnersOf(await listed(quiz, `cursor=${cursorFor(bytes)}`)), bytes).toEqual(found)
    }
  })
})
