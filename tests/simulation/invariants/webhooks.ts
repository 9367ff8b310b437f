import { hold } from '../broken.ts'
import { RECEIVERS, type Receiver } from '../network.ts'
import type { Row } from '../database.ts'
import type { World } from '../world.ts'
import type { Rested } from './everything.ts'
import type { Told } from './attempts.ts'

/** Every receiver has been told what it wants to hear, once by name and as often as it took, and nothing else. */
export function checkWebhooks(world: World, { deliveries }: Rested, told: Told): void {
  for (const receiver of RECEIVERS) {
    const endpoint = world.webhooks.get(receiver.host)!
    const rows = deliveries.filter((row) => row['endpoint'] === endpoint)
    const [{ disabled_at: disabledAt }] = world.store.rows(
      'SELECT * FROM webhook_endpoints WHERE id = ?',
      endpoint,
    ) as [Row]
    checkOutbox(world, receiver, rows, told)
    checkTries(world, receiver, rows, { all: disabledAt === null })
  }
}

function wants({ events, quizzes }: Receiver, type: string, quiz: string): boolean {
  return events.includes(type) && (quizzes === null || quizzes.includes(quiz))
}

/** One who was disabled for a while may not have been told of some. */
function checkOutbox({ watch, store }: World, receiver: Receiver, rows: readonly Row[], told: Told): void {
  const expected = new Map<string, Readonly<Record<string, unknown>> | null>()
  for (const [attempt, notices] of told) {
    const { erased, quiz } = watch.attempts.get(attempt)!
    if (erased) continue
    for (const { type, seq, says } of notices) {
      if (wants(receiver, type, quiz)) expected.set(`${attempt} ${type} ${seq}`, says)
    }
  }
  for (const { id, quiz } of store.rows('SELECT id, quiz FROM revisions')) {
    if (wants(receiver, 'quiz.published', quiz)) expected.set(`${id} quiz.published`, null)
  }
  const seen = new Set<string>()
  for (const { id, body } of rows) {
    const { type, data } = JSON.parse(body) as { type: string; data: any }
    const name = data.attempt ? `${data.attempt} ${type} ${data.seq}` : `${data.revision} ${type}`
    const says = expected.get(name)
    const describe = () => `${receiver.host}: ${id} ${body}\n${JSON.stringify(says)}`
    hold(!seen.has(name), 'a receiver is told of a thing by one id', describe)
    seen.add(name)
    hold(says !== undefined, 'a receiver is told what it wants to hear, of what there is', describe)
    const same = Object.entries(says ?? {}).every(([key, value]) => data[key] === value)
    hold(same, 'a receiver is told how an attempt stood then', describe)
  }
  const missing = [...expected.keys()].filter((name) => !seen.has(name))
  hold(
    receiver.isMoody || missing.length === 0,
    'a receiver is told of everything that it wants to hear',
    () => `${receiver.host}: ${missing.join(', ')}`,
  )
}

function checkTries({ received }: World, receiver: Receiver, rows: readonly Row[], { all }: { all: boolean }): void {
  const tries = received.filter(({ host }) => host === receiver.host)
  const texts = new Map<string, string>()
  for (const { id, text } of tries) {
    const { type, data } = JSON.parse(text) as { type: string; data: any }
    const describe = () => `${receiver.host}: ${id} ${text}`
    hold(wants(receiver, type, data.quiz), 'nobody is told what they do not want to hear', describe)
    hold((texts.get(id) ?? text) === text, 'each try of a delivery has the same body', describe)
    texts.set(id, text)
  }
  for (const { id, body, status } of rows) {
    const describe = () => `${receiver.host}: ${id} ${status} ${body}`
    hold(!texts.has(id) || texts.get(id) === body, 'each try of a delivery has the same body', describe)
    if (status === 'delivered') hold(texts.has(id), 'what is said to be delivered has been received', describe)
    else hold(!all, 'everything is delivered to a receiver that is well', describe)
  }
}
