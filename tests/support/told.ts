import { Validator } from '@cfworker/json-schema'
import { afterEach } from 'vitest'
import description from '../../openapi.json' with { type: 'json' }
import type { Fetch } from '../../src/webhooks/send.ts'
import { findCanaries } from './canaries.ts'
import { ROOT_KEY, type TestHost } from './host.ts'
import type { Json } from './quiz-document.ts'

/** What receivers of webhooks get: held to the API description and to secrecy, whoever sends it. */

const { webhooks, components } = description as unknown as {
  webhooks: Record<string, { post: { requestBody: { content: { 'application/json': { schema: object } } } } }>
  components: object
}

export const describedEvents = Object.keys(webhooks)

const validators = Object.fromEntries(
  Object.entries(webhooks).map(([type, { post }]) => {
    const { schema } = post.requestBody.content['application/json']
    return [type, new Validator({ ...schema, components }, '2020-12', false)]
  }),
)

/** Bytes that a body stays below. */
const MAX_BODY = 20_000

/** What is wrong with a body, or nothing. */
export function faultsOf(text: string): string[] {
  const body = JSON.parse(text) as { type: string }
  const leaked = findCanaries(text).map(({ question, place, form }) => `tells ${place} of ${question} (${form})`)
  const { valid, errors } = validators[body.type]?.validate(body) ?? { valid: false, errors: 'is not described' }
  const bytes = new TextEncoder().encode(text).length
  return [
    ...leaked,
    ...(valid ? [] : [`does not match its schema: ${JSON.stringify(errors)}`]),
    ...(bytes < MAX_BODY ? [] : [`has ${bytes} bytes`]),
  ].map((fault) => `A body of ${body.type} ${fault}\n${text.slice(0, 2000)}`)
}

const found: string[] = []

/** Looks at every body on its way. Whoever sends swallows what is thrown, so the test that is running fails at its end. */
export function heldToDescription(outgoing: Fetch): Fetch {
  return (url, init) => {
    if (typeof init.body === 'string') found.push(...faultsOf(init.body))
    return outgoing(url, init)
  }
}

afterEach(() => {
  const faults = found.splice(0)
  if (faults.length > 0) throw new Error(faults.join('\n'))
})

export interface Told {
  readonly id: string
  readonly url: string
  readonly type: string
  readonly timestamp: string
  readonly data: any
  readonly text: string
}

/** A receiver that takes everything, and what it was told. */
export function receiver(status = 204): { readonly told: Told[]; readonly outgoing: Fetch } {
  const told: Told[] = []
  return {
    told,
    outgoing: async (url, { headers, body }) => {
      const text = body as string
      const id = new Headers(headers).get('webhook-id')!
      told.push({ ...(JSON.parse(text) as Pick<Told, 'type' | 'timestamp' | 'data'>), id, url, text })
      return new Response(null, { status })
    },
  }
}

/** Has someone told of everything, unless it is told otherwise; gives the id and the secret. */
export async function listen(host: TestHost, choice: Json = {}): Promise<{ id: string; secret: string }> {
  const body = { url: 'https://lms.school.edu/hooks', events: describedEvents, ...choice }
  const { status, body: made, text } = await host.client.call('POST', '/v1/webhooks', { token: ROOT_KEY, body })
  if (status !== 201) throw new Error(`Listening failed: ${text}`)
  return made
}
