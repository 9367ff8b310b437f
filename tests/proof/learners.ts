import { decodeJwt } from '../support/jwt.ts'
import type { Sent } from './attempt-model.ts'
import { type AttemptBody, type Call, toAnswered } from './history.ts'
import type { PersistentClient } from './persistent-client.ts'
import { CHOICES, type ProofQuiz } from './quizzes.ts'
import type { Random } from './random.ts'

/** An attempt that one or several clients took at once, as they recorded it. */
export interface TakenAttempt {
  readonly id: string
  readonly quiz: ProofQuiz
  readonly calls: readonly Call[]
  /** The outcome of the finish as every answer after it told it: one, or none while it runs. */
  readonly outcomes: ReadonlySet<string>
}

export interface Taking {
  readonly client: PersistentClient
  readonly quiz: ProofQuiz
  readonly random: Random
  /** A text that no other attempt has. */
  readonly name: string
  /** How many clients take it at once. */
  readonly tabs: number
  /** The calls of each. */
  readonly calls: number
  /** Waits as long as a learner thinks. */
  readonly think?: () => Promise<void>
}

/** The first client finishes when it has so many calls left: what comes later is refused. */
const AT_THE_END = 3

/** Starts an attempt, answers from several clients at once, finishes it in most cases, and looks at what has become of it. */
export async function takeAttempt({ client, quiz, random, name, tabs, calls, think }: Taking): Promise<TakenAttempt> {
  const start = await client.send('POST', `/quizzes/${quiz.id}/attempts`, {
    key: `start-of-an-attempt-${name}`,
  })
  if (start.status !== 201) throw new Error(`A start came to ${start.status}.`)
  const { id } = start.body.attempt!
  const token = start.body.token!
  const done: Call[] = []
  const outcomes = new Set<string>()
  let keys = 0

  async function act(kind: Call['kind'], sent: readonly Sent[] = []): Promise<void> {
    const path = `/attempts/${id}${kind === 'respond' ? '/responses' : kind === 'finish' ? '/finish' : ''}`
    const responses = sent.map(({ question, choice }) => ({ question, response: { choice } }))
    const key = `a-key-of-the-attempt-${name}-${(keys += 1)}`
    const { status, body, ...times } = await client.send(kind === 'resume' ? 'GET' : 'POST', path, {
      token,
      ...(kind !== 'resume' && { key }),
      ...(kind === 'respond' && { body: { responses } }),
    })
    const isExpected = status === 200 || (kind === 'respond' && status === 409)
    if (!isExpected) client.seen.errors.push(`${kind} of ${id} came to ${status} ${String(body.code)}.`)
    done.push({ kind, sent, ...times, answer: toAnswered(kind, status, body) })
    if (kind !== 'respond' && body.attempt?.status === 'finished') outcomes.add(outcomeOf(body))
  }

  async function tab(isFirst: boolean): Promise<void> {
    let earlier: readonly Sent[] = []
    for (let left = calls; left > 0; left--) {
      const dice = random.below(100)
      if (isFirst && left === AT_THE_END && dice < 90) await act('finish')
      else if (dice < 15) await act('resume')
      else if (dice < 17) await act('finish')
      else if (dice < 30 && earlier.length > 0) await act('respond', earlier)
      else await act('respond', (earlier = someResponses(quiz, random)))
      await think?.()
    }
  }

  await Promise.all(Array.from({ length: tabs }, (_, index) => tab(index === 0)))
  await act('resume')
  return { id, quiz, calls: done, outcomes }
}

function someResponses({ rules }: ProofQuiz, random: Random): Sent[] {
  const names = Object.keys(rules.keys)
  const from = random.below(names.length)
  const picked = random.chance(0.3) ? [names[from]!, names[(from + 1) % names.length]!] : [names[from]!]
  return picked.map((question) => ({ question, choice: random.pick(CHOICES) }))
}

/** What must be the same for ever, the receipt too, but for when it was signed. */
function outcomeOf({ attempt, receipt }: AttemptBody): string {
  const { iat: _, ...claims } = receipt ? decodeJwt(receipt).payload : {}
  return JSON.stringify([attempt!.finishedAt, attempt!.finishReason, attempt!.score, claims])
}
