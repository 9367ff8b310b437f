import { SCOPES, type Scope } from '../../src/services/_authorise.ts'
import type { Answer, CallOptions } from './client.ts'
import { ROOT_KEY, type TestHost } from './host.ts'

/** Makes an API key, by default with the root key and with every scope, and gives the answer, whatever it is. */
export function createKey(
  host: TestHost,
  { name = 'A key', scopes = SCOPES, ...options }: CallOptions & { name?: string; scopes?: readonly Scope[] } = {},
): Promise<Answer> {
  return host.client.call('POST', '/v1/keys', { token: ROOT_KEY, body: { name, scopes }, ...options })
}

export interface IssuedKey {
  readonly id: string
  readonly secret: string
}

/** An API key that may do just that. */
export async function issueKey(host: TestHost, ...scopes: readonly Scope[]): Promise<IssuedKey> {
  const created = await createKey(host, { scopes })
  if (created.status !== 201) throw new Error(`Making a key failed: ${created.text}`)
  return { id: created.body.id, secret: created.body.secret }
}

export function revokeKey(host: TestHost, id: string, options: CallOptions = {}): Promise<Answer> {
  return host.client.call('DELETE', `/v1/keys/${id}`, { token: ROOT_KEY, ...options })
}
