import { publish, type Run, start } from './actions.ts'
import { createKey } from './api-keys.ts'
import type { CallOptions } from './client.ts'
import { ROOT_KEY, type TestHost } from './host.ts'
import { quizDocument, singleChoice } from './quiz-document.ts'

/** How every operation is called: what holds for all of them is tested on this table. A new operation is a new entry. */

/** A quiz, an attempt and an API key of its own for every call. */
export interface Scene {
  readonly quiz: string
  readonly revision: string
  readonly run: Run
  /** The token of another attempt at the same quiz. */
  readonly otherToken: string
  /** The id of an API key. */
  readonly key: string
}

export interface Call {
  readonly path: (scene: Scene) => string
  readonly options?: (scene: Scene) => CallOptions
}

export type Expected = readonly [status: number, code: string]

/** How an operation is called rightly, wrongly, and by someone who may not. */
export interface Triple extends Call {
  readonly happy: number
  readonly error: Partial<Call> & { readonly method?: string; readonly expected: Expected }
  /** What each credential is told; `null` where it is admitted, for nobody looks at it. */
  readonly security: Partial<Record<Credential, Expected | null>>
}

export type Credential = 'nothing' | 'nonsense' | 'learner' | 'other learner' | 'staff'

export const UNAUTHORIZED: Expected = [401, 'unauthorized']
const NOT_FOUND: Expected = [404, 'not-found']
const FORBIDDEN: Expected = [403, 'forbidden']
const NOT_ALLOWED: Expected = [405, 'method-not-allowed']
const INVALID: Expected = [422, 'invalid-input']

const absent = (suffix = '') => ({ path: () => `/v1/quizzes/never-published${suffix}`, expected: NOT_FOUND })
const staff = (): CallOptions => ({ token: ROOT_KEY, releases: 'everything' })
const learner = ({ run }: Scene): CallOptions => ({ token: run.token, releases: ['single'] })
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

export const triples: Record<string, Triple> = {
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
  createKey: {
    path: () => '/v1/keys',
    options: () => ({ ...staff(), body: { name: 'Another', scopes: ['keys:write'] } }),
    happy: 201,
    error: { options: () => ({ ...staff(), body: {} }), expected: INVALID },
    security: staffOnly,
  },
  listKeys: {
    path: () => '/v1/keys',
    options: staff,
    happy: 200,
    error: { path: () => '/v1/keys?limit=0', expected: INVALID },
    security: staffOnly,
  },
  revokeKey: {
    path: ({ key }) => `/v1/keys/${key}`,
    options: staff,
    happy: 204,
    error: { path: () => '/v1/keys/key_none', expected: NOT_FOUND },
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

export async function newScene(host: TestHost): Promise<Scene> {
  const quiz = await publish(host, quizDocument({ questions: [singleChoice('single')] }))
  const [run, other] = [await start(host, quiz), await start(host, quiz)]
  const key = (await createKey(host)).body.id
  return { quiz, revision: run.started.body.attempt.revision, run, otherToken: other.token, key }
}

export function credentialsIn({ run, otherToken }: Scene): Record<Credential, string | null> {
  return { nothing: null, nonsense: 'nonsense', learner: run.token, 'other learner': otherToken, staff: ROOT_KEY }
}
