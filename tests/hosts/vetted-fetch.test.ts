import { createServer as createTlsServer } from 'node:https'
import type { LookupAddress } from 'node:dns'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isPublic, type Resolve, vettedFetch, vettedLookup } from '../../src/hosts/vetted-fetch.ts'
import { send, UNREACHABLE } from '../../src/webhooks/send.ts'
import { listen, listenTcp, open } from '../support/listening.ts'
import { freePort } from '../support/processes.ts'
import { SELF_SIGNED } from '../support/self-signed.ts'

const address = (text: string): LookupAddress => ({ address: text, family: text.includes(':') ? 6 : 4 })

const failing: Resolve = (_hostname, _options, done) => done(new Error('ENOTFOUND 10.0.0.1'), [])

/** What a lookup that wants one address is told, of those that a name stands for. */
const ask = (answer: string[]) =>
  new Promise((done) => vettedLookup(false, resolver(answer).resolve)('x.edu', {}, (...told) => done(told)))

/** A resolver that gives each of these answers in turn, and the last one from then on. */
function resolver(...answers: (readonly string[])[]): { resolve: Resolve; asked: string[] } {
  const asked: string[] = []
  const resolve: Resolve = (hostname, _options, done) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]!
    asked.push(hostname)
    queueMicrotask(() => done(null, answer.map(address)))
  }
  return { resolve, asked }
}

const strict = vettedFetch({ allowLoopback: false })
const atHome = vettedFetch({ allowLoopback: true })

function post(fetch: typeof strict, url: string, timeoutMs = 5000) {
  return send(
    fetch,
    { url, headers: { 'webhook-id': 'msg_1' }, body: '{"type":"ping"}' },
    AbortSignal.timeout(timeoutMs),
  )
}

describe('an address is public', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2000::',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80b::200e',
    '2001:200::1',
    '3ffe::1',
  ])('%s', (text) => expect(isPublic(text)).toBe(true))
})

/** Private, local, shared, reserved, multicast; IPv4 within IPv6 in every way; with a zone; and what is no address. */
const NOT_PUBLIC = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.0',
  '10.255.255.255',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.0.1',
  '169.254.169.254',
  '168.63.129.16',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',

  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::8.8.8.8',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::127.0.0.1',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:2::1',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:808:808::',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '::1%lo',
  '',
  'localhost',
  '127.1',
  '0x7f.0.0.1',
  '[::1]',
]

describe('an address is not public', () => {
  it.each(NOT_PUBLIC)('%j', (text) => expect(isPublic(text)).toBe(false))
})

describe('a name', () => {
  it.each(NOT_PUBLIC.filter((text) => /[.:]/.test(text)))('that stands for %s is not sent to', async (text) => {
    const { port, hits } = await listen((_request, response) => response.end())
    const { resolve, asked } = resolver([text])
    const fetch = vettedFetch({ allowLoopback: false, resolve })
    expect(await post(fetch, `http://lms.school.edu:${port}/`)).toEqual(UNREACHABLE)
    expect([asked, hits()]).toEqual([['lms.school.edu'], 0])
  })

  it('that stands for one address that is not public among others that are is not sent to', async () => {
    for (const answer of [['8.8.8.8', '127.0.0.1'], ['127.0.0.1', '8.8.8.8'], ['2606:4700::1', '::ffff:7f00:1'], []]) {
      const { port, hits } = await listen((_request, response) => response.end())
      const fetch = vettedFetch({ allowLoopback: false, resolve: resolver(answer).resolve })
      expect(await post(fetch, `http://lms.school.edu:${port}/`), answer.join()).toEqual(UNREACHABLE)
      expect(hits()).toBe(0)
    }
  })

  it('that is public first and private then is refused from then on, and nothing is asked twice for one connection', async () => {
    const { port, hits } = await listen((_request, response) => response.end())
    const { resolve, asked } = resolver(['8.8.8.8', '2606:4700::1'], ['127.0.0.1'])
    const lookup = vettedLookup(false, resolve)
    const found = await new Promise((done) => lookup('lms.school.edu', { all: true }, (...told) => done(told)))
    // What is connected to is what was looked at: nobody asks again.
    expect([found, asked.length]).toEqual([[null, [address('8.8.8.8'), address('2606:4700::1')]], 1])
    const fetch = vettedFetch({ allowLoopback: false, resolve })
    for (let time = 1; time <= 3; time++)
      expect(await post(fetch, `http://lms.school.edu:${port}/`)).toEqual(UNREACHABLE)
    expect([asked.length, hits()]).toEqual([4, 0])
  })

  it('is connected to at the address that was looked at, whatever it says the next moment', async () => {
    const { port, hits } = await listen((_request, response) => response.end('here'))
    const { resolve, asked } = resolver(['127.0.0.1'], ['10.0.0.1'])
    const fetch = vettedFetch({ allowLoopback: true, resolve })
    expect(await post(fetch, `http://lms.school.edu:${port}/`)).toMatchObject({ status: '2xx', answer: 'here' })
    expect([asked.length, hits()]).toEqual([1, 1])
  })

  it('of which one address alone is asked for gets one that was looked at', async () => {
    expect(await ask(['1.1.1.1', '8.8.8.8'])).toEqual([null, '1.1.1.1', 4])
    expect(await ask(['1.1.1.1', '10.0.0.1'])).toMatchObject([{ message: 'The target is not public.' }, '', 4])
  })

  it('that does not resolve, or never, is not there', async () => {
    const fetch = vettedFetch({ allowLoopback: false, resolve: failing })
    expect(await post(fetch, 'https://lms.school.edu/')).toEqual(UNREACHABLE)
    const hanging = vettedFetch({ allowLoopback: false, resolve: () => undefined })
    expect(await post(hanging, 'https://lms.school.edu/', 50)).toEqual({ ...UNREACHABLE, status: 'timeout' })
  })
})

describe('an address in the place of a name, which nobody resolves', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '0',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    'localhost',
  ])('%s is not sent to', async (host) => {
    const { port, hits } = await listen((_request, response) => response.end())
    expect(await post(strict, `http://${host}:${port}/`)).toEqual(UNREACHABLE)
    expect(hits()).toBe(0)
  })

  it.each(['0', '0.0.0.0', '[::]', '[::127.0.0.1]'])('%s is not this machine in development either', async (host) => {
    const { port, hits } = await listen((_request, response) => response.end())
    expect(await post(atHome, `http://${host}:${port}/`)).toEqual(UNREACHABLE)
    expect(hits()).toBe(0)
  })

  it('this machine’s is sent to in development', async () => {
    const { port, hits } = await listen((_request, response) => response.end('here'))
    for (const host of ['127.0.0.1', 'localhost'])
      expect(await post(atHome, `http://${host}:${port}/`)).toMatchObject({ status: '2xx', answer: 'here' })
    expect(hits()).toBe(2)
  })
})

describe('a receiver', () => {
  it.each([301, 302, 303, 307, 308])(
    'that redirects with %i to this machine has failed, and nobody is hit',
    async (status) => {
      const inside = await listen((_request, response) => response.end('secret'))
      for (const to of [`http://127.0.0.1:${inside.port}/`, `//127.0.0.1:${inside.port}/`, '/again']) {
        const { port, hits } = await listen((_request, response) =>
          response.writeHead(status, { Location: to }).end('Elsewhere.'),
        )
        const sent = await post(atHome, `http://127.0.0.1:${port}/`)
        expect([sent.status, sent.code, sent.answer, hits(), inside.hits()]).toEqual([
          '3xx',
          status,
          'Elsewhere.',
          1,
          0,
        ])
      }
    },
  )

  it('with a certificate that nobody knows gets nothing', async () => {
    let hits = 0
    const server = createTlsServer(SELF_SIGNED, (_request, response) => {
      hits += 1
      response.end()
    })
    const port = await open(server)
    const fetch = vettedFetch({ allowLoopback: true, resolve: resolver(['127.0.0.1']).resolve })
    expect(await post(fetch, `https://lms.school.edu:${port}/`)).toEqual(UNREACHABLE)
    expect(await post(fetch, `https://other.school.edu:${port}/`)).toEqual(UNREACHABLE)
    expect(hits).toBe(0)
  })

  it('that speaks no TLS, no HTTP, or is not there, is all the same', async () => {
    const plain = await listen((_request, response) => response.end())
    const garbage = await listenTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
    const closing = await listenTcp((socket) => socket.destroy())
    const resetting = await listenTcp((socket) => socket.resetAndDestroy())
    const urls = [
      `https://127.0.0.1:${plain.port}/`,
      `http://127.0.0.1:${garbage.port}/`,
      `http://127.0.0.1:${closing.port}/`,
      `http://127.0.0.1:${resetting.port}/`,
      `http://127.0.0.1:${await freePort()}/`,
      // A port that fetch refuses, whoever is there.
      'http://127.0.0.1:22/',
    ]
    for (const url of urls) expect(await post(atHome, url), url).toEqual(UNREACHABLE)
    expect(plain.hits()).toBe(0)
  })

  it('that never answers is left when the time is up', async () => {
    const silent = await listenTcp(() => undefined)
    const begun = Date.now()
    expect(await post(atHome, `http://127.0.0.1:${silent.port}/`, 100)).toEqual({ ...UNREACHABLE, status: 'timeout' })
    expect(Date.now() - begun).toBeLessThan(3000)
    expect(silent.hits()).toBe(1)
  })

  it('that drips has arrived by its status, and is left when the time is up, without a warning', async () => {
    const warnings: Error[] = []
    const note = (warning: Error) => void warnings.push(warning)
    process.on('warning', note)
    onTestFinished(() => void process.off('warning', note))
    const { port } = await listen((_request, response) => {
      const drip = setInterval(() => response.write('.'), 2)
      response.on('close', () => clearInterval(drip))
    })
    const begun = Date.now()
    const sent = await post(atHome, `http://127.0.0.1:${port}/`, 300)
    expect(sent).toMatchObject({ status: '2xx', code: 200, answer: expect.stringMatching(/^\.+$/) })
    expect(Date.now() - begun).toBeLessThan(3000)
    await new Promise((resolve) => setImmediate(resolve))
    expect(warnings).toEqual([])
  })

  it('that resets after its status has arrived by it', async () => {
    const { port } = await listenTcp((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun', () =>
          setTimeout(() => socket.resetAndDestroy(), 20),
        )
      })
    })
    expect(await post(atHome, `http://127.0.0.1:${port}/`)).toMatchObject({ status: '2xx', code: 200 })
  })

  it('with 10 MB to say is cut short: it cannot send what nobody reads', async () => {
    let written = 0
    const closed = Promise.withResolvers<void>()
    const { port } = await listen((_request, response) => {
      response.on('close', closed.resolve)
      const chunk = Buffer.alloc(10_000, 'x')
      const more = () => {
        while (written < 10_000_000) {
          written += chunk.length
          if (response.write(chunk)) continue
          response.once('drain', more)
          return
        }
        response.end()
      }
      more()
    })
    const sent = await post(atHome, `http://127.0.0.1:${port}/`)
    await closed.promise
    expect(sent).toMatchObject({ status: '2xx', answer: 'x'.repeat(1000) })
    expect(written).toBeLessThan(10_000_000)
  })

  it('that sends a gigabyte as a bomb of a megabyte has 64 kB of it read', async () => {
    const member = gzipSync(Buffer.alloc(1_000_000, 'x'))
    const bomb = Buffer.concat(Array.from({ length: 1000 }, () => member))
    const { port } = await listen((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': bomb.length }).end(bomb)
    })
    const [before, begun] = [process.cpuUsage(), process.memoryUsage().rss]
    const sent = await post(atHome, `http://127.0.0.1:${port}/`)
    // To inflate it all takes a second of work.
    const { user } = process.cpuUsage(before)
    expect(sent).toMatchObject({ status: '2xx', answer: 'x'.repeat(1000) })
    expect(user / 1000).toBeLessThan(500)
    expect(process.memoryUsage().rss - begun).toBeLessThan(100_000_000)
  })

  it('that compresses badly, or many times over, has arrived by its status', async () => {
    const layers = 5
    let body = Buffer.from('x'.repeat(100_000))
    for (let layer = 0; layer < layers; layer++) body = gzipSync(body)
    for (const encoding of [
      'gzip',
      'br',
      'deflate',
      'nonsense',
      Array.from({ length: layers }, () => 'gzip').join(', '),
    ]) {
      const { port } = await listen((_request, response) => {
        response.writeHead(200, { 'Content-Encoding': encoding }).end(body)
      })
      expect((await post(atHome, `http://127.0.0.1:${port}/`)).status, encoding).toBe('2xx')
    }
  })

  it('that sends headers without end is not there', async () => {
    const { port } = await listenTcp((socket) => {
      socket.once('data', () =>
        socket.write(
          `HTTP/1.1 200 OK\r\n${'X-Long: '.padEnd(1000, 'x')}\r\n`.padEnd(100, '').concat('X: '.padEnd(200_000, 'y')),
        ),
      )
    })
    expect((await post(atHome, `http://127.0.0.1:${port}/`, 2000)).status).toBe('unreachable')
  })
})
