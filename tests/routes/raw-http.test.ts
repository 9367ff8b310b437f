import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { publish } from '../support/actions.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { type RawServer, serveRaw } from '../support/raw-http.ts'
import { countRows } from '../support/tables.ts'

let host: TestHost
let server: RawServer
let quiz: string
let before: Record<string, number>

beforeAll(async () => {
  host = await createHost()
  server = await serveRaw(host)
  quiz = await publish(host)
  before = await countRows(host.deps.db)
})

afterAll(() => server.close())

const head = (request: string, ...headers: string[]) =>
  [`${request} HTTP/1.1`, 'Host: quiz.example', 'Connection: close', ...headers].join('\r\n') + '\r\n\r\n'
const statusOf = (answer: string) => Number(answer.split(' ', 2)[1])
const codeOf = (answer: string) => /"code":"([a-z-]+)"/.exec(answer)?.[1]
const submission = () => `POST /v1/quizzes/${quiz}/submissions`
const BODY = '{"responses":[]}'

describe('over a socket', () => {
  it('a body that is shorter than it claims is no JSON, and no fault of ours', async () => {
    const claims = head(submission(), 'Content-Type: application/json', 'Content-Length: 5000')
    const logged = host.log.length
    await server.sendAndHangUp(`${claims}${BODY}`)
    await vi.waitFor(() => expect(host.log.length).toBeGreaterThan(logged))
    expect(host.log.slice(logged)).toMatchObject([{ level: 'info', code: 'invalid-json' }])
    expect(await countRows(host.deps.db)).toEqual(before)
  })

  it('a body that is longer than it claims is refused, by Node or by the app', async () => {
    const length = `Content-Length: ${BODY.length - 1}`
    const answer = await server.send(`${head(submission(), 'Content-Type: application/json', length)}${BODY}`)
    expect(statusOf(answer)).toBe(400)
    expect(await countRows(host.deps.db)).toEqual(before)
  })

  it('a body in chunks is counted as it comes', async () => {
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
    const chunked = head(submission(), 'Content-Type: application/json', 'Transfer-Encoding: chunked')
    const answer = await server.send(`${chunked}${chunk}${chunk}0\r\n\r\n`)
    expect([statusOf(answer), codeOf(answer)]).toEqual([413, 'body-too-large'])
  })

  it('a body of a read is overlooked', async () => {
    const length = `Content-Length: ${BODY.length}`
    const answer = await server.send(`${head(`GET /v1/quizzes/${quiz}`, length)}${BODY}`)
    expect(statusOf(answer)).toBe(200)
  })

  it('what is no HTTP is refused before it comes to the app', async () => {
    const logged = host.log.length
    const requests = [
      head('GET /v1/quizzes', `X-Long: ${'x'.repeat(70_000)}`),
      head('GET /v1/quizzes', 'Content-Length: 1', 'Content-Length: 2'),
      head(submission(), 'Content-Length: -1'),
      head(submission(), 'Content-Length: 5', 'Transfer-Encoding: chunked'),
      head('GET /v1/qu izzes'),
      'nonsense\r\n\r\n',
    ]
    for (const request of requests) {
      const status = statusOf(await server.send(request))
      expect([400, 431], request.slice(0, 80)).toContain(status)
    }
    expect(host.log).toHaveLength(logged)
  })

  it('a path as it is written on the wire leads no further than another', async () => {
    for (const path of [
      '/v1/quizzes/../../etc/passwd',
      '//evil.example/v1',
      '/v1/quizzes/%00',
      '/%',
      `/${'x'.repeat(8000)}`,
    ]) {
      const answer = await server.send(head(`GET ${path}`))
      expect([statusOf(answer), codeOf(answer)], path.slice(0, 80)).toEqual([404, 'not-found'])
    }
    for (const path of ['*', 'http://[', 'quizzes']) {
      const status = statusOf(await server.send(head(`GET ${path}`)))
      expect([400, 404], path).toContain(status)
    }
  })
})
