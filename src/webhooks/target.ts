/** Where webhooks may be sent to: judged by the URL alone. Who connects has to vet the addresses too. */

export interface TargetRules {
  /** In development: http, and this machine. */
  readonly allowLoopback: boolean
  /** Our own origin: a webhook that calls us would be a way to us from the inside. */
  readonly own: string
}

const MAX_URL = 2000

/**
 * Names that lead inside somebody's network, or that no public resolver should know: those of special use (IANA's registry,
 * RFC 6761) and those that ICANN keeps from being given out, and what networks call themselves by all the same.
 */
const PRIVATE_SUFFIXES = [
  'alt',
  'arpa',
  'cluster',
  'consul',
  'corp',
  'domain',
  'example',
  'home',
  'internal',
  'intranet',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'mail',
  'onion',
  'private',
  'svc',
  'test',
  'workgroup',
]

/**
 * Whether webhooks may be sent there. What is refused is not told in detail: it would map a network. The text is looked at
 * as well as what it parses to, for parsers differ in what they forgive.
 */
export function isAllowedTarget(target: string, { allowLoopback, own }: TargetRules): boolean {
  if (target.length > MAX_URL || !isPlain(target) || !URL.canParse(target)) return false
  const url = new URL(target)
  const [host, ownHost] = [hostOf(url), hostOf(new URL(own))]
  if (isLoopback(host)) return allowLoopback && !(isLoopback(ownHost) && portOf(url) === portOf(new URL(own)))
  return url.protocol === 'https:' && host !== ownHost && isPublicName(host)
}

/** A scheme, a host and no credentials, no fragment, and nothing that a parser would drop or turn round. */
function isPlain(target: string): boolean {
  return /^https?:\/\/[^/?@%]+(?:[/?].*)?$/i.test(target) && !/[\s\p{C}\\#]/u.test(target)
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/\.$/, '').toLowerCase()
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80')
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** A domain name with a dot in it, no address, and none of the names above. */
function isPublicName(host: string): boolean {
  const isName = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?!\d+$)[a-z0-9-]{2,63}$/.test(host)
  return isName && !PRIVATE_SUFFIXES.some((suffix) => host.endsWith(`.${suffix}`))
}

/**
 * Names of headers that staff may not set: ours, those of the connection (RFC 9110, section 7.6.1), those about the body, and
 * those by which proxies say who calls.
 */
const RESERVED =
  /^(?:webhook-.*|host|connection|keep-alive|proxy-.*|te|trailer|trailers|transfer-encoding|upgrade|http2-settings|content-.*|expect|cookie|date|user-agent|accept-encoding|traceparent|tracestate|forwarded|x-forwarded-.*|x-real-ip|via|cdn-loop|cf-.*)$/i

/** Whether a header may go with deliveries: a token for a name, visible text for a value (RFC 9110, section 5). */
export function isAllowedHeader(name: string, value: string): boolean {
  return (
    /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$/.test(name) &&
    !RESERVED.test(name) &&
    value.length <= 1000 &&
    /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/.test(value)
  )
}
