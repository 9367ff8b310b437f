import { parse } from './grading/issue.ts'
import type { LimitName, PublicConfig, RateLimits } from './deps.ts'
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

/** What keeps one caller from taking what is there for all. */
export interface AbuseLimits {
  /** Requests a minute. Null where nothing is limited. */
  readonly rates: RateLimits | null
  /** After how many days an anonymous attempt is deleted in which nothing has happened; null for never. */
  readonly untouchedDays: number | null
}

/**
 * Requests a minute. A lecture hall of 500 behind one address loads the page, reads the quiz and starts within a minute; a
 * learner answers five times a second; a backend asks a hundred times a second.
 */
export const DEFAULT_RATES = {
  attempt: 300,
  learner: 60,
  address: 3000,
  start: 600,
  key: 6000,
  credential: 300,
} satisfies RateLimits

const MAX_RATE = 1_000_000
const UNTOUCHED_DAYS = 7
const MAX_DAYS = 365

export function parseAbuseLimits(environment: Environment): AbuseLimits {
  const rate = (name: LimitName) =>
    parseLimit(environment, `RATE_LIMIT_${name.toUpperCase()}`, { most: MAX_RATE, fallback: DEFAULT_RATES[name] })
  const rates = {
    attempt: rate('attempt'),
    learner: rate('learner'),
    address: rate('address'),
    start: rate('start'),
    key: rate('key'),
    credential: rate('credential'),
  }
  return {
    rates: parseSwitch(environment, 'RATE_LIMITS') ? rates : null,
    untouchedDays: parseLimit(environment, 'UNTOUCHED_ATTEMPT_DAYS', { most: MAX_DAYS, fallback: UNTOUCHED_DAYS }),
  }
}

function parseLimit(
  environment: Environment,
  name: string,
  { most, fallback }: { readonly most: number; readonly fallback: number },
): number | null {
  const value = text(environment, name) ?? String(fallback)
  if (value === 'off') return null
  if (!/^[1-9]\d{0,9}$/.test(value) || Number(value) > most) {
    throw new Error(`${name} is neither off nor a whole number from 1 to ${most}.`)
  }
  return Number(value)
}

function parseSwitch(environment: Environment, name: string): boolean {
  const value = text(environment, name) ?? 'on'
  if (value !== 'on' && value !== 'off') throw new Error(`${name} is neither on nor off.`)
  return value === 'on'
}

/** What the Node host needs besides. */
export interface NodeSettings {
  readonly port: number
  /** Undefined for every interface. */
  readonly hostname: string | undefined
  /** How long requests are still answered after a signal. */
  readonly drainSeconds: number
  /** How many proxies of the operator a request comes through, each of which adds to X-Forwarded-For. */
  readonly trustedProxies: number
  readonly telemetry: TelemetrySettings
}

export interface TelemetrySettings {
  /** What the system is called where there are others. */
  readonly service: string
  readonly version: string
  /** Null for no metrics. */
  readonly metricsPort: number | null
  /** Which traces are recorded; null where there is nowhere to send them. */
  readonly sampler: { readonly name: SamplerName; readonly ratio: number } | null
}

const SAMPLERS = ['always_on', 'always_off', 'traceidratio'] as const
export type SamplerName = (typeof SAMPLERS)[number] | `parentbased_${(typeof SAMPLERS)[number]}`

const MAX_DRAIN_SECONDS = 600
const MAX_PROXIES = 10

export function parseNodeSettings(environment: Environment): NodeSettings {
  return {
    port: parseInteger(environment, 'PORT', MAX_PORT) ?? 8787,
    hostname: text(environment, 'LISTEN_HOST'),
    drainSeconds: parseInteger(environment, 'DRAIN_SECONDS', MAX_DRAIN_SECONDS) ?? 0,
    trustedProxies: parseInteger(environment, 'TRUSTED_PROXIES', MAX_PROXIES) ?? 0,
    telemetry: {
      service: text(environment, 'OTEL_SERVICE_NAME') ?? 'answerkey',
      version: text(environment, 'GIT_SHA') ?? 'unknown',
      metricsPort: parseInteger(environment, 'METRICS_PORT', MAX_PORT),
      sampler: hasCollector(environment) ? parseSampler(environment) : null,
    },
  }
}

const MAX_PORT = 65_535

function parseInteger(environment: Environment, name: string, most: number): number | null {
  const value = text(environment, name)
  if (value === undefined) return null
  if (!/^\d{1,5}$/.test(value) || Number(value) > most) {
    throw new Error(`${name} is not a whole number from 0 to ${most}.`)
  }
  return Number(value)
}

/** The exporter reads the rest of these variables itself. */
function hasCollector(environment: Environment): boolean {
  const given = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'].filter((name) =>
    text(environment, name),
  )
  for (const name of given) {
    if (!/^https?:\/\/[^/]/.test(requireText(environment, name)) || !URL.canParse(requireText(environment, name))) {
      throw new Error(`${name} is not an address such as http://localhost:4318.`)
    }
  }
  return given.length > 0
}

/** As OpenTelemetry's specification has it: by default every trace, but those of whom the caller said that it is not recorded. */
function parseSampler(environment: Environment): TelemetrySettings['sampler'] {
  const name = text(environment, 'OTEL_TRACES_SAMPLER') ?? 'parentbased_always_on'
  if (!isSampler(name)) {
    throw new Error(`OTEL_TRACES_SAMPLER is not one of ${SAMPLERS.join(', ')}, each also with parentbased_ before it.`)
  }
  const ratio = Number(text(environment, 'OTEL_TRACES_SAMPLER_ARG') ?? '1')
  if (!(ratio >= 0 && ratio <= 1)) throw new Error('OTEL_TRACES_SAMPLER_ARG is not a number from 0 to 1.')
  return { name, ratio }
}

function isSampler(name: string): name is SamplerName {
  return SAMPLERS.some((sampler) => name === sampler || name === `parentbased_${sampler}`)
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
