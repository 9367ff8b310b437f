import { webhookDeliveries, webhookEndpoints } from '../../src/db/schema.ts'
import type { Answer, CallOptions } from './client.ts'
import { ROOT_KEY, type TestHost } from './host.ts'
import type { Json } from './quiz-document.ts'

/** A public name that no resolver knows. */
export const RECEIVER = 'https://lms.school.edu/hooks'

/** A call about webhooks, by default with the root key. */
export function call(host: TestHost, method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  return host.client.call(method, `/v1/webhooks${path}`, { token: ROOT_KEY, releases: 'everything', ...options })
}

/** Makes a webhook that hears pings alone unless told otherwise, and gives the answer, whatever it is. */
export function createWebhook(host: TestHost, choice: Json = {}, options: CallOptions = {}): Promise<Answer> {
  return call(host, 'POST', '', { body: { url: RECEIVER, events: ['ping'], ...choice }, ...options })
}

export interface MadeWebhook {
  readonly id: string
  readonly secret: string
}

/** A webhook in the place of all that there are: there can be fifty. */
export async function onlyWebhook(host: TestHost, choice: Json = {}): Promise<MadeWebhook> {
  await removeWebhooks(host)
  const made = await createWebhook(host, choice)
  if (made.status !== 201) throw new Error(`Making a webhook failed: ${made.text}`)
  return { id: made.body.id, secret: made.body.secret }
}

export async function removeWebhooks({ deps: { db } }: TestHost): Promise<void> {
  await db.batch([db.delete(webhookDeliveries), db.delete(webhookEndpoints)])
}

/** Sends a ping, and gives the id of its delivery when it was tried once. */
export async function ping(host: TestHost, webhook: string): Promise<string> {
  const sent = await call(host, 'POST', `/${webhook}/test`)
  if (sent.status !== 202) throw new Error(`Sending a ping failed: ${sent.text}`)
  await host.idle()
  return sent.body.id
}
