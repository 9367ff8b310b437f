import { describe, expect, it } from 'vitest'
import { isAllowedHeader, isAllowedTarget } from '../../src/webhooks/target.ts'
import { GOOD_URLS, HOSTILE_URLS, OWN } from '../support/hostile-urls.ts'

const rules = { allowLoopback: false, own: `https://${OWN}` }
const atHome = { allowLoopback: true, own: 'http://localhost:8787' }

describe('a target of webhooks', () => {
  it('is looked at by a table of more than a hundred hostile URLs, each another one', () => {
    expect(new Set(HOSTILE_URLS).size).toBe(HOSTILE_URLS.length)
    expect(HOSTILE_URLS.length).toBeGreaterThan(100)
  })

  it.each(HOSTILE_URLS)('is not %j', (url) => {
    expect(isAllowedTarget(url, rules)).toBe(false)
  })

  it.each(GOOD_URLS)('may be %j', (url) => {
    expect(isAllowedTarget(url, rules)).toBe(true)
  })

  it('is never our own host, however our origin is written', () => {
    for (const own of ['https://quiz.school.edu', 'https://quiz.school.edu:8443', 'https://QUIZ.school.edu.']) {
      expect(isAllowedTarget('https://quiz.school.edu/', { allowLoopback: false, own }), own).toBe(false)
    }
  })

  it('is at most 2,000 characters long', () => {
    const url = 'https://lms.school.edu/'
    expect(isAllowedTarget(url.padEnd(2000, 'x'), rules)).toBe(true)
    expect(isAllowedTarget(url.padEnd(2001, 'x'), rules)).toBe(false)
  })
})

describe('in development', () => {
  it.each([
    'http://localhost:9000/hooks',
    'http://127.0.0.1:9000/',
    'http://127.8.8.8/',
    'http://[::1]:9000/',
    'https://localhost:9000/',
    'http://LOCALHOST.:9000/',
    'https://lms.school.edu/',
  ])('%j may be a target', (url) => {
    expect(isAllowedTarget(url, atHome)).toBe(true)
  })

  it.each([
    'http://lms.school.edu/',
    'http://10.0.0.1/',
    'http://0.0.0.0:9000/',
    'http://[::]:9000/',
    'http://[::ffff:127.0.0.1]:9000/',
    'http://169.254.169.254/',
    'http://app.localhost:9000/',
    'http://router/',
    'ftp://localhost/',
    'http://user:word@localhost:9000/',
    'http://localhost:9000/#part',
    // Ourselves, by each of our names.
    'http://localhost:8787/v1/keys',
    'http://LOCALHOST.:8787/',
    'http://127.0.0.1:8787/',
    'http://[::1]:8787/',
    'https://localhost:8787/',
  ])('%j is no target all the same', (url) => {
    expect(isAllowedTarget(url, atHome)).toBe(false)
  })

  it('the port is told apart where it is not written', () => {
    const own = { allowLoopback: true, own: 'http://localhost' }
    expect(isAllowedTarget('http://127.0.0.1/', own)).toBe(false)
    expect(isAllowedTarget('http://127.0.0.1:80/', own)).toBe(false)
    expect(isAllowedTarget('https://127.0.0.1/', own)).toBe(true)
  })
})

/** RFC 9110, section 5.6.2: every character that a token may have besides letters and digits. */
const TOKEN = "!#$%&'*+-.^_`|~"

describe('a header of the author’s own', () => {
  it.each(['Authorization', 'X-Tenant', 'x', TOKEN, 'a'.repeat(100), 'Webhook', 'X-Webhook-Id', 'Contents', 'Vary'])(
    'may be called %s',
    (name) => expect(isAllowedHeader(name, 'value')).toBe(true),
  )

  it.each([
    '',
    ' ',
    'two words',
    'x:',
    'x\r\ny',
    'ü',
    'x\u0000',
    '(x)',
    'x,y',
    'x/y',
    '"x"',
    'x=y',
    '{x}',
    'a'.repeat(101),
    'webhook-id',
    'Webhook-Signature',
    'WEBHOOK-TIMESTAMP',
    'webhook-anything',
    'User-Agent',
    'Connection',
    'Keep-Alive',
    'Proxy-Authorization',
    'Proxy-Connection',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'HTTP2-Settings',
    'Host',
    'Expect',
    'Via',
    'Forwarded',
    'X-Forwarded-For',
    'X-Real-IP',
    'CF-Ray',
    'Content-Type',
    'content-length',
    'Content-Encoding',
    'Content-Anything',
    'Accept-Encoding',
    'Date',
    'Cookie',
  ])('may not be called %j', (name) => expect(isAllowedHeader(name, 'value')).toBe(false))

  it.each(['', 'x', 'Bearer a.b-c_d', 'a  b', '"quoted"', '~'.repeat(1000)])('may be %j', (value) => {
    expect(isAllowedHeader('X-Tenant', value)).toBe(true)
  })

  it.each([' ', ' x', 'x ', 'x\r\nHost: y', 'x\ny', 'x\u0000', '\t', 'a\tb', 'ü', '\u007f', '~'.repeat(1001)])(
    'may not be %j',
    (value) => expect(isAllowedHeader('X-Tenant', value)).toBe(false),
  )
})
