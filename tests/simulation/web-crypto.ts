import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Puts digests and signatures in the place of Web Crypto's that need no thread and no chance: threads end in any order, and
 * ECDSA signs the same text differently each time. It changes the process, which does nothing else.
 */
export function makeCryptoSequential(): void {
  const replacements: Record<string, unknown> = {
    digest: async (_algorithm: unknown, data: Uint8Array) => toBuffer(createHash('sha256').update(data).digest()),
    sign: async (_algorithm: unknown, _key: unknown, data: Uint8Array) => toBuffer(signatureOf(data)),
    verify: async (_algorithm: unknown, _key: unknown, signature: Uint8Array, data: Uint8Array) =>
      signature.length === LENGTH && timingSafeEqual(signature, signatureOf(data)),
  }
  for (const [name, value] of Object.entries(replacements)) Object.defineProperty(crypto.subtle, name, { value })
}

/** Bytes of an ES256 signature. */
const LENGTH = 64

function signatureOf(data: Uint8Array): Buffer {
  return createHmac('sha512', 'the secret of the simulation').update(data).digest()
}

function toBuffer(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
