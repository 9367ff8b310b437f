import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { Fetch } from '../webhooks/send.ts'
import { Agent, fetch } from 'undici'

/** As `dns.lookup` with `all` set; injected, so that tests can say what a name stands for. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

interface Vetting {
  readonly allowLoopback: boolean
  readonly resolve?: Resolve
}

/**
 * Sends to public addresses alone. A name is resolved once, every address that it has must be public, and the connection
 * goes to one of those that were looked at: a name that says something else the next moment gains nothing by it.
 */
export function vettedFetch({ allowLoopback, resolve = lookup }: Vetting): Fetch {
  const dispatcher = new Agent({ connect: { lookup: vettedLookup(allowLoopback, resolve) } })
  return async (url, init) => {
    // An address is not looked up.
    const address = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1')
    const refused = isIP(address) === 0 ? null : refusalOf([{ address, family: isIP(address) }], allowLoopback)
    if (refused) throw refused
    return await fetch(url, { ...init, dispatcher } as never)
  }
}

export function vettedLookup(allowLoopback: boolean, resolve: Resolve): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const refused = error ?? refusalOf(addresses, allowLoopback)
      if (refused) return done(refused, '', 4)
      if (options.all) return done(null, addresses)
      const [first] = addresses
      return done(null, first!.address, first!.family)
    })
  }
}

function refusalOf(addresses: readonly LookupAddress[], allowLoopback: boolean): Error | null {
  const isAllowed = ({ address }: LookupAddress) => isPublic(address) || (allowLoopback && isLoopback(address))
  return addresses.length > 0 && addresses.every(isAllowed) ? null : new Error('The target is not public.')
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** Addresses that are not globally reachable, by the special-purpose registries of IANA (RFC 6890), and multicast. */
const SPECIAL: readonly (readonly [net: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Not in the registries: what a machine at Azure asks about itself.
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]
const NOT_PUBLIC = new BlockList()
for (const [net, prefix] of SPECIAL) NOT_PUBLIC.addSubnet(net, prefix, 'ipv4')

/** Of IPv6 the one block that is given out (2000::/3), without what in it stands for something else. */
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
const NOT_GLOBAL = new BlockList()
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  NOT_GLOBAL.addSubnet(net, prefix, 'ipv6')
}

export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !NOT_PUBLIC.check(address, 'ipv4')
  return family === 6 && GLOBAL.check(address, 'ipv6') && !NOT_GLOBAL.check(address, 'ipv6')
}

function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
