import { SCOPES } from '../../src/services/_authorise.ts'
import { newQuizId, publish, start, startFor } from './actions.ts'
import { createKey, issueKey } from './api-keys.ts'
import type { Answer, CallOptions } from './client.ts'
import { ROOT_KEY, type TestHost } from './host.ts'
import { type Json, quizDocument } from './quiz-document.ts'

/** A call that is ready to be made, to any isolate and any number of times. */
export interface Prepared {
  /** The quiz that it is about; an API key that it is about is named after it. */
  readonly quiz: string
  readonly method: string
  readonly path: string
  readonly send: (to: TestHost) => Promise<Answer>
}

/** A call of the contract, as a client makes it and makes it again when it gets no answer. */
export interface InterruptedCall {
  readonly name: string
  readonly prepare: (host: TestHost) => Promise<Prepared>
  /** Whether it may be cut off between the two batches of a finish. */
  readonly finishes?: boolean
  /** Whether a retry has no need of that finish, and leaves it to the hosts' timer. */
  readonly leavesToTimer?: boolean
  /** The statuses of the call and of its retry after it took effect; the same unless told. */
  readonly statuses: readonly number[]
}

const everything = { releases: 'everything' } as const
const staff: CallOptions = { token: ROOT_KEY, ...everything }
const restricted = () => quizDocument({ access: 'restricted' })
const responses = [
  { question: 'single', response: { choice: 'b' } },
  { question: 'truth', response: { choice: 'false' } },
]

let keys = 0

/** As long as a learner's has to be, and new for every prepared call. */
function newKey(): { headers: Record<string, string> } {
  keys += 1
  return { headers: { 'Idempotency-Key': `a-key-that-is-long-enough-${keys}` } }
}

type Request = [method: string, path: string, options: CallOptions]

function call(
  name: string,
  statuses: readonly number[],
  prepare: (host: TestHost) => Promise<{ quiz: string; request: Request }>,
  more: Partial<InterruptedCall> = {},
): InterruptedCall {
  return {
    name,
    statuses,
    ...more,
    prepare: async (host) => {
      const { quiz, request } = await prepare(host)
      const [method, path] = request
      return { quiz, method, path, send: (to) => to.client.call(...request) }
    },
  }
}

/** A call about a quiz that is published. */
function onQuiz(
  name: string,
  statuses: number[],
  method: string,
  path: string,
  options: () => CallOptions,
  document = quizDocument,
) {
  return call(name, statuses, async (host) => {
    const quiz = await publish(host, document())
    return { quiz, request: [method, `/v1/quizzes/${quiz}${path}`, options()] }
  })
}

/** A call of a learner, or of staff, about an attempt with one response in it. */
function onAttempt(
  name: string,
  method: string,
  path: string,
  {
    policy = {},
    options = () => ({}),
    expired = false,
    finishes = false,
  }: {
    policy?: Json
    options?: () => CallOptions
    expired?: boolean
    finishes?: boolean
  } = {},
) {
  return call(
    name,
    [200],
    async (host) => {
      const quiz = await publish(host, quizDocument({ policy }))
      const run = await start(host, quiz)
      await run.respond('multiple', { choices: ['p', 'q'] }, everything)
      if (expired) host.clock.now += 61_000
      return {
        quiz,
        request: [method, `/v1/attempts/${run.id}${path}`, { token: run.token, ...everything, ...options() }],
      }
    },
    { finishes },
  )
}

/** A call of staff about a learner who has a rule for the quiz and an attempt at it with a response in it. */
function onLearner(
  name: string,
  statuses: readonly number[],
  method: string,
  path: string,
  options: () => CallOptions = () => ({}),
) {
  return call(name, statuses, async (host) => {
    const quiz = await publish(host, restricted())
    const learner = `/v1/learners/learner-of-${quiz}`
    const rules = [{ quiz, extraAttempts: 1, reason: 'Agreed.' }]
    await host.client.call('PUT', `${learner}/accommodations`, { ...staff, body: { rules } })
    const run = await startFor(host, quiz, `learner-of-${quiz}`)
    await run.respond('single', { choice: 'b' }, everything)
    return { quiz, request: [method, `${learner}${path}`, { ...staff, ...options() }] }
  })
}

const body = { responses }
/** At any quiz: that of the call is not known where its options are made, and one that is never published is as good. */
const otherRules = { body: { rules: [{ quiz: 'elsewhere', factor: 2, reason: 'Other.' }] } }
const named = { ...staff, body: { learner: { id: 'ada' } } }
const timed = { timeLimitSeconds: 60 }

export const INTERRUPTED_CALLS: readonly InterruptedCall[] = [
  onQuiz('a start with a key', [201], 'POST', '/attempts', newKey),
  onQuiz('a named start', [201, 200], 'POST', '/attempts', () => named, restricted),
  onQuiz('a named start with a key', [201], 'POST', '/attempts', () => ({ ...named, ...newKey() }), restricted),
  call('a named start after one that is active', [200], async (host) => {
    const quiz = await publish(host, restricted())
    await startFor(host, quiz, 'ada')
    return { quiz, request: ['POST', `/v1/quizzes/${quiz}/attempts`, named] }
  }),
  call(
    'a named start after one that has expired',
    [201, 200],
    async (host) => {
      const quiz = await publish(host, quizDocument({ access: 'restricted', policy: timed }))
      await startFor(host, quiz, 'ada')
      host.clock.now += 61_000
      return { quiz, request: ['POST', `/v1/quizzes/${quiz}/attempts`, named] }
    },
    { finishes: true, leavesToTimer: true },
  ),
  onQuiz('a submission with a key', [201], 'POST', '/submissions', () => ({ body, ...everything, ...newKey() })),
  onQuiz(
    'a named submission with a key',
    [201],
    'POST',
    '/submissions',
    () => ({ ...staff, body: { ...body, learner: { id: 'ada' } }, ...newKey() }),
    restricted,
  ),
  onAttempt('responses', 'POST', '/responses', { options: () => ({ body }) }),
  onAttempt('responses with a key', 'POST', '/responses', { options: () => ({ body, ...newKey() }) }),
  onAttempt('saves with a key', 'POST', '/responses', {
    policy: { feedback: 'deferred' },
    options: () => ({ body, ...newKey() }),
  }),
  onAttempt('a finish', 'POST', '/finish', { finishes: true }),
  onAttempt('a finish with a key', 'POST', '/finish', { options: newKey, finishes: true }),
  onAttempt('a resume', 'GET', ''),
  onAttempt('a resume of an attempt that has expired', 'GET', '', { policy: timed, expired: true, finishes: true }),
  onAttempt('the view of staff', 'GET', '', { options: () => staff }),
  call('a first publication', [201, 200], async () => {
    const quiz = newQuizId()
    return { quiz, request: ['PUT', `/v1/quizzes/${quiz}`, { ...staff, body: quizDocument() }] }
  }),
  call('a first publication with a key', [201], async () => {
    const quiz = newQuizId()
    return { quiz, request: ['PUT', `/v1/quizzes/${quiz}`, { ...staff, body: quizDocument(), ...newKey() }] }
  }),
  onQuiz('another publication', [201, 200], 'PUT', '', () => ({ ...staff, body: quizDocument({ title: 'Other' }) })),
  onQuiz('another publication with a key', [201], 'PUT', '', () => ({
    ...staff,
    body: quizDocument({ title: 'Other' }),
    ...newKey(),
  })),
  onQuiz('a publication of what stands there', [200], 'PUT', '', () => ({ ...staff, body: quizDocument() })),
  onQuiz('an archiving', [204], 'DELETE', '', () => staff),
  onQuiz('a read of a quiz', [200], 'GET', '', () => ({})),
  onQuiz('a read of questions', [200], 'GET', '/questions', () => ({})),
  onQuiz('a read of revisions', [200], 'GET', '/revisions', () => staff),
  call('a read of a revision', [200], async (host) => {
    const quiz = await publish(host)
    const { body: summary } = await host.client.call('GET', `/v1/quizzes/${quiz}`)
    return { quiz, request: ['GET', `/v1/quizzes/${quiz}/revisions/${summary.revision}`, staff] }
  }),
  call('a publication with an API key', [201, 200], async (host) => {
    const quiz = newQuizId()
    const { secret: token } = await issueKey(host, 'quizzes:write')
    return { quiz, request: ['PUT', `/v1/quizzes/${quiz}`, { token, body: quizDocument(), ...everything }] }
  }),
  call('a making of an API key with a key', [201], async () => {
    const quiz = newQuizId()
    return { quiz, request: ['POST', '/v1/keys', { ...staff, body: { name: quiz, scopes: SCOPES }, ...newKey() }] }
  }),
  call('a list of API keys', [200], async () => ({ quiz: newQuizId(), request: ['GET', '/v1/keys', staff] })),
  call('a revocation', [204], async (host) => {
    const quiz = newQuizId()
    const { body: key } = await createKey(host, { name: quiz })
    return { quiz, request: ['DELETE', `/v1/keys/${key.id}`, staff] }
  }),
  onLearner('a read of accommodations', [200], 'GET', '/accommodations'),
  onLearner('a setting of accommodations', [200], 'PUT', '/accommodations', () => otherRules),
  onLearner('a setting of accommodations with a key', [200], 'PUT', '/accommodations', () => ({
    ...otherRules,
    ...newKey(),
  })),
  onLearner('a clearing of accommodations', [204], 'DELETE', '/accommodations'),
  onLearner('a clearing of accommodations with a key', [204], 'DELETE', '/accommodations', newKey),
  onLearner('an export', [200], 'GET', ''),
  onLearner('an erasure', [204, 404], 'DELETE', ''),
  onLearner('an erasure with a key', [204], 'DELETE', '', newKey),
  onQuiz('a list of attempts', [200], 'GET', '/attempts', () => staff),
  onQuiz('a list of grades', [200], 'GET', '/grades', () => staff),
  call('a list of quizzes', [200], async (host) => ({
    quiz: await publish(host),
    request: ['GET', '/v1/quizzes', {}],
  })),
  call('a question for readiness', [200], async (host) => ({
    quiz: await publish(host),
    request: ['GET', '/readyz', {}],
  })),
]
