import { parse } from './grading/issue.ts'
import type { PublicConfig } from './deps.ts'
import { SigningJwks } from './tokens/key-set.ts'
import * as v from 'valibot'

/** The environment: variables on Node, vars and secrets on Workers. The only place that reads them. */
export interface Config extends PublicConfig {
  readonly adminKey: string
  readonly signingKeys: SigningJwks
}

export type Environment = Readonly<Record<string, unknown>>

const MIN_ADMIN_KEY = 20
const MAX_ADMIN_KEY = 1000

/** Parses the environment once. Throws an error that names the variable and never repeats its value. */
export function parseConfig(environment: Environment): Config {
  return {
    publicUrl: parseOrigin('PUBLIC_URL', requireText(environment, 'PUBLIC_URL')),
    corsOrigins: parseOrigins(text(environment, 'CORS_ORIGINS')),
    gitSha: text(environment, 'GIT_SHA') ?? 'unknown',
    webhooksAllowLoopback: parseFlag(environment, 'WEBHOOKS_ALLOW_LOOPBACK'),
    adminKey: parseAdminKey(requireText(environment, 'ADMIN_KEY')),
    signingKeys: parseSigningKeys(requireText(environment, 'SIGNING_KEYS')),
  }
}

function parseFlag(environment: Environment, name: string): boolean {
  const value = text(environment, name) ?? 'false'
  if (value !== 'true' && value !== 'false') throw new Error(`${name} is neither true nor false.`)
  return value === 'true'
}

/** The port that the Node host listens on. */
export function parsePort(environment: Environment): number {
  const value = text(environment, 'PORT') ?? '8787'
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new Error('PORT is not a port: expected 0 to 65535.')
  return Number(value)
}

/** A variable's value; an empty one counts as absent. */
export function text(environment: Environment, name: string): string | undefined {
  const value = environment[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function requireText(environment: Environment, name: string): string {
  const value = text(environment, name)
  if (value === undefined) throw new Error(`${name} is not set.`)
  return value
}

/** Throws where a variable's value is no origin. */
export function parseOrigin(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    throw new Error(`${name} is not an origin such as https://quiz.example.com.`)
  }
  return url.origin
}

function parseOrigins(value: string | undefined): readonly string[] | null {
  if (value === undefined || value.trim() === '*') return null
  return value.split(',').map((origin) => parseOrigin('CORS_ORIGINS', origin.trim()))
}

function parseAdminKey(value: string): string {
  if (value.length < MIN_ADMIN_KEY) throw new Error(`ADMIN_KEY has fewer than ${MIN_ADMIN_KEY} characters.`)
  if (value.length > MAX_ADMIN_KEY) throw new Error(`ADMIN_KEY has more than ${MAX_ADMIN_KEY} characters.`)
  if (!/^[\x21-\x7e]+$/.test(value)) {
    throw new Error('ADMIN_KEY has a character that no header can carry: use visible ASCII, without spaces.')
  }
  return value
}

export function parseSigningKeys(value: string): SigningJwks {
  const parsed = parse(v.pipe(v.string(), v.parseJson(), SigningJwks), value)
  if (!parsed.ok)
    throw new Error('SIGNING_KEYS is not a private JWKS of P-256 keys: make one with "answerkey keys generate".')
  return parsed.value
}
