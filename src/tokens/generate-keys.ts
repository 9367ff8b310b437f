import type { SigningJwks } from './key-set.ts'
import { exportJWK, generateKeyPair } from 'jose'

/** A new key in front of the given ones: it signs from now on, and they go on verifying. */
export async function generateKeys(existing: SigningJwks = { keys: [] }): Promise<SigningJwks> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const { kty, crv, x, y, d } = await exportJWK(privateKey)
  const kid = crypto.randomUUID()
  return { keys: [{ kty, crv, x, y, d, kid } as SigningJwks['keys'][number], ...existing.keys] }
}

/** The same keys with one retired: its private part is gone, and receipts that it signed can still be verified. */
export function retireKey(jwks: SigningJwks, kid: string): SigningJwks {
  return { keys: jwks.keys.map((key) => (key.kid === kid ? { ...key, d: undefined } : key)) }
}
