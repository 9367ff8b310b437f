import type { Session } from './transcript.ts'
import type { Json } from './quiz-document.ts'

/** What a learner does, well-meaning or not: the same requests whatever the quiz's key is. */

export interface Playing extends Session {
  readonly attempt: string
  /** Of the last answer that brought one. */
  token: string
}

const SECRET = 'a-secret-of-the-learner-'

/** Looks at everything that is public. */
export async function lookAround({ send, quiz }: Session): Promise<void> {
  const paths = ['/v1/quizzes', `/v1/quizzes/${quiz}`, `/v1/quizzes/${quiz}/questions`]
  for (const path of paths) {
    await send('GET', path)
    await send('HEAD', path)
    await send('GET', path, { headers: { 'If-None-Match': '*' } })
    await send('GET', path, { token: 'no-key-at-all' })
  }
  for (const path of ['/', '/.well-known/jwks.json', '/problems/not-found', '/readyz']) await send('GET', path)
  await send('GET', `/v1/quizzes/${quiz}/revisions`)
  await send('DELETE', `/v1/quizzes/${quiz}`, { token: 'no-key-at-all' })
  await send('PATCH', `/v1/quizzes/${quiz}`)
}

/** Starts: a few times in vain, and twice with one Idempotency-Key. */
export async function begin(session: Session): Promise<Playing> {
  const { send, quiz } = session
  const path = `/v1/quizzes/${quiz}/attempts`
  await send('POST', path, { body: { unknown: true } })
  await send('POST', path, { body: { learner: { id: 'someone' } } })
  await send('POST', path, { rawBody: '{', headers: { 'Content-Type': 'application/json' } })
  const headers = { 'Idempotency-Key': `${SECRET}start` }
  const { attempt, token } = await send('POST', path, { headers })
  await send('POST', path, { headers })
  await send('POST', path, { headers: { 'Idempotency-Key': 'short' } })
  return { ...session, attempt: attempt.id, token }
}

export async function respond(
  playing: Playing,
  responses: readonly Json[],
  headers?: Record<string, string>,
): Promise<any> {
  const { send, attempt, token } = playing
  const body = await send('POST', `/v1/attempts/${attempt}/responses`, {
    token,
    body: { responses },
    ...(headers && { headers }),
  })
  playing.token = body.token ?? token
  return body
}

/** Sends what is malformed: nothing of it may count, or tell more than that it is. */
export async function stumble(playing: Playing): Promise<void> {
  const { send, attempt, token } = playing
  const malformed: unknown[] = [
    { question: 'nothing', response: { choice: 'a' } },
    { question: 'single', response: { choice: 'z' } },
    { question: 'single', response: { choices: ['a'] } },
    { question: 'single', response: { choice: 'a' }, certainty: 3 },
    { question: 'single', response: { choice: 'a' }, score: 1 },
    { question: 'multiple', response: { choices: ['p', 'z', 'p'] } },
    { question: 'multiple', response: { choices: ['z', 'y', 'q'] } },
    { question: 'truth', response: { choice: true } },
    { question: 'truth' },
    null,
  ]
  for (const response of malformed)
    await respond(playing, [{ question: 'fixed', response: { choice: 'a' } }, response as Json])
  await respond(playing, [
    { question: 'single', response: { choice: 'a' } },
    { question: 'single', response: { choice: 'b' } },
  ])
  await respond(playing, [])
  const path = `/v1/attempts/${attempt}`
  await send('POST', `${path}/responses`, { token, rawBody: '{"responses":' })
  await send('POST', `${path}/responses`, { body: { responses: [] } })
  await send('POST', `${path}/finish`, { token, body: { score: 5 } })
  await send('POST', `${path}/finish`, { token: `${token}x` })
  await send('GET', path)
  await send('GET', `${path}x`, { token })
  await send('HEAD', path, { token })
  await send('GET', path, { token })
}

/** Answers everything, changes its mind, repeats itself and replays requests. */
export async function answer(playing: Playing): Promise<void> {
  for (const choice of ['a', 'b', 'b', 'd', 'c']) {
    await respond(playing, [{ question: 'single', response: { choice } }])
    await resume(playing)
  }
  for (const choices of ['p', 'pq', 'qp', 'pqr', 't', '', 'pqrst', 'st']) {
    await respond(playing, [{ question: 'multiple', response: { choices: [...choices] } }])
  }
  const headers = { 'Idempotency-Key': `${SECRET}respond` }
  for (const choice of ['true', 'true', 'false']) {
    await respond(playing, [{ question: 'truth', response: { choice } }], headers)
  }
  await respond(playing, [
    { question: 'truth', response: { choice: 'true' } },
    { question: 'single', response: { choice: 'b' } },
  ])
  await resume(playing)
}

export async function resume({ send, attempt, token }: Playing): Promise<any> {
  await send('HEAD', `/v1/attempts/${attempt}`, { token })
  return send('GET', `/v1/attempts/${attempt}`, { token })
}

/** Finishes, and goes on as if nothing had happened. */
export async function end(playing: Playing): Promise<void> {
  const { send, attempt, token } = playing
  await send('POST', `/v1/attempts/${attempt}/finish`, { token })
  await send('POST', `/v1/attempts/${attempt}/finish`, { token })
  await afterTheEnd(playing)
}

export async function afterTheEnd(playing: Playing): Promise<void> {
  await respond(playing, [{ question: 'single', response: { choice: 'a' } }])
  await respond(playing, [{ question: 'single', response: { choice: 'b' } }])
  await respond(playing, [
    { question: 'fixed', response: { choice: 'c' } },
    { question: 'truth', response: { choice: 'false' } },
  ])
  await stumble(playing)
  await resume(playing)
}

/** Takes the quiz in one call. */
export async function submit({ send, quiz }: Session, choice = 'a'): Promise<any> {
  const responses = [
    { question: 'single', response: { choice } },
    { question: 'multiple', response: { choices: ['p', 's'] } },
  ]
  const path = `/v1/quizzes/${quiz}/submissions`
  const headers = { 'Idempotency-Key': `${SECRET}submit-${choice}` }
  await send('POST', path, { body: { responses: [{ question: 'single', response: { choice: 'z' } }] } })
  await send('POST', path, { body: { responses }, headers })
  await send('POST', path, { body: { responses: [] }, headers })
  return send('POST', path, { body: { responses }, headers })
}

/** Everything that a learner does before finishing. */
export async function untilTheEnd(session: Session): Promise<Playing> {
  await lookAround(session)
  const playing = await begin(session)
  await stumble(playing)
  await answer(playing)
  session.host.clock.now += 60_000
  await stumble(playing)
  return playing
}
