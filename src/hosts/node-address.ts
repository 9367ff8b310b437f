import { isIP } from 'node:net'
import type { Deps } from '../deps.ts'

interface Came {
  /** The other end of the connection. */
  readonly peer: string | undefined
  /** The X-Forwarded-For header. */
  readonly forwardedFor: string | undefined
}

/**
 * Where a request comes from. Each trusted proxy adds, at the end of X-Forwarded-For, whom it has it from: so many entries
 * from the end are believed, and what stands before them anyone may have written. Null for a connection that is gone.
 */
export function createAddressReader(trustedProxies: number, log: Deps['log']): (came: Came) => string | null {
  let isTold = false
  return ({ peer, forwardedFor }) => {
    if (forwardedFor !== undefined && trustedProxies === 0 && !isTold) {
      isTold = true
      log({ level: 'warn', event: 'forwarded-not-trusted', remedy: 'TRUSTED_PROXIES' })
    }
    const hops = forwardedFor?.split(',').map(withoutPort) ?? []
    const believed = trustedProxies === 0 ? [] : hops.slice(-trustedProxies)
    return believed.find((hop) => isIP(hop) !== 0) ?? peer ?? null
  }
}

/** Some proxies write the port too, and IPv6 in brackets. */
function withoutPort(hop: string): string {
  const [, bracketed, plain] = /^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(hop.trim()) ?? []
  return bracketed ?? plain ?? hop.trim()
}
