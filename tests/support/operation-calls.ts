import { publish, type Run, start, startFor } from './actions.ts'
import { createKey } from './api-keys.ts'
import type { CallOptions } from './client.ts'
import { ROOT_KEY, type TestHost } from './host.ts'
import { essay } from './every-type.ts'
import { type Json, quizDocument, singleChoice } from './quiz-document.ts'
import { onlyWebhook, ping, RECEIVER } from './webhooks.ts'

/** How every operation is called: what holds for all of them is tested on this table. A new operation is a new entry. */

/** A quiz, an attempt and an API key of its own for every call. */
export interface Scene {
  readonly quiz: string
  readonly revision: string
  readonly run: Run
  /** The token of another attempt at the same quiz. */
  readonly otherToken: string
  /** Someone who has an attempt at the quiz. */
  readonly learner: string
  /** An attempt at another quiz: it has a deadline, and the question `essay` waits for a person. */
  readonly waiting: Run
  /** The ids of an API key, and of jobs on the quiz that are done. */
  readonly key: string
  readonly regrade: string
  readonly extension: string
  /** The ids of a webhook, and of a delivery to it that was tried. */
  readonly webhook: string
  readonly delivery: string
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
const accommodations = ({ learner: id }: Scene) => `/v1/learners/${id}/accommodations`
const unknownLearner = { path: () => '/v1/learners/nobody', expected: NOT_FOUND }
const webhook =
  (suffix = '') =>
  (scene: Scene) =>
    `/v1/webhooks/${scene.webhook}${suffix}`
const noWebhook = (suffix = '') => ({ path: () => `/v1/webhooks/whk_none${suffix}`, expected: NOT_FOUND })
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
  listEvents: {
    path: ({ run }) => `/v1/attempts/${run.id}/events`,
    options: staff,
    happy: 200,
    error: { path: () => '/v1/attempts/att_none/events', expected: NOT_FOUND },
    security: staffOnly,
  },
  extendAttempt: {
    path: ({ waiting }) => `/v1/attempts/${waiting.id}/extensions`,
    options: () => ({ ...staff(), body: { factor: 1.5, reason: 'The power was out' } }),
    happy: 200,
    error: { options: () => ({ ...staff(), body: { reason: 'None' } }), expected: INVALID },
    security: staffOnly,
  },
  extendAttempts: {
    path: ({ quiz }) => `/v1/quizzes/${quiz}/extensions`,
    options: () => ({ ...staff(), body: { extraSeconds: 60, reason: 'The power was out' } }),
    happy: 202,
    error: absent('/extensions'),
    security: staffOnly,
  },
  readExtension: {
    path: ({ quiz, extension }) => `/v1/quizzes/${quiz}/extensions/${extension}`,
    options: staff,
    happy: 200,
    error: { path: ({ quiz }) => `/v1/quizzes/${quiz}/extensions/ext_none`, expected: NOT_FOUND },
    security: staffOnly,
  },
  gradeResponse: {
    path: ({ waiting }) => `/v1/attempts/${waiting.id}/grades`,
    options: () => ({ ...staff(), body: { question: 'essay', score: 4, comment: 'Well said.' } }),
    happy: 200,
    error: { options: () => ({ ...staff(), body: { question: 'essay', score: 5.001 } }), expected: INVALID },
    security: staffOnly,
  },
  overrideScore: {
    path: ({ run }) => `/v1/attempts/${run.id}/overrides`,
    options: () => ({ ...staff(), body: { question: 'single', score: 1, reason: 'The question was unclear' } }),
    happy: 200,
    error: { options: () => ({ ...staff(), body: { score: -1, reason: 'Less than nothing' } }), expected: INVALID },
    security: staffOnly,
  },
  regradeQuiz: {
    path: ({ quiz }) => `/v1/quizzes/${quiz}/regrades`,
    options: ({ revision }) => ({ ...staff(), body: { revision, rule: 'full-credit', reason: 'It had no answer' } }),
    happy: 202,
    error: {
      options: ({ revision }) => ({ ...staff(), body: { revision, rule: 'by-mood', reason: 'None' } }),
      expected: INVALID,
    },
    security: staffOnly,
  },
  readRegrade: {
    path: ({ quiz, regrade }) => `/v1/quizzes/${quiz}/regrades/${regrade}`,
    options: staff,
    happy: 200,
    error: { path: ({ quiz }) => `/v1/quizzes/${quiz}/regrades/rgr_none`, expected: NOT_FOUND },
    security: staffOnly,
  },
  listAttempts: {
    path: ({ quiz }) => `/v1/quizzes/${quiz}/attempts`,
    options: staff,
    happy: 200,
    error: absent('/attempts'),
    security: staffOnly,
  },
  listGrades: {
    path: ({ quiz }) => `/v1/quizzes/${quiz}/grades`,
    options: staff,
    happy: 200,
    error: absent('/grades'),
    security: staffOnly,
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
  createWebhook: {
    path: () => '/v1/webhooks',
    options: () => ({ ...staff(), body: { url: RECEIVER, events: ['ping'] } }),
    happy: 201,
    error: { options: () => ({ ...staff(), body: { url: 'https://10.0.0.1/', events: ['ping'] } }), expected: INVALID },
    security: staffOnly,
  },
  listWebhooks: {
    path: () => '/v1/webhooks',
    options: staff,
    happy: 200,
    error: { path: () => '/v1/webhooks?limit=0', expected: INVALID },
    security: staffOnly,
  },
  readWebhook: { path: webhook(), options: staff, happy: 200, error: noWebhook(), security: staffOnly },
  updateWebhook: {
    path: webhook(),
    options: () => ({ ...staff(), body: { description: 'Another' } }),
    happy: 200,
    error: noWebhook(),
    security: staffOnly,
  },
  deleteWebhook: { path: webhook(), options: staff, happy: 204, error: noWebhook(), security: staffOnly },
  rotateWebhookSecret: {
    path: webhook('/rotations'),
    options: staff,
    happy: 200,
    error: noWebhook('/rotations'),
    security: staffOnly,
  },
  testWebhook: {
    path: webhook('/test'),
    options: staff,
    happy: 202,
    error: noWebhook('/test'),
    security: staffOnly,
  },
  listDeliveries: {
    path: webhook('/deliveries'),
    options: staff,
    happy: 200,
    error: noWebhook('/deliveries'),
    security: staffOnly,
  },
  redeliver: {
    path: ({ webhook: id, delivery }) => `/v1/webhooks/${id}/deliveries/${delivery}/redeliver`,
    options: staff,
    happy: 202,
    error: { path: webhook('/deliveries/msg_none/redeliver'), expected: NOT_FOUND },
    security: staffOnly,
  },
  replayDeliveries: {
    path: webhook('/replay'),
    options: () => ({ ...staff(), body: { since: '2026-01-05T09:00:00Z' } }),
    happy: 202,
    error: { options: () => ({ ...staff(), body: { since: 'yesterday' } }), expected: INVALID },
    security: staffOnly,
  },
  readRoot: service('/'),
  playQuiz: {
    path: ({ quiz }) => `/play/${quiz}`,
    happy: 200,
    error: { path: () => '/play/No_Quiz', expected: NOT_FOUND },
    security: open,
  },
  readVerify: service('/verify'),
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

const WAITING = quizDocument({ questions: [essay('essay')], policy: { timeLimitSeconds: 600 } })

const ONE_QUESTION = quizDocument({ questions: [singleChoice('single')] })

export async function newScene(host: TestHost, document: Json = ONE_QUESTION): Promise<Scene> {
  const quiz = await publish(host, document)
  const [run, other] = [await start(host, quiz), await start(host, quiz)]
  const id = `learner-of-${quiz}`
  await startFor(host, quiz, id)
  const key = (await createKey(host)).body.id
  const { revision } = run.started.body.attempt
  const post = (path: string, body: Json) =>
    host.client.call('POST', `/v1/quizzes/${quiz}/${path}`, { ...staff(), body })
  const regrade = await post('regrades', { revision, rule: 'new-key', dryRun: true, reason: 'To see' })
  const extension = await post('extensions', { unlimited: true, reason: 'To see' })
  await host.idle()
  const waiting = await start(host, await publish(host, WAITING))
  await waiting.respond('essay', { text: 'It depends.' }, { releases: ['essay'] })
  const { id: hook } = await onlyWebhook(host)
  const hooks = { webhook: hook, delivery: await ping(host, hook) }
  const jobs = { regrade: regrade.body.id, extension: extension.body.id }
  return { quiz, revision, run, otherToken: other.token, learner: id, waiting, key, ...jobs, ...hooks }
}

export function credentialsIn({ run, otherToken }: Scene): Record<Credential, string | null> {
  return { nothing: null, nonsense: 'nonsense', learner: run.token, 'other learner': otherToken, staff: ROOT_KEY }
}
