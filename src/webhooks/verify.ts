import { Webhook } from 'standardwebhooks'

/** Whether a body came from who has the secret, a moment ago: what a receiver asks before anything else. */
export function isSigned(
  { body, headers }: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
  secret: string,
): boolean {
  try {
    new Webhook(secret).verify(body, { ...headers })
    return true
  } catch {
    return false
  }
}
