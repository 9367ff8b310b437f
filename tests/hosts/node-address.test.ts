import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../../src/deps.ts'
import { createAddressReader } from '../../src/hosts/node-address.ts'

const PEER = '10.0.0.9'

function readBehind(trustedProxies: number, forwardedFor?: string): string | null {
  return createAddressReader(trustedProxies, () => undefined)({ peer: PEER, forwardedFor })
}

describe('where a request comes from', () => {
  it('is the other end of the connection, whatever the request says', () => {
    expect(readBehind(0)).toBe(PEER)
    expect(readBehind(0, '203.0.113.1')).toBe(PEER)
  })

  it('is what the trusted proxies added, counted from the end', () => {
    const header = 'spoofed, 192.0.2.66, 203.0.113.1, 10.0.0.7'
    expect(readBehind(1, header)).toBe('10.0.0.7')
    expect(readBehind(2, header)).toBe('203.0.113.1')
    expect(readBehind(1, '203.0.113.1')).toBe('203.0.113.1')
  })

  it('is as far as is known where fewer proxies were passed than are trusted', () => {
    expect(readBehind(2)).toBe(PEER)
    expect(readBehind(3, '203.0.113.1,10.0.0.7')).toBe('203.0.113.1')
  })

  it('is read without the port that some proxies add', () => {
    expect(readBehind(1, '203.0.113.1:4711')).toBe('203.0.113.1')
    expect(readBehind(1, '[2001:db8::1]:4711')).toBe('2001:db8::1')
    expect(readBehind(1, '2001:db8::1')).toBe('2001:db8::1')
  })

  it('is the nearest that is known where a proxy hides it', () => {
    for (const header of ['unknown', '', '_hidden', '203.0.113.1:x']) expect(readBehind(1, header)).toBe(PEER)
    expect(readBehind(2, 'unknown, 10.0.0.7')).toBe('10.0.0.7')
  })

  it('is nowhere when the connection is gone', () => {
    expect(createAddressReader(0, () => undefined)({ peer: undefined, forwardedFor: undefined })).toBeNull()
  })

  it('is told once to be a proxy where nobody said how many there are', () => {
    const log: LogEntry[] = []
    const read = createAddressReader(0, (entry) => void log.push(entry))
    read({ peer: PEER, forwardedFor: undefined })
    expect(log).toEqual([])
    for (let times = 0; times < 3; times++) read({ peer: PEER, forwardedFor: '203.0.113.1' })
    expect(log).toEqual([{ level: 'warn', event: 'forwarded-not-trusted', remedy: 'TRUSTED_PROXIES' }])
  })
})
