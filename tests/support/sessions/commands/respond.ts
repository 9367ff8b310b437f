import { expect } from 'vitest'
import { type Attempt, reply, type Reply, type Sent, write } from '../attempt.ts'
import { type Action, chooser } from '../step.ts'
import { replyViews, toldNow } from '../view.ts'
import {
  ABSENT,
  checkAttempt,
  type Expected,
  found,
  INVALID,
  keepToken,
  momentOf,
  plainResults,
  REUSED,
  type World,
} from '../world.ts'
import { keyFor, headersOf } from './keys.ts'
import { bodyOf, type Mistake, MISTAKES, someResponses } from './responses.ts'

export interface RespondRequest {
  readonly attempt: number
  readonly sent: readonly Sent[]
  readonly mistake: Mistake | null
  readonly token: string
  readonly key: string | null
}

/** An attempt whose learner has a token, rather one that runs; it may have been erased. */
export function someTaken({ attempts }: World, { of, oneIn }: ReturnType<typeof chooser>): Attempt | null {
  const taken = attempts.filter(({ tokens }) => tokens.length > 0)
  const running = taken.filter(({ finished }) => !finished)
  if (taken.length === 0) return null
  return running.length > 0 && !oneIn(5) ? (oneIn(2) ? running[0]! : of(running)) : of(taken)
}

export const respond: Action<RespondRequest> = {
  name: 'respond',
  make(world, picks) {
    const choose = chooser(picks)
    const attempt = someTaken(world, choose)
    if (!attempt) return null
    return {
      attempt: attempt.number,
      sent: someResponses(attempt.asked, world.rules, choose),
      mistake: choose.oneIn(12) ? choose.of(MISTAKES) : null,
      token: choose.of(attempt.tokens),
      key: keyFor('respond', picks),
    }
  },
  call({ attempts }, { attempt, sent, mistake, token, key }) {
    const { id, asked } = attempts[attempt]!
    const questions = asked.map(({ served }) => served)
    return [
      'POST',
      `/v1/attempts/${id}/responses`,
      { token, body: bodyOf(questions, sent, mistake), ...headersOf(key) },
    ]
  },
  expect(world, { attempt: number, sent, mistake, key }) {
    const attempt = world.attempts[number]!
    if (mistake !== null) return INVALID
    if (attempt.erased) return ABSENT
    const asked = JSON.stringify(sent)
    const place = `respond ${number} ${key}`
    const known = key === null ? undefined : world.keys.get(place)
    if (known) {
      // It is written down again, and does nothing.
      if (!attempt.finished) write(attempt, 'responded', { key })
      if (known.asked !== asked) return REUSED
      const line = attempt.log.find((each) => each.key === key)!
      return answered(world, found(world, attempt), line.replies)
    }
    const isOpen = attempt.finished === null
    const replies = sent.map((each) => reply(attempt, each, world.now))
    if (isOpen) write(attempt, 'responded', { key, replies, told: toldNow(attempt, replies) })
    if (isOpen && key !== null) world.keys.set(place, { asked, outcome: 'made', subject: number })
    return answered(world, found(world, attempt), replies)
  },
}

function answered(world: World, attempt: Attempt, replies: readonly Reply[]): Expected {
  const results = replyViews(attempt, replies, momentOf(world, 'learner'))
  const [first] = replies
  if (first?.refused && replies.every(({ refused }) => refused !== null)) {
    const check: Expected['check'] = ({ body }) => expect(plainResults(body.results)).toEqual(results)
    return { status: 409, code: first.refused, check }
  }
  return {
    status: 200,
    check({ body }) {
      expect(plainResults(body.results)).toEqual(results)
      checkAttempt(world, attempt, body.attempt, 'learner')
      keepToken(world, attempt, body.token)
    },
  }
}
