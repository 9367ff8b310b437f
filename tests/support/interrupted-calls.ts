import { SCOPES } from '../../src/services/_authorise.ts'
import { newQuizId, publish, start, startFor } from './actions.ts'
import { createKey, issueKey } from './api-keys.ts'
import type { Answer, CallOptions } from './client.ts'
import { ROOT_KEY, type TestHost } from './host.ts'
import { essay } from './every-type.ts'
import { onlyWebhook, ping, RECEIVER } from './webhooks.ts'
import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from './quiz-document.ts'

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
  /** Whether work goes on behind its answer, which may be cut off too: then the hosts' timer carries it on. */
  readonly works?: boolean
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

const QUESTIONS = [singleChoice('single'), multipleChoice('multiple'), trueFalse('truth'), essay('essay')]

/** A call of a learner, or of staff, about an attempt with two responses in it, of which one waits for a person. */
function onAttempt(
  name: string,
  method: string,
  path: string,
  {
    policy = {},
    options = () => ({}),
    expired = false,
    finished = false,
    finishes = false,
  }: {
    policy?: Json
    options?: () => CallOptions
    expired?: boolean
    finished?: boolean
    finishes?: boolean
  } = {},
) {
  return call(
    name,
    [200],
    async (host) => {
      const quiz = await publish(host, quizDocument({ questions: QUESTIONS, policy }))
      const run = await start(host, quiz)
      await run.respond('multiple', { choices: ['p', 'q'] }, everything)
      await run.respond('essay', { text: 'It depends.' }, everything)
      if (finished) await run.finish(everything)
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

/** A word of staff, which without a key would be another one each time. */
const word = (said: Json) => () => ({ ...staff, body: said, ...newKey() })
const extension = word({ factor: 1.5, reason: 'The power was out' })
const grading = word({ question: 'essay', score: 4, comment: 'Good.' })
const overriding = word({ score: 8, reason: 'The questions were unclear' })

/** A job on a quiz with one attempt, which has a deadline. */
function onJob(name: string, path: string, asked: (revision: string) => Json) {
  return call(
    name,
    [202],
    async (host) => {
      const quiz = await publish(host, quizDocument({ policy: { timeLimitSeconds: 600 } }))
      const { attempt } = (await start(host, quiz)).started.body
      const options = { ...staff, body: asked(attempt.revision), ...newKey() }
      return { quiz, request: ['POST', `/v1/quizzes/${quiz}${path}`, options] }
    },
    { works: true },
  )
}

/** A read of how far a job has come. */
function onJobDone(name: string, path: string, asked: (revision: string) => Json) {
  return call(name, [200], async (host) => {
    const quiz = await publish(host, quizDocument())
    const { revision } = (await start(host, quiz)).started.body.attempt
    const made = await host.client.call('POST', `/v1/quizzes/${quiz}${path}`, { ...staff, body: asked(revision) })
    await host.idle()
    return { quiz, request: ['GET', `/v1/quizzes/${quiz}${path}/${made.body.id}`, staff] }
  })
}

const extensionForAll = () => ({ extraSeconds: 60, reason: 'The power was out' })
const regrade = (revision: string) => ({ revision, rule: 'full-credit', reason: 'It had no answer' })

/** A call about a webhook with a ping that did not arrive; it is disabled, so that nothing goes out behind the answer. */
function onWebhook(
  name: string,
  statuses: readonly number[],
  method: string,
  path: string,
  options: () => CallOptions = () => ({}),
) {
  return call(
    name,
    statuses,
    async (host) => {
      const quiz = newQuizId()
      const { id } = await onlyWebhook(host, { description: quiz, headers: { 'X-Tenant': 'one' } })
      const delivery = await ping(host, id)
      await host.client.call('PATCH', `/v1/webhooks/${id}`, { ...staff, body: { disabled: true } })
      const place = `/v1/webhooks/${id}${path.replace('{delivery}', delivery)}`
      return { quiz, request: [method, place, { ...staff, ...options() }] }
    },
    { works: true },
  )
}

const hookChange = { url: 'https://other.school.edu/', events: ['ping', 'attempt.passed'], quizzes: ['one'] }
const since = { since: '2026-01-01T00:00:00Z' }

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
  onAttempt('the log', 'GET', '/events', { options: () => staff }),
  onAttempt('the log of an attempt that has expired', 'GET', '/events', {
    policy: timed,
    options: () => staff,
    expired: true,
    finishes: true,
  }),
  onAttempt('an extension with a key', 'POST', '/extensions', { policy: timed, options: extension }),
  onAttempt('a grade with a key', 'POST', '/grades', { options: grading }),
  onAttempt('a grade of a finished attempt with a key', 'POST', '/grades', {
    options: grading,
    finished: true,
    finishes: true,
  }),
  onAttempt('an override with a key', 'POST', '/overrides', { options: overriding }),
  onAttempt('an override of a finished attempt with a key', 'POST', '/overrides', {
    options: overriding,
    finished: true,
    finishes: true,
  }),
  onJob('an extension for all with a key', '/extensions', extensionForAll),
  onJobDone('a read of an extension for all', '/extensions', extensionForAll),
  onJob('a regrade with a key', '/regrades', regrade),
  onJobDone('a read of a regrade', '/regrades', regrade),
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
  call('a making of a webhook with a key', [201], async (host) => {
    const quiz = newQuizId()
    await onlyWebhook(host)
    const choice = { url: RECEIVER, events: ['ping'], description: quiz }
    return { quiz, request: ['POST', '/v1/webhooks', { ...staff, body: choice, ...newKey() }] }
  }),
  call('a list of webhooks', [200], async () => ({ quiz: newQuizId(), request: ['GET', '/v1/webhooks', staff] })),
  onWebhook('a read of a webhook', [200], 'GET', ''),
  onWebhook('a change of a webhook', [200], 'PATCH', '', () => ({ body: hookChange })),
  onWebhook('a change of a webhook with a key', [200], 'PATCH', '', () => ({ body: hookChange, ...newKey() })),
  onWebhook('a deletion of a webhook', [204, 404], 'DELETE', ''),
  onWebhook('a deletion of a webhook with a key', [204], 'DELETE', '', newKey),
  onWebhook('a rotation with a key', [200], 'POST', '/rotations', newKey),
  onWebhook('a ping with a key', [202], 'POST', '/test', newKey),
  onWebhook('a list of deliveries', [200], 'GET', '/deliveries'),
  onWebhook('a redelivery', [202], 'POST', '/deliveries/{delivery}/redeliver'),
  onWebhook('a redelivery with a key', [202], 'POST', '/deliveries/{delivery}/redeliver', newKey),
  onWebhook('a replay', [202], 'POST', '/replay', () => ({ body: since })),
  onWebhook('a replay with a key', [202], 'POST', '/replay', () => ({ body: since, ...newKey() })),
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
