import { beforeAll, describe, expect, it } from 'vitest'
import { publish } from '../support/actions.ts'
import type { CallOptions } from '../support/client.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { quizDocument } from '../support/quiz-document.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const get = (path: string, options: CallOptions = {}) => host.client.call('GET', path, options)
const staff: CallOptions = { token: ROOT_KEY }

const listed = async (options: CallOptions = {}, query = '?limit=200') =>
  (await get(`/v1/quizzes${query}`, options)).body.quizzes.map((quiz: { id: string }) => quiz.id) as string[]

describe('the list of quizzes', () => {
  it('holds public ones that are not archived, and with a key all, in id order', async () => {
    const open = await publish(host)
    const restricted = await publish(host, quizDocument({ access: 'restricted' }))
    const archived = await publish(host)
    await host.client.call('DELETE', `/v1/quizzes/${archived}`, staff)
    const forAll = await listed()
    const forStaff = await listed(staff)
    expect([open, restricted, archived].map((quiz) => forAll.includes(quiz))).toEqual([true, false, false])
    expect([open, restricted, archived].map((quiz) => forStaff.includes(quiz))).toEqual([true, true, true])
    expect(forAll).toEqual(forAll.toSorted())
  })

  it('comes in pages that together hold everything once', async () => {
    for (const quiz of ['page-a', 'page-b', 'page-c']) await publish(host, quizDocument(), quiz)
    const all = await listed()
    const paged: string[] = []
    for (let query = '?limit=2'; query !== '';) {
      const { quizzes, nextCursor } = (await get(`/v1/quizzes${query}`)).body
      expect(quizzes.length).toBeLessThanOrEqual(2)
      paged.push(...quizzes.map((quiz: { id: string }) => quiz.id))
      query = nextCursor === null ? '' : `?limit=2&cursor=${nextCursor}`
    }
    expect(paged).toEqual(all)
  })

  it('ends without a cursor, also on a page that is just full', async () => {
    await publish(host)
    const all = await listed()
    expect((await get(`/v1/quizzes?limit=${all.length}`)).body.nextCursor).toBeNull()
  })

  it('takes no cursor that cannot be one', async () => {
    for (const cursor of ['', 'A', '!', '%00', 'a'.repeat(1102)]) {
      const answer = await get(`/v1/quizzes?cursor=${cursor}`)
      expect(problemOf(answer), cursor).toEqual([422, 'invalid-input', ' invalid-shape'])
    }
  })

  it('goes on after whatever a cursor that was made up says, and never fails', async () => {
    // NUL, bytes above ASCII, and a quote.
    for (const cursor of ['AAAA', '____', 'Jyc', 'en56eno']) {
      expect((await get(`/v1/quizzes?cursor=${cursor}`)).status, cursor).toBe(200)
    }
  })

  const limits = ['', '0', '-1', '201', '1000', '01', '1.0', '1e1', '0x10', 'ten', '%201', '%2B1', '%D9%A1', 'NaN']
  it.each(limits)('takes no limit of "%s"', async (limit) => {
    for (const path of ['/v1/quizzes', `/v1/quizzes/${await publish(host)}/revisions`]) {
      const answer = await get(`${path}?limit=${limit}`, staff)
      expect(problemOf(answer), path).toEqual([422, 'invalid-input', ' invalid-shape'])
    }
  })

  it.each(['1', '9', '10', '99', '100', '199', '200'])('takes a limit of %s', async (limit) => {
    expect((await get(`/v1/quizzes?limit=${limit}`)).status).toBe(200)
  })

  it('takes no parameter that it does not know, and none twice', async () => {
    for (const query of ['offset=1', '__proto__=1', 'constructor=1', 'toString=1', 'Limit=1']) {
      expect(problemOf(await get(`/v1/quizzes?${query}`)), query).toEqual([422, 'invalid-input', ' unknown-field'])
    }
    for (const query of ['limit=1&limit=1', 'limit=1&lim%69t=2']) {
      expect(problemOf(await get(`/v1/quizzes?${query}`)), query).toEqual([422, 'invalid-input', ' duplicate'])
    }
  })
})
