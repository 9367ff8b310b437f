/** Where webhooks may be sent to: judged by the URL alone. Who connects has to vet the addresses too. */

export interface TargetRules {
  /** In development: http, and this machine. */
  readonly allowLoopback: boolean
  /** Our own host: a webhook that calls us would act with our rights. */
  readonly ownHost: string
}

const MAX_URL = 2000

/** Names that lead inside somebody's network, or that no public resolver should know (RFC 6761, RFC 6762, RFC 8375, ICANN). */
const PRIVATE_SUFFIXES = [
  'localhost',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
  'in-addr.arpa',
  'ip6.arpa',
  'onion',
  'test',
  'invalid',
  'example',
]

/** Whether webhooks may be sent there. What is refused is not told in detail: it would map a network. */
export function isAllowedTarget(target: string, { allowLoopback, ownHost }: TargetRules): boolean {
  if (target.length > MAX_URL || !URL.canParse(target)) return false
  const { protocol, username, password, hostname, hash } = new URL(target)
  if (username !== '' || password !== '' || hash !== '') return false
  const host = hostname.replace(/\.$/, '').toLowerCase()
  if (isLoopback(host)) return allowLoopback && (protocol === 'http:' || protocol === 'https:')
  if (protocol !== 'https:' || host === '' || host === ownHost) return false
  return isPublicName(host)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** A domain name with a dot in it, no address, and none of the names above. */
function isPublicName(host: string): boolean {
  const isName = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?!\d+$)[a-z0-9-]{2,63}$/.test(host)
  return isName && !PRIVATE_SUFFIXES.some((suffix) => host === suffix || host.endsWith(`.${suffix}`))
}

/** Names of headers that staff may not set: ours, those of the connection (RFC 9110, section 7.6.1), those about the body. */
const RESERVED =
  /^(?:webhook-.*|host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-.*|expect|cookie|date|user-agent|accept-encoding|traceparent|tracestate|forwarded|x-forwarded-.*|via)$/i

/** Whether a header may go with deliveries: a token for a name, visible text for a value (RFC 9110, section 5). */
export function isAllowedHeader(name: string, value: string): boolean {
  return (
    /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$/.test(name) && !RESERVED.test(name) && /^[\x20-\x7e]{0,1000}$/.test(value)
  )
}
