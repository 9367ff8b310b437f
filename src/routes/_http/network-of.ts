const IPV6_GROUPS = 8

/** The first four groups of an IPv6 address are the network: within it whoever has it takes what address they please. */
const NETWORK_GROUPS = 4

/**
 * What is counted as one caller: an IPv4 address, also where it is written into an IPv6 one; of IPv6 the /64. Null for what
 * is no address.
 */
export function networkOf(address: string | null | undefined): string | null {
  if (!address) return null
  const host = address.includes(':') ? `[${address.replace(/%.*$/, '')}]` : address
  const url = `http://${host}`
  if (!/^[\da-fA-F.:[\]]+$/.test(host) || !URL.canParse(url)) return null
  const { hostname } = new URL(url)
  return hostname.startsWith('[') ? networkOfGroups(groupsOf(hostname.slice(1, -1))) : hostname
}

/** The URL parser writes IPv6 in one way alone (RFC 5952). */
function groupsOf(address: string): string[] {
  const [head, tail] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''))
  if (!tail) return head!
  const zeros = IPV6_GROUPS - head!.length - tail.length
  return [...head!, ...Array<string>(zeros).fill('0'), ...tail]
}

function networkOfGroups(groups: readonly string[]): string {
  const isMapped = groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff'
  if (!isMapped) return `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`
  const bytes = groups.slice(6).map((group) => Number.parseInt(group, 16))
  return bytes.flatMap((pair) => [pair >> 8, pair & 255]).join('.')
}
