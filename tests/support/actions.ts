import type { Answer, CallOptions } from './client.ts'
import { ROOT_KEY, type TestHost } from './host.ts'
import { type Json, quizDocument } from './quiz-document.ts'

/** What nearly every test begins with. */

let quizzes = 0

/** A quiz id that no other test of the file uses. */
export function newQuizId(): string {
  quizzes += 1
  return `quiz-${quizzes}`
}

/** Publishes a document, by default the one with three questions, and returns the quiz's id. */
export async function publish(host: TestHost, document: Json = quizDocument(), quiz = newQuizId()): Promise<string> {
  const answer = await host.client.call('PUT', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, body: document })
  if (answer.status !== 201 && answer.status !== 200)
    throw new Error(`Publishing failed: ${answer.text.slice(0, 1000)}`)
  return quiz
}

export interface Run {
  readonly id: string
  readonly token: string
  readonly started: Answer
  respond(question: string, response: unknown, options?: CallOptions): Promise<Answer>
  respondAll(responses: readonly Json[], options?: CallOptions): Promise<Answer>
  finish(options?: CallOptions): Promise<Answer>
  resume(options?: CallOptions): Promise<Answer>
}

/** Starts an attempt and gives its learner's calls. Staff start with a body that names the learner. */
export async function start(host: TestHost, quiz: string, options: CallOptions = {}): Promise<Run> {
  const started = await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, options)
  if (started.status !== 201 && started.status !== 200) throw new Error(`Starting failed: ${started.text}`)
  return learnerOf(host, started)
}

/** A named learner's attempt, started by staff. */
export function startFor(host: TestHost, quiz: string, learner: string, options: CallOptions = {}): Promise<Run> {
  return start(host, quiz, { token: ROOT_KEY, body: { learner: { id: learner } }, ...options })
}

export function learnerOf(host: TestHost, started: Answer): Run {
  const { attempt, token } = started.body as { attempt: { id: string }; token: string }
  const path = `/v1/attempts/${attempt.id}`
  const run: Run = {
    id: attempt.id,
    token,
    started,
    respond: (question, response, options) => run.respondAll([{ question, response }], options),
    respondAll: (responses, options) =>
      host.client.call('POST', `${path}/responses`, { token, body: { responses }, ...options }),
    finish: (options) => host.client.call('POST', `${path}/finish`, { token, ...options }),
    resume: (options) => host.client.call('GET', path, { token, ...options }),
  }
  return run
}
