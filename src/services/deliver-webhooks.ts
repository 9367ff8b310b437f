import type { Deps } from '../deps.ts'
import { claimDeliveries, type DeliveryRow, recordTry } from '../db/webhook-deliveries.ts'
import {
  type EndpointRow,
  markFailing,
  markHealthy,
  selectDueEndpoints,
  updateEndpoint,
} from '../db/webhook-endpoints.ts'
import { DISABLE_AFTER, nextTry, parseRetryAfter } from '../webhooks/schedule.ts'
import { send, type Sent, UNREACHABLE } from '../webhooks/send.ts'
import { signedHeaders } from '../webhooks/sign.ts'
import { isAllowedTarget } from '../webhooks/target.ts'
import { targetRules } from './_webhooks.ts'

/** How long a delivery is left to whoever took it: longer than a try can take. */
const LEASE_MS = 60_000

/** How long a run takes on new deliveries: what goes on behind an answer is cut off after 30 seconds, and a try takes 15. */
const RUN_MS = 10_000

/** How often the timer of the slowest host comes: what is due later needs nothing else to wake the sender. */
const TIMER_MS = 60_000

/** Lets deliveries go out behind the answer to the call that made them. What this does not come to, the timer does. */
export function beginDeliveries(deps: Deps): void {
  deps.wake?.(0)
  deps.background(deliverWebhooks(deps).catch(() => deps.log({ level: 'error', event: 'delivery-failed' })))
}

/**
 * Sends what is due, to every endpoint by itself: one that hangs keeps no other waiting. Any number of runs may be at work
 * at once, and each may be cut off anywhere: what was taken and not recorded is taken again when its lease has run out.
 */
export async function deliverWebhooks(deps: Deps): Promise<void> {
  const until = deps.now() + RUN_MS
  const [endpoints] = await deps.db.batch([selectDueEndpoints(deps.db, deps.now())])
  await Promise.all(endpoints.map((endpoint) => serve(deps, endpoint, until)))
}

async function serve(deps: Deps, endpoint: EndpointRow, until: number): Promise<void> {
  let failing = endpoint.failingSince !== null
  while (deps.now() < until) {
    const now = deps.now()
    const claim = { endpoint: endpoint.id, failing, now, until: now + LEASE_MS }
    const [taken] = await deps.db.batch([claimDeliveries(deps.db, claim)])
    if (taken.length === 0) return
    const results = await Promise.all(taken.map((delivery) => deliver(deps, endpoint, delivery)))
    if (results.includes('gone')) return
    failing = results.includes('failed')
  }
  deps.wake?.(0)
}

async function deliver(
  deps: Deps,
  endpoint: EndpointRow,
  delivery: DeliveryRow,
): Promise<'arrived' | 'failed' | 'gone'> {
  const headers = {
    ...endpoint.headers,
    'content-type': 'application/json',
    'user-agent': 'Answerkey',
    ...signedHeaders(delivery, secretsOf(endpoint, deps.now()), deps.now()),
  }
  // The configuration may be another one than when the URL was stored.
  const sent = isAllowedTarget(endpoint.url, targetRules(deps))
    ? await send(deps.outgoing, {
        url: endpoint.url,
        headers,
        body: delivery.body,
        conceal: Object.values(endpoint.headers),
      })
    : UNREACHABLE
  return record(deps, endpoint, delivery, sent)
}

/** For a while after a rotation the old secret signs too. */
function secretsOf({ secret, previousSecret, previousUntil }: EndpointRow, now: number): string[] {
  return previousSecret !== null && previousUntil !== null && now < previousUntil ? [secret, previousSecret] : [secret]
}

async function record(
  { db, now: clock, randomBytes, wake }: Deps,
  { id: endpoint }: EndpointRow,
  delivery: DeliveryRow,
  { status, code, answer, retryAfter }: Sent,
): Promise<'arrived' | 'failed' | 'gone'> {
  const now = clock()
  const tries = delivery.tries + 1
  const tried = { tries, lastTriedAt: now, lastStatus: status, lastAnswer: answer }
  if (status === '2xx') {
    await db.batch([recordTry(db, delivery, { ...tried, status: 'delivered', due: null }), markHealthy(db, endpoint)])
    return 'arrived'
  }
  const due = nextTry(tries, { now, chance: randomBytes(1)[0]! / 255, retryAfter: parseRetryAfter(retryAfter, now) })
  const failed = recordTry(db, delivery, { ...tried, status: due === null ? 'failed' : 'pending', due })
  if (code === 410) {
    await db.batch([failed, updateEndpoint(db, endpoint, { disabledAt: now, disabledReason: 'gone' })])
    return 'gone'
  }
  await db.batch([failed, markFailing(db, endpoint, { now, disableAfter: DISABLE_AFTER })])
  if (due !== null && due - now < TIMER_MS) wake?.(Math.ceil((due - now) / 1000))
  return 'failed'
}
