import { SigningJwks } from '../tokens/key-set.ts'
import { CliError } from './command.ts'
import type { Io } from './io.ts'
import * as v from 'valibot'

/** Reads a private JWKS from the standard input, as it stands in SIGNING_KEYS. Its text is in no message. */
export async function readSigningKeys(io: Io): Promise<SigningJwks> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), SigningJwks), await io.readStdin())
  if (!parsed.success) throw new CliError('The standard input is not a private JWKS of P-256 keys with a "kid" each.')
  return parsed.output
}

/** One line: the value of SIGNING_KEYS. */
export function formatSigningKeys(jwks: SigningJwks): string {
  return `${JSON.stringify(jwks)}\n`
}
