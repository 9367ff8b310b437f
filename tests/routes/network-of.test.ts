import { describe, expect, it } from 'vitest'
import { networkOf } from '../../src/routes/_http/network-of.ts'

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0000:1::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('is an IPv4 address, or the /64 of an IPv6 one: %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it.each([
    null,
    undefined,
    '',
    'unknown',
    'localhost',
    '1:2:3',
    '203.0.113.7:80',
    '[::1]',
    '::1]',
    'a/b',
    '::1/64',
    'a@b',
  ])('is not there for what is no address: %s', (address) => {
    expect(networkOf(address)).toBeNull()
  })
})
