import { beforeAll, describe, expect, it } from 'vitest'
import { start, startFor } from '../support/actions.ts'
import type { Answer } from '../support/client.ts'
import { parseCsv, parseTable } from '../support/csv.ts'
import { createHost, PUBLIC_URL, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { ODD_LEARNERS, publishPoints, read, readAll, take } from '../support/staff-lists.ts'

let host: TestHost
let quiz: string
let empty: string

const CSV = { Accept: 'text/csv' }
const NAMES = ['=1+1', '+cmd', '-2', '@a', '\t=1', '\r=1', 'Ada, "Countess"', 'Zoë\r\n🦊', "'", '＝1', '=\'1"']

beforeAll(async () => {
  host = await createHost()
  quiz = await publishPoints(host, [0.5, 1], { timeLimitSeconds: null, passingScore: 0.3 })
  empty = await publishPoints(host, [1])
  for (const learner of ODD_LEARNERS) await take(host, quiz, learner, [0])
  for (const [index, name] of NAMES.entries()) await take(host, quiz, { id: `named-${index}`, name }, [])
  for (const value of NAMES) {
    host.clock.now += 1000
    const learner = { id: `with ${value}`, name: value }
    const metadata = { note: value, 'other.note': `"},{${value}`, constructor: '=1' }
    await start(host, quiz, { token: ROOT_KEY, body: { learner, metadata } })
  }
  await (await start(host, quiz)).finish()
})

/** What a cell holds for a text: a spreadsheet would run what begins like a formula. */
const defused = (text: string) => (/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text)
const cell = (value: string | number | boolean | null | undefined) =>
  typeof value === 'string' ? defused(value) : String(value ?? '')

/** A row of the JSON as it is to stand in the table. */
const LISTS: Record<string, { head: string[]; toRecord: (row: any) => Record<string, string> }> = {
  attempts: {
    head: `id quiz revision status learner learnerName startedAt deadline finishedAt score maxScore passed updatedAt metadata`.split(
      ' ',
    ),
    toRecord: ({ learner, metadata, ...rest }) => ({
      ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, cell(value as null)])),
      learner: cell(learner?.id),
      learnerName: cell(learner?.name),
      metadata: JSON.stringify(metadata),
    }),
  },
  grades: {
    head: ['learner', 'learnerName', 'score', 'maxScore', 'passed', 'attempts', 'gradedBy', 'updatedAt'],
    toRecord: ({ learner, ...rest }) => ({
      ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, cell(value as null)])),
      learner: cell(learner.id),
      learnerName: cell(learner.name),
    }),
  },
}

const nextOf = ({ headers }: Answer): string | null => {
  const link = headers.get('Link')
  if (link === null) return null
  const [, url] = /^<(https:\/\/quiz\.example\/[\x21-\x3b\x3d\x3f-\x7e]+)>; rel="next"$/.exec(link) ?? []
  if (url === undefined) throw new Error(`The Link is not one to the next page: ${link}`)
  return url.slice(PUBLIC_URL.length)
}

/** All pages as one list of records, along the links. */
async function followed(path: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = []
  for (let at: string | null = path; at !== null;) {
    const answer: Answer = await read(host, at, CSV)
    rows.push(...parseTable(answer.text))
    at = nextOf(answer)
  }
  return rows
}

describe.each(Object.entries(LISTS))('the list of %s in CSV', (name, { head, toRecord }) => {
  const path = (id = quiz) => `/v1/quizzes/${id}/${name}`

  it('holds what the JSON holds, page after page, whatever learners are called', async () => {
    const rows = await readAll(host, path(), { query: 'limit=200' })
    expect(rows.length).toBeGreaterThan(ODD_LEARNERS.length + NAMES.length - 1)
    for (const limit of [3, 200]) expect(await followed(`${path()}?limit=${limit}`)).toEqual(rows.map(toRecord))
  })

  it('has no cell that begins like a formula, and defuses one under each of the texts that others choose', async () => {
    const { text } = await read(host, `${path()}?limit=200`, CSV)
    const cells = parseCsv(text).flat()
    expect(cells.filter((each) => /^[=+\-@\t\r]/.test(each))).toEqual([])
    expect(cells).toEqual(expect.arrayContaining(["'=cmd()", "'+1", "'-1", "'@sum(a1)", "'-0.5", "'=1+1", "'\t=1"]))
  })

  it('is a file of its own name and type, with the head first and every cell quoted', async () => {
    const answer = await read(host, `${path()}?limit=1`, CSV)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('Content-Disposition')).toBe(`attachment; filename="${quiz}-${name}.csv"`)
    expect(answer.headers.get('Vary')).toBe('Accept')
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
    expect(answer.text.split('\r\n')[0]).toBe(head.map((each) => `"${each}"`).join(','))
    expect(parseCsv(answer.text)).toHaveLength(2)
  })

  it('is a head alone where there is nothing, and has no next page', async () => {
    const answer = await read(host, path(empty), CSV)
    expect(answer.text).toBe(`${head.map((each) => `"${each}"`).join(',')}\r\n`)
    expect(nextOf(answer)).toBeNull()
  })

  it('leaves numbers and words as they are', async () => {
    const [first] = await followed(`${path()}?limit=200`)
    expect(first).toMatchObject({ score: '0.5', maxScore: '1.5', passed: 'true' })
  })

  it.each([
    'text/csv',
    'TEXT/CSV',
    'text/csv; charset=utf-8',
    'text/csv;header=present;q=0.5',
    'text/csv, */*;q=0.1',
    '*/*, text/csv;q=0.2',
    'text/html, text/csv;q=0.8',
    'text/csv, application/json',
    'application/json;q=0.5, text/csv',
  ])('comes for Accept: %s', async (Accept) => {
    expect((await read(host, path(), { Accept })).headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
  })

  it.each([
    '',
    '*/*',
    'text/*',
    'application/json',
    'application/json, text/csv;q=0.9',
    'text/csv;q=0',
    'text/html,application/xhtml+xml,*/*;q=0.8',
    'text/csvx',
    'x-text/csv',
    'application/vnd.text/csv',
    ';;;,,,"',
    'text/csv'.repeat(100),
  ])('does not come for Accept: %s', async (Accept) => {
    const answer = await read(host, path(), { Accept })
    expect(answer.headers.get('Content-Type')).toBe('application/json')
    expect(answer.headers.get('Vary')).toBe('Accept')
    expect(answer.headers.get('Content-Disposition')).toBeNull()
  })

  it('does not come for a program that says nothing', async () => {
    const answer = await read(host, path())
    expect(answer.headers.get('Content-Type')).toBe('application/json')
    expect(answer.headers.get('Vary')).toBe('Accept')
  })

  it('is told to HEAD without its body', async () => {
    const answer = await host.client.call('HEAD', path(), { token: ROOT_KEY, headers: CSV })
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
  })

  it('is a problem where JSON would be one', async () => {
    expect(problemOf(await read(host, path('never-published'), CSV))).toEqual([404, 'not-found'])
    expect(problemOf(await read(host, `${path()}?limit=0`, CSV))).toEqual([422, 'invalid-input', ' invalid-shape'])
    expect(problemOf(await host.client.call('GET', path(), { headers: CSV }))).toEqual([401, 'unauthorized'])
  })
})

describe('the link to the next page', () => {
  it('keeps the filters and the limit, and leads to where the service is, not where it was asked', async () => {
    const many = await publishPoints(host, [1])
    const learner = '=a&b "<>,;🦊'
    for (let index = 0; index < 5; index++) {
      await take(host, many, learner, [])
      await take(host, many, 'other', [])
    }
    await startFor(host, many, learner)
    const query = new URLSearchParams({ learner, status: 'finished', passed: 'false', limit: '2' })
    const response = await host.app.fetch(
      new Request(`http://elsewhere.example/v1/quizzes/${many}/attempts?${query.toString()}`, {
        headers: { Authorization: `Bearer ${ROOT_KEY}`, ...CSV },
      }),
    )
    const next = nextOf({ status: 200, headers: response.headers, text: '', body: null })
    const { pathname, searchParams } = new URL(next!, PUBLIC_URL)
    expect(pathname).toBe(`/v1/quizzes/${many}/attempts`)
    const { cursor, ...kept } = Object.fromEntries(searchParams)
    expect(kept).toEqual(Object.fromEntries(query))
    expect(cursor).toMatch(/^[\w-]+$/)
    const rows = await followed(`/v1/quizzes/${many}/attempts?${query.toString()}`)
    expect(rows.map((row) => row['learner'])).toEqual(Array.from({ length: 5 }, () => `'${learner}`))
  })
})
