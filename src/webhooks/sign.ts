import { toBase64 } from './base64.ts'
import { Webhook } from 'standardwebhooks'

/** What goes with a body (Standard Webhooks 1.0): its id, when it was sent, and a signature by each secret in force. */
export function signedHeaders(
  { id, body }: { readonly id: string; readonly body: string },
  secrets: readonly string[],
  now: number,
): Record<string, string> {
  const at = new Date(now)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  }
}

/** A secret of 24 random bytes, as the specification writes it. */
export function newSecret(randomBytes: (length: number) => Uint8Array): string {
  return `whsec_${toBase64(randomBytes(24))}`
}
