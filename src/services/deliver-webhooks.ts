import type { Deps } from '../deps.ts'
import { claimDeliveries, type DeliveryRow, isHeld, recordTry, selectTaken } from '../db/webhook-deliveries.ts'
import {
  type EndpointRow,
  markFailing,
  markHealthy,
  selectDueEndpoints,
  selectEndpoint,
} from '../db/webhook-endpoints.ts'
import { isTooMuch, repeatable } from '../db/retries.ts'
import { DISABLE_AFTER, nextTry, parseRetryAfter } from '../webhooks/schedule.ts'
import { send, type Sent, type Shipment, TIMEOUT_MS, UNREACHABLE } from '../webhooks/send.ts'
import { signedHeaders } from '../webhooks/sign.ts'
import { isAllowedTarget } from '../webhooks/target.ts'
import { targetRules } from './_webhooks.ts'

/** How long a delivery is left to whoever took it: longer than a try can take. */
const LEASE_MS = 60_000

/** How long a run takes on new deliveries: what goes on behind an answer is cut off after 30 seconds, and a try takes 15. */
const RUN_MS = 10_000

/** How often the timer of the slowest host comes: what is due later needs nothing else to wake the sender. */
const TIMER_MS = 60_000

/** After how many tries in a row that failed a run leaves an endpoint to the next: a receiver that is down is to cost little. */
const MAX_FAILURES = 10

/** Lets deliveries go out behind the answer to the call that made them. What this does not come to, the timer does. */
export function beginDeliveries(deps: Deps): void {
  deps.wake?.(0)
  deps.background(deliverWebhooks(deps).catch(() => logFailure(deps)))
}

/**
 * Sends what is due, to every endpoint by itself: one that hangs keeps no other waiting, and neither does one for which the
 * database failed. Any number of runs may be at work at once, and each may be cut off anywhere: what was taken and not
 * recorded is taken again when its lease has run out.
 */
export async function deliverWebhooks(deps: Deps): Promise<void> {
  const until = deps.now() + RUN_MS
  const [endpoints] = await deps.db.batch([selectDueEndpoints(deps.db, deps.now())])
  await Promise.all(endpoints.map(({ id }) => serve(deps, id, until).catch(() => logFailure(deps))))
}

function logFailure(deps: Deps): void {
  deps.log({ level: 'error', event: 'delivery-failed' })
}

/** What staff change of an endpoint meanwhile holds for what is taken next. */
async function serve(deps: Deps, id: string, until: number): Promise<void> {
  let failures = 0
  while (deps.now() < until && failures < MAX_FAILURES && !deps.isDraining()) {
    const [taken, [endpoint]] = await take(deps, id)
    if (taken.length === 0 || !endpoint) return
    const tried = await Promise.allSettled(taken.map((delivery) => deliver(deps, endpoint, delivery)))
    if (tried.some(({ status }) => status === 'rejected')) return logFailure(deps)
    const arrived = tried.some((result) => result.status === 'fulfilled' && result.value)
    failures = arrived ? 0 : failures + tried.length
  }
  // Only a receiver that is well is gone on with at once: one that is down is left to the timer.
  if (failures < MAX_FAILURES) deps.wake?.(0)
}

/**
 * Takes what is due. A claim whose answer was lost may have been made all the same, and would then keep its places until its
 * lease runs out: so what has this lease is taken for its own. At worst another's of the same millisecond is sent twice.
 */
async function take({ db, now: clock }: Deps, endpoint: string) {
  const now = clock()
  const until = now + LEASE_MS
  return unlessLost(
    () => db.batch([claimDeliveries(db, { endpoint, now, until }), selectEndpoint(db, endpoint)]),
    () => db.batch([selectTaken(db, { endpoint, until }), selectEndpoint(db, endpoint)]),
  )
}

/** Makes good for what a failure of the database has taken away; one that has too much to do is not asked again. */
function unlessLost<T>(work: () => Promise<T>, makeGood: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    if (isTooMuch(error)) throw error
    return makeGood()
  })
}

/** Whether it has arrived. */
async function deliver(deps: Deps, endpoint: EndpointRow, delivery: DeliveryRow): Promise<boolean> {
  const trace = deps.tracing.begin('deliver', { parent: delivery.trace, kind: 'client' })
  const headers = {
    ...endpoint.headers,
    'content-type': 'application/json',
    'user-agent': 'Answerkey',
    ...(trace.traceparent !== null && { traceparent: trace.traceparent }),
    ...signedHeaders(delivery, secretsOf(endpoint, deps.now()), deps.now()),
  }
  const sent = await sendTo(deps, endpoint, { url: endpoint.url, headers, body: delivery.body })
  const arrived = sent.status === '2xx'
  const outcome = { 'answerkey.delivery': delivery.id, 'http.response.status_code': sent.code ?? undefined }
  trace.end(outcome, { failed: !arrived })
  // What is not written down is sent again, a lease later: that costs more than to write it again.
  const write = () => record(deps, delivery, sent)
  await unlessLost(write, write)
  return arrived
}

/** The configuration may be another one than when the URL was stored. */
async function sendTo(deps: Deps, { url, headers }: EndpointRow, shipment: Shipment): Promise<Sent> {
  if (!isAllowedTarget(url, targetRules(deps))) return UNREACHABLE
  return send(deps.outgoing, { ...shipment, conceal: Object.values(headers) }, deps.deadline(TIMEOUT_MS))
}

/** For a while after a rotation the old secret signs too. */
function secretsOf({ secret, previousSecret, previousUntil }: EndpointRow, now: number): string[] {
  return previousSecret !== null && previousUntil !== null && now < previousUntil ? [secret, previousSecret] : [secret]
}

/** Whoever lost a delivery, for it came too late, has nothing to say of it, nor of its endpoint. */
async function record(
  { db, now: clock, randomBytes, wake, metrics }: Deps,
  delivery: DeliveryRow,
  { status, code, answer, retryAfter }: Sent,
): Promise<void> {
  const now = clock()
  const { endpoint } = delivery
  const tries = delivery.tries + 1
  const tried = { tries, lastTriedAt: now, lastStatus: status, lastAnswer: answer }
  const when = isHeld(delivery)
  if (status === '2xx') {
    const arrived = recordTry(db, delivery, { ...tried, status: 'delivered', due: null })
    await db.batch(repeatable([markHealthy(db, endpoint, when), arrived]))
    metrics.deliveryTried({ outcome: 'delivered', status })
    return
  }
  const due = nextTry(tries, { now, chance: randomBytes(1)[0]! / 255, retryAfter: parseRetryAfter(retryAfter, now) })
  const failed = recordTry(db, delivery, { ...tried, status: due === null ? 'failed' : 'pending', due })
  const gone = code === 410
  await db.batch(repeatable([markFailing(db, endpoint, { now, disableAfter: DISABLE_AFTER, gone, when }), failed]))
  metrics.deliveryTried({ outcome: due === null ? 'abandoned' : 'retried', status })
  if (due !== null && due - now < TIMER_MS) wake?.(Math.ceil((due - now) / 1000))
}
