import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/routes/operations.ts'
import { publish, type Run, start, startFor } from '../support/actions.ts'
import type { CallOptions } from '../support/client.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { quizDocument, singleChoice } from '../support/quiz-document.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

/** A quiz and an attempt of its own for every call. */
interface Scene {
  readonly quiz: string
  readonly revision: string
  readonly run: Run
  /** The token of another attempt at the same quiz. */
  readonly otherToken: string
  /** Someone who has an attempt at it. */
  readonly learner: string
}

interface Call {
  readonly path: (scene: Scene) => string
  readonly options?: (scene: Scene) => CallOptions
}

type Expected = readonly [status: number, code: string]

/** How an operation is called rightly, wrongly, and by someone who may not. */
interface Triple extends Call {
  readonly happy: number
  readonly error: Partial<Call> & { readonly method?: string; readonly expected: Expected }
  /** What each credential is told; `null` where it is admitted, for nobody looks at it. */
  readonly security: Partial<Record<Credential, Expected | null>>
}

type Credential = 'nothing' | 'nonsense' | 'learner' | 'other learner' | 'staff'

const UNAUTHORIZED: Expected = [401, 'unauthorized']
const NOT_FOUND: Expected = [404, 'not-found']
const FORBIDDEN: Expected = [403, 'forbidden']
const NOT_ALLOWED: Expected = [405, 'method-not-allowed']
const INVALID: Expected = [422, 'invalid-input']

const absent = (suffix = '') => ({ path: () => `/v1/quizzes/never-published${suffix}`, expected: NOT_FOUND })
const staff = (): CallOptions => ({ token: ROOT_KEY, releases: 'everything' })
const learner = ({ run }: Scene): CallOptions => ({ token: run.token, releases: ['single'] })
const accommodations = ({ learner: id }: Scene) => `/v1/learners/${id}/accommodations`
const unknownLearner = { path: () => '/v1/learners/nobody', expected: NOT_FOUND }
const responses = [{ question: 'single', response: { choice: 'b' } }]

const anyone = { nothing: null, nonsense: UNAUTHORIZED, learner: UNAUTHORIZED, staff: null }
const staffOnly = { nothing: UNAUTHORIZED, nonsense: UNAUTHORIZED, learner: UNAUTHORIZED, staff: null }
const ownAttempt = { nothing: UNAUTHORIZED, nonsense: UNAUTHORIZED, learner: null, 'other learner': NOT_FOUND }
const open = { nothing: null, nonsense: null, learner: null, staff: null }

const service = (path: string): Triple => ({
  path: () => path,
  happy: 200,
  error: { method: 'POST', expected: NOT_ALLOWED },
  security: open,
})

const triples: Record<string, Triple> = {
  listQuizzes: {
    path: () => '/v1/quizzes',
    happy: 200,
    error: { path: () => '/v1/quizzes?limit=0', expected: INVALID },
    security: anyone,
  },
  readQuiz: { path: ({ quiz }) => `/v1/quizzes/${quiz}`, happy: 200, error: absent(), security: anyone },
  readQuestions: {
    path: ({ quiz }) => `/v1/quizzes/${quiz}/questions`,
    happy: 200,
    error: absent('/questions'),
    security: anyone,
  },
  startAttempt: {
    path: ({ quiz }) => `/v1/quizzes/${quiz}/attempts`,
    happy: 201,
    error: absent('/attempts'),
    security: anyone,
  },
  submitQuiz: {
    path: ({ quiz }) => `/v1/quizzes/${quiz}/submissions`,
    options: () => ({ body: { responses }, releases: ['single'] }),
    happy: 201,
    error: { options: () => ({ body: {} }), expected: INVALID },
    security: anyone,
  },
  readAttempt: {
    path: ({ run }) => `/v1/attempts/${run.id}`,
    options: learner,
    happy: 200,
    error: { path: () => '/v1/attempts/att_none', expected: NOT_FOUND },
    security: { ...ownAttempt, staff: null },
  },
  submitResponses: {
    path: ({ run }) => `/v1/attempts/${run.id}/responses`,
    options: (scene) => ({ ...learner(scene), body: { responses } }),
    happy: 200,
    error: { options: (scene) => ({ ...learner(scene), body: { responses: [] } }), expected: INVALID },
    security: { ...ownAttempt, staff: FORBIDDEN },
  },
  finishAttempt: {
    path: ({ run }) => `/v1/attempts/${run.id}/finish`,
    options: learner,
    happy: 200,
    error: { options: (scene) => ({ ...learner(scene), body: { score: 1 } }), expected: INVALID },
    security: { ...ownAttempt, staff: FORBIDDEN },
  },
  publishQuiz: {
    path: ({ quiz }) => `/v1/quizzes/${quiz}`,
    options: () => ({ ...staff(), body: quizDocument({ title: 'Another' }) }),
    happy: 201,
    error: { options: () => ({ ...staff(), body: {} }), expected: INVALID },
    security: staffOnly,
  },
  archiveQuiz: {
    path: ({ quiz }) => `/v1/quizzes/${quiz}`,
    options: staff,
    happy: 204,
    error: absent(),
    security: staffOnly,
  },
  listRevisions: {
    path: ({ quiz }) => `/v1/quizzes/${quiz}/revisions`,
    options: staff,
    happy: 200,
    error: absent('/revisions'),
    security: staffOnly,
  },
  readRevision: {
    path: ({ quiz, revision }) => `/v1/quizzes/${quiz}/revisions/${revision}`,
    options: staff,
    happy: 200,
    error: { path: ({ quiz }) => `/v1/quizzes/${quiz}/revisions/rev_none`, expected: NOT_FOUND },
    security: staffOnly,
  },
  readAccommodations: {
    path: accommodations,
    options: staff,
    happy: 200,
    error: { path: (scene) => `${accommodations(scene)}?quiz=No`, expected: INVALID },
    security: staffOnly,
  },
  setAccommodations: {
    path: accommodations,
    options: () => ({ ...staff(), body: { rules: [{ quiz: null, factor: 1.5, reason: 'Agreed.' }] } }),
    happy: 200,
    error: { options: () => ({ ...staff(), body: { rules: [{ quiz: null, reason: 'None.' }] } }), expected: INVALID },
    security: staffOnly,
  },
  clearAccommodations: {
    path: accommodations,
    options: staff,
    happy: 204,
    error: { method: 'POST', expected: NOT_ALLOWED },
    security: staffOnly,
  },
  exportLearner: {
    path: ({ learner: id }) => `/v1/learners/${id}`,
    options: staff,
    happy: 200,
    error: unknownLearner,
    security: staffOnly,
  },
  eraseLearner: {
    path: ({ learner: id }) => `/v1/learners/${id}`,
    options: staff,
    happy: 204,
    error: unknownLearner,
    security: staffOnly,
  },
  readRoot: service('/'),
  readOpenApi: service('/openapi.json'),
  readDocs: service('/docs'),
  readProblem: {
    ...service('/problems/not-found'),
    error: { path: () => '/problems/no-such-problem', expected: NOT_FOUND },
  },
  readJwks: service('/.well-known/jwks.json'),
  readHealth: service('/healthz'),
  readReadiness: service('/readyz'),
  readVersion: service('/version'),
}

async function newScene(): Promise<Scene> {
  const quiz = await publish(host, quizDocument({ questions: [singleChoice('single')] }))
  const [run, other] = [await start(host, quiz), await start(host, quiz)]
  const id = `learner-of-${quiz}`
  await startFor(host, quiz, id)
  return { quiz, revision: run.started.body.attempt.revision, run, otherToken: other.token, learner: id }
}

function credentialsIn({ run, otherToken }: Scene): Record<Credential, string | null> {
  return { nothing: null, nonsense: 'nonsense', learner: run.token, 'other learner': otherToken, staff: ROOT_KEY }
}

const call = (scene: Scene, method: string, { path, options }: Call) =>
  host.client.call(method, path(scene), { ...options?.(scene) })

it('every operation has its triple, and every triple an operation', () => {
  expect(Object.keys(triples).toSorted()).toEqual(operations.map(({ id }) => id).toSorted())
})

describe.each(operations.map((op) => [op.id, op] as const))('%s', (id, op) => {
  const { path, options = () => ({}), happy, error, security } = triples[id]!

  it('does what it says', async () => {
    expect((await call(await newScene(), op.method, { path, options })).status).toBe(happy)
  })

  it('says what is wrong', async () => {
    const answer = await call(await newScene(), error.method ?? op.method, { path, options, ...error })
    expect(problemOf(answer).slice(0, 2)).toEqual(error.expected)
  })

  it.each(Object.entries(security))(
    'to a caller with %s says %o, and answers where that is null',
    async (who, expected) => {
      const scene = await newScene()
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
  const without = ['readRoot', 'readOpenApi', 'readDocs', 'readProblem', 'readJwks', 'readHealth', 'readVersion']

  it.each(operations.filter(({ id }) => !without.includes(id)).map((op) => [op.id, op] as const))(
    '%s is not available, says when to try again, and nothing of the failure',
    async (id, op) => {
      const scene = await newScene()
      const { path, options = () => ({}) } = triples[id]!
      const forgetful = await host.isolate()
      for (let batch = 1; batch <= 6; batch++) forgetful.faults.before(batch)
      const answer = await forgetful.client.call(op.method, path(scene), options(scene))
      expect(problemOf(answer)).toEqual([503, 'unavailable'])
      expect(answer.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/)
      expect(answer.text + JSON.stringify(forgetful.log)).not.toMatch(/secret|insert|params/i)
    },
  )

  it.each(without)('%s is there all the same', async (id) => {
    const broken = await host.isolate()
    for (let batch = 1; batch <= 6; batch++) broken.faults.before(batch)
    const { path, happy } = triples[id]!
    expect((await broken.client.call('GET', path(await newScene()))).status).toBe(happy)
  })
})
