import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/routes/operations.ts'
import type { CallOptions } from '../support/client.ts'
import { createHost, type TestHost } from '../support/host.ts'
import {
  type Call,
  type Credential,
  credentialsIn,
  newScene,
  type Scene,
  triples,
  UNAUTHORIZED,
} from '../support/operation-calls.ts'
import { problemOf } from '../support/problem-of.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const call = (scene: Scene, method: string, { path, options }: Call) =>
  host.client.call(method, path(scene), { ...options?.(scene) })

it('every operation has its triple, and every triple an operation', () => {
  expect(Object.keys(triples).toSorted()).toEqual(operations.map(({ id }) => id).toSorted())
})

describe.each(operations.map((op) => [op.id, op] as const))('%s', (id, op) => {
  const { path, options = () => ({}), happy, error, security } = triples[id]!

  it('does what it says', async () => {
    expect((await call(await newScene(host), op.method, { path, options })).status).toBe(happy)
  })

  it('says what is wrong', async () => {
    const answer = await call(await newScene(host), error.method ?? op.method, { path, options, ...error })
    expect(problemOf(answer).slice(0, 2)).toEqual(error.expected)
  })

  it.each(Object.entries(security))(
    'to a caller with %s says %o, and answers where that is null',
    async (who, expected) => {
      const scene = await newScene(host)
      const { releases = [] }: CallOptions = who === 'staff' ? { releases: 'everything' } : options(scene)
      const token = credentialsIn(scene)[who as Credential]
      const answer = await host.client.call(op.method, path(scene), { ...options(scene), token, releases })
      const said = expected === null ? [answer.status] : problemOf(answer)
      expect(said).toEqual(expected ?? [happy])
      expect(answer.headers.get('WWW-Authenticate')?.split(' ')[0]).toBe(
        expected === UNAUTHORIZED ? 'Bearer' : undefined,
      )
    },
  )
})

describe('when the database fails', () => {
  // The process answers, and its description, pages and keys are in memory.
  const pages = ['readRoot', 'playQuiz', 'readVerify', 'readDocs', 'readProblem']
  const without = [...pages, 'readOpenApi', 'readJwks', 'readHealth', 'readVersion']

  it.each(operations.filter(({ id }) => !without.includes(id)).map((op) => [op.id, op] as const))(
    '%s is not available, says when to try again, and nothing of the failure',
    async (id, op) => {
      const scene = await newScene(host)
      const { path, options = () => ({}) } = triples[id]!
      const forgetful = await host.isolate()
      for (let batch = 1; batch <= 6; batch++) forgetful.faults.before(batch)
      const answer = await forgetful.client.call(op.method, path(scene), options(scene))
      expect(problemOf(answer)).toEqual([503, 'unavailable'])
      expect(answer.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/)
      expect(answer.text + JSON.stringify(forgetful.log)).not.toMatch(/secret[_-]|insert into|params/i)
    },
  )

  it.each(without)('%s is there all the same', async (id) => {
    const broken = await host.isolate()
    for (let batch = 1; batch <= 6; batch++) broken.faults.before(batch)
    const { path, happy } = triples[id]!
    expect((await broken.client.call('GET', path(await newScene(host)))).status).toBe(happy)
  })
})
