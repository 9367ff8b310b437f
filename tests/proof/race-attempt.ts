import { setTimeout as passed } from 'node:timers/promises'
import type { AttemptBody } from './history.ts'
import type { PersistentClient } from './persistent-client.ts'
import { ANSWERS, type RaceQuiz } from './race-quizzes.ts'
import type { Random } from './random.ts'

/** What came of one request around a deadline. Times are this machine's, which are the host's as well. */
export interface RaceCall {
  /** Null for a look at the attempt. */
  readonly choice: string | null
  readonly sentAt: number
  readonly answeredAt: number
  readonly status: number
  readonly body: AttemptBody
}

export interface RacedAttempt {
  readonly id: string
  readonly quiz: RaceQuiz
  readonly deadline: number
  readonly calls: readonly RaceCall[]
  /** Looked at when it was over, twice. */
  readonly ends: readonly AttemptBody[]
}

interface Racing {
  readonly client: PersistentClient
  readonly quiz: RaceQuiz
  readonly random: Random
  readonly name: string
  readonly responses: number
}

const AROUND_MS = 2000
/** Some come at the very end: between a check and a write there is little time. */
const CLOSE_MS = 60
const CLOSE_SHARE = 0.25
const LOOKS = 3
/** These find it over at one moment: one of them finishes it. */
const LOOKS_AT_ONCE = 4

/** Starts an attempt, and sends responses at moments around its deadline, each by itself. */
export async function race({ client, quiz, random, name, responses }: Racing): Promise<RacedAttempt> {
  const start = { key: `the-start-of-the-race-${name}` }
  const started = await client.send('POST', `/quizzes/${quiz.id}/attempts`, start)
  const attempt = started.body.attempt!
  const token = started.body.token!
  const deadline = Date.parse(attempt.deadline!)
  const due = deadline + quiz.graceMs

  async function at(moment: number, choice: string | null): Promise<RaceCall> {
    await passed(Math.max(0, moment - Date.now()))
    const sentAt = Date.now()
    const { status, body } = await (choice === null ? look() : respond(choice))
    return { choice, sentAt, answeredAt: Date.now(), status, body }
  }
  const look = () => client.send('GET', `/attempts/${attempt.id}`, { token })
  const respond = (choice: string) =>
    client.send('POST', `/attempts/${attempt.id}/responses`, {
      token,
      key: `a-response-of-the-race-${name}-${choice}`,
      body: { responses: [{ question: 'race', response: { choice } }] },
    })

  const around = (moment: number, by: number) => moment + random.below(2 * by + 1) - by
  const choices = Array.from({ length: responses }, (_, index) => ANSWERS[index]!)
  const calls = await Promise.all([
    ...choices.map((choice) =>
      at(random.chance(CLOSE_SHARE) ? around(due, CLOSE_MS) : around(deadline, AROUND_MS), choice),
    ),
    ...Array.from({ length: LOOKS }, () => at(around(due, 10 * CLOSE_MS), null)),
    ...Array.from({ length: LOOKS_AT_ONCE }, () => at(due + 1, null)),
  ])
  await passed(Math.max(0, due + 1 - Date.now()))
  const ends = [await look(), await look()].map(({ body }) => body)
  return { id: attempt.id, quiz, deadline, calls, ends }
}
