import { hold } from './broken.ts'
import { runIn } from './isolates.ts'
import { refuseSecrets } from './watch.ts'
import type { World } from './world.ts'

/** What a client asks for; it may be sent many times, and is meant once. */
export interface Asked {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly token?: string | null
  readonly body?: object
  /** Its Idempotency-Key; null for none. */
  readonly key: string | null
  /** The attempt that it is about, where that is known. */
  readonly attempt?: string
  /** What it may be answered with, besides 503. */
  readonly statuses: readonly number[]
  /** Who reads the answer. */
  readonly viewer: 'learner' | 'staff'
}

export interface Sent extends Asked {
  readonly number: number
  /** How many attempts there had been when it was first sent. */
  readonly since: number
  /** How often it was sent. */
  times: number
  readonly replies: Reply[]
}

export interface Reply {
  readonly status: number
  readonly body: any
  /** How long the log of its attempt was when it was asked, and when it was answered. */
  readonly from: number
  readonly to: number
  /** When it was worked on, by the clock of who answered. */
  readonly began: number
  readonly now: number
}

const MOST_TIMES = 5
const LONGEST_WAIT_MS = 30_000

/**
 * Sends a request until there is an answer: what has a key again and again, with the same key, what has none once. Null for
 * a client that has given up, and does not know what came of it.
 */
export async function ask(world: World, asked: Asked): Promise<Reply | null> {
  const { sent: all, chance, scheduler, clock, counts } = world
  const sent: Sent = { ...asked, number: all.length, since: world.watch.attempts.size, times: 0, replies: [] }
  all.push(sent)
  counts.add('operations')
  for (;;) {
    const reply = await send(world, sent)
    const isLost = reply !== null && !world.calm && chance.oneIn(40)
    if (isLost) counts.add('answers lost')
    if (reply && !isLost) return reply
    const mayRepeat = sent.key !== null || sent.method === 'GET'
    if (!mayRepeat || sent.times === MOST_TIMES || chance.oneIn(8)) {
      counts.add('operations given up')
      return null
    }
    counts.add('retries')
    await scheduler.hold('a client’s pause', null, clock.now + chance.below(LONGEST_WAIT_MS))
  }
}

/** The same request again, long after: with its key. */
export async function askAgain(world: World, sent: Sent): Promise<void> {
  world.counts.add('late retries')
  await send(world, sent)
}

/** Sends it once. Null where there was no answer, or one that says to come again. */
async function send(world: World, sent: Sent): Promise<Reply | null> {
  const { chance, history, counts } = world
  const isolate = chance.of(world.isolates)
  const name = `${sent.number} ${sent.what}`
  const from = lengthOf(world, sent.attempt)
  sent.times += 1
  counts.add('requests')
  history.add(`${name} to ${isolate.name}: ${sent.method} ${sent.path} ${sent.key ?? ''} ${JSON.stringify(sent.body)}`)
  const answer = await runIn(isolate, name, async (context) => {
    const response = await isolate.app.fetch(toRequest(world, sent))
    return {
      response,
      text: await response.text(),
      faults: context.faults,
      began: context.beganAt,
      now: isolate.deps.now(),
    }
  }).catch(() => null)
  if (answer === null) {
    history.add(`${name} gets no answer`)
    counts.add('requests cut off')
    return null
  }
  const { response, text, faults, began, now } = answer
  const { status } = response
  history.add(`${name} gets ${status}`)
  history.digested(text)
  const describe = () => `${name}: ${sent.method} ${sent.path}\n${status} ${text}`
  const isAbsence = status === 503 && response.headers.has('Retry-After')
  hold(status < 500 || isAbsence, 'no 5xx but 503 with Retry-After (R1)', describe)
  hold(!isAbsence || faults > 0, 'a 503 comes of a fault alone (R1)', describe)
  const body = text === '' ? null : JSON.parse(text)
  const { results: _results, ...problem } = status >= 400 ? body : {}
  refuseSecrets('a refusal tells nothing secret (S2)', JSON.stringify(problem))
  if (isAbsence) {
    counts.add('503s')
    return null
  }
  hold(sent.statuses.includes(status), 'a request is answered as it may be', describe)
  const to = lengthOf(world, sent.attempt ?? body?.attempt?.id)
  const reply = { status, body, from, to, began, now }
  sent.replies.push(reply)
  if (status < 300 && sent.key !== null) checkSame(world, sent, reply)
  return reply
}

/** The same key, the same outcome. */
function checkSame({ watch }: World, sent: Sent, reply: Reply): void {
  // What a key has made takes the key with it when it is erased.
  const isThere = ({ body }: Reply) => !watch.attempts.get(body?.attempt?.id)?.erased
  const first = sent.replies.find((each) => each.status < 300 && isThere(each)) ?? reply
  const [then, now] = [first, reply].map(({ body }) => JSON.stringify(outcomeOf(body)))
  hold(then === now, 'the same key has the same outcome', () => `${sent.number} ${sent.what}: ${then}, then ${now}`)
}

/** What does not move on: results are held to the log elsewhere, for what made no try shows its question as it stands. */
function outcomeOf(body: any): unknown {
  return [
    body?.id,
    body?.attempt?.id,
    body?.attempt?.learner,
    body?.revision,
    body?.number,
    body?.created,
    body?.deliveries,
  ]
}

export function lengthOf({ watch }: World, attempt: string | undefined): number {
  return attempt === undefined ? 0 : (watch.attempts.get(attempt)?.log.length ?? 0)
}

function toRequest(world: World, { method, path, token, body, key }: Asked): Request {
  // What a client believes the time to be is nobody's business.
  const headers = new Headers({ Date: new Date(world.clock.now - 86_400_000).toUTCString() })
  if (token) headers.set('Authorization', `Bearer ${token}`)
  if (body) headers.set('Content-Type', 'application/json')
  if (key !== null) headers.set('Idempotency-Key', key)
  return new Request(`https://quiz.example${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
}
