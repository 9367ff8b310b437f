import { beforeAll, describe, expect, it } from 'vitest'
import { publish } from '../support/actions.ts'
import type { Answer, CallOptions } from '../support/client.ts'
import { DRIVER_MESSAGE } from '../support/faults.ts'
import { createHost, PUBLIC_URL, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'

const Accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const HTML = 'text/html; charset=utf-8'
const CLOSED = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const visit = (path: string, to: TestHost = host, options: CallOptions = {}) =>
  to.client.call('GET', path, { headers: { Accept }, ...options })

const policyOf = ({ headers }: Answer) => headers.get('Content-Security-Policy')
const kindOf = ({ status, headers }: Answer) => [status, headers.get('Content-Type')]

/** The quizzes that a page of them leads to. */
const offered = ({ text }: Answer) => [...text.matchAll(/href="\/play\/([^"]+)"/g)].map(([, quiz]) => quiz)

/** What the page says of one quiz. */
async function card(document: Json, clock = START): Promise<string> {
  const one = await createHost({ clock: { now: clock } })
  const quiz = await publish(one, quizDocument(document))
  const { text } = await visit('/', one)
  await one.client.call('DELETE', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })
  const cards = [...text.matchAll(/<article.*?<\/article>/gs)].map(([found]) => found)
  return cards.find((found) => found.includes(`/play/${quiz}"`))!
}

const factsIn = (text: string) => /<p class="facts">([^<]*)<\/p>/.exec(text)![1]

describe('the page of quizzes', () => {
  it('offers the public quizzes that are not archived, and no more with a key', async () => {
    const open = await publish(host)
    const restricted = await publish(host, quizDocument({ access: 'restricted' }))
    const archived = await publish(host)
    await host.client.call('DELETE', `/v1/quizzes/${archived}`, { token: ROOT_KEY })
    for (const token of [null, 'nonsense', ROOT_KEY]) {
      const quizzes = offered(await visit('/', host, { headers: { Accept }, token }))
      expect([open, restricted, archived].map((quiz) => quizzes.includes(quiz))).toEqual([true, false, false])
    }
  })

  it('says how many questions and points a quiz has, and how long it may take', async () => {
    expect(factsIn(await card({}))).toBe('3 questions · 5 points')
    expect(factsIn(await card({ policy: { timeLimitSeconds: 5401 } }))).toBe(
      '3 questions · 5 points · 1 hour 30 minutes 1 second',
    )
  })

  it('says when a quiz opens and closes, as long as that is to come, and when it has closed', async () => {
    const policy = { opensAt: '2026-01-05T10:00:00Z', closesAt: '2026-02-01T00:00:00Z' }
    const at = async (time: string) => factsIn(await card({ policy }, Date.parse(time)))
    const [opens, closes] = ['opens on January 5, 2026 at 10:00 AM UTC', 'on February 1, 2026 at 12:00 AM UTC']
    expect(await at('2026-01-05T09:59:59Z')).toBe(`3 questions · 5 points · ${opens} · closes ${closes}`)
    expect(await at('2026-01-05T10:00:00Z')).toBe(`3 questions · 5 points · closes ${closes}`)
    expect(await at('2026-02-01T00:00:00Z')).toBe(`3 questions · 5 points · closed ${closes}`)
  })

  it('shows titles as texts and descriptions as they are rendered, in the language of the quiz', async () => {
    const title = '<b>"Bold"</b> & <script>alert(1)</script>'
    const description = '*Soft* <script>alert(2)</script> [link](javascript:alert(3)) "quoted"'
    const text = await card({ title, description, language: 'de' })
    const escaped = '&lt;b&gt;&quot;Bold&quot;&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt;'
    expect(text).toContain(`<h2>${escaped}</h2>`)
    expect(text).toContain(`aria-label="Take the quiz: ${escaped}"`)
    expect(text).toContain('<em>Soft</em> &lt;script&gt;alert(2)&lt;/script&gt; <a href="">link</a>')
    expect(text).toContain('<div lang="de">')
    expect(text).not.toMatch(/<script|<b>|javascript:/)
  })

  it('goes on to the next page, and all pages together offer every quiz once', async () => {
    const many = await createHost()
    const names = Array.from({ length: 51 }, (_, index) => `of-many-${String(index).padStart(2, '0')}`)
    for (const name of names) await publish(many, quizDocument(), name)
    const found: (string | undefined)[] = []
    for (let path: string | undefined = '/'; path !== undefined;) {
      const answer: Answer = await visit(path, many)
      expect(offered(answer).length).toBeLessThanOrEqual(50)
      found.push(...offered(answer))
      path = /href="(\/\?cursor=[^"]+)"/.exec(answer.text)?.[1]
    }
    expect(found.filter((quiz) => quiz?.startsWith('of-many-'))).toEqual(names)
    expect(new Set(found).size).toBe(found.length)
    for (const name of names) await many.client.call('DELETE', `/v1/quizzes/${name}`, { token: ROOT_KEY })
  })

  it('runs no script, loads pictures alone from elsewhere, and is kept by nobody', async () => {
    const answer = await visit('/')
    expect(kindOf(answer)).toEqual([200, HTML])
    expect(policyOf(answer)).toBe(`default-src 'none'; style-src 'self'; img-src 'self' https: data:; ${CLOSED}`)
    expect(answer.text).not.toMatch(/<script|<style|style=|\son\w+=/)
    expect(answer.headers.get('Vary')).toContain('Accept')
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
    expect(answer.headers.get('ETag')).toBeNull()
  })

  it('has an address in which it passes over what it does not know', async () => {
    expect((await visit('/?utm_source=course&lang=en')).status).toBe(200)
  })

  it('says on a page what is wrong with a cursor, and that the database fails, and nothing of the failure', async () => {
    expect(kindOf(await visit('/?cursor=!'))).toEqual([422, HTML])
    host.faults.before(1)
    const failed = await visit('/')
    expect(kindOf(failed)).toEqual([503, HTML])
    expect(failed.headers.get('Retry-After')).toBe('1')
    expect(policyOf(failed)).toContain("default-src 'none'")
    expect(failed.text).toContain('<p>The service cannot answer now: try again.</p>')
    expect(failed.text).toContain(failed.headers.get('X-Request-Id'))
    expect(failed.text + JSON.stringify(host.log)).not.toContain(DRIVER_MESSAGE)
    expect((await visit('/')).status).toBe(200)
  })

  it('is for who asks for it: programs get links, and touch no database', async () => {
    const { trips } = host.meter
    for (const accepted of ['application/json', '*/*', '']) {
      const answer = await visit('/', host, { headers: { Accept: accepted } })
      expect([answer.status, answer.body.name]).toEqual([200, 'Answerkey'])
    }
    expect(host.meter.trips).toBe(trips)
  })
})

describe('the page to take a quiz on', () => {
  it('holds the player and looks nothing up, so every quiz that could be has one', async () => {
    const { trips } = host.meter
    const published = await publish(host)
    const before = host.meter.trips
    for (const quiz of [published, 'never-published', 'a']) {
      const answer = await visit(`/play/${quiz}`)
      expect(kindOf(answer)).toEqual([200, HTML])
      expect(answer.text).toContain(`<answerkey-quiz quiz="${quiz}"></answerkey-quiz>`)
      expect(answer.text).toContain(`<title>${quiz}</title>`)
      expect(answer.text).toContain('<noscript>')
    }
    expect(before).toBeGreaterThan(trips)
    expect(host.meter.trips).toBe(before)
  })

  it('takes the token out of the address before the player comes', async () => {
    const { text } = await visit('/play/basics')
    const scripts = [...text.matchAll(/<script type="module" src="([^"]+)"><\/script>/g)].map(([, source]) => source)
    expect(scripts).toEqual(['/assets/play.js', '/player.js'])
    expect(text.match(/<script/g)).toHaveLength(2)
  })

  it('runs scripts of our own origin that name how they make nodes, and none inline', async () => {
    const answer = await visit('/play/basics')
    expect(policyOf(answer)).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; " +
        `img-src 'self' https: data:; trusted-types answerkey lit-html; ${CLOSED}`,
    )
    expect(answer.text).not.toMatch(/<style|style=|\son\w+=|javascript:/)
    expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
  })

  const impossible = ['Basics', 'a_b', '-a', 'a-', 'a'.repeat(65), '%3Cb%3E', '%22%3E%3Cscript%3E', 'a%00', '%FF']
  it.each(impossible)('is not there for what cannot be a quiz: %s', async (quiz) => {
    const answer = await visit(`/play/${quiz}`)
    expect(kindOf(answer)).toEqual([404, HTML])
    expect(answer.text).toContain('<a href="/">')
    expect(answer.text).not.toContain('<script')
    expect(problemOf(await host.client.call('GET', `/play/${quiz}`))).toEqual([404, 'not-found'])
  })
})

describe('the page to verify a receipt on', () => {
  it('says who signs as it is configured, however the page was reached', async () => {
    const { trips } = host.meter
    const elsewhere = await host.app.request('https://alias.example/verify', { headers: { Accept } })
    for (const text of [(await visit('/verify')).text, await elsewhere.text()]) {
      expect(text).toContain(`<main id="verify" data-issuer="${PUBLIC_URL}">`)
      expect(text).toContain('<script type="module" src="/assets/verify.js"></script>')
      expect(text).toContain('<noscript>')
    }
    expect(host.meter.trips).toBe(trips)
  })

  it('runs its script alone, which reaches our own origin alone', async () => {
    const answer = await visit('/verify')
    expect(kindOf(answer)).toEqual([200, HTML])
    expect(policyOf(answer)).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; " +
        `img-src 'self'; trusted-types lit-html; ${CLOSED}`,
    )
    expect(answer.text.match(/<script/g)).toHaveLength(1)
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
  })
})

describe('every page', () => {
  it.each(['/', '/play/basics', '/verify'])('is read alone, with or without its body: %s', async (path) => {
    const head = await host.client.call('HEAD', path, { headers: { Accept } })
    expect([...kindOf(head), head.text]).toEqual([200, HTML, ''])
    const posted = await host.client.call('POST', path, { headers: { Accept } })
    expect(problemOf(posted)).toEqual([405, 'method-not-allowed'])
    expect(posted.headers.get('Allow')).toBe('GET, HEAD, OPTIONS')
  })
})

describe('where nothing is published', () => {
  it('the page says how to publish', async () => {
    const empty = await createHost()
    const quizzes = (await empty.client.call('GET', '/v1/quizzes?limit=200', { token: ROOT_KEY })).body.quizzes
    for (const { id } of quizzes) await empty.client.call('DELETE', `/v1/quizzes/${id}`, { token: ROOT_KEY })
    const answer = await visit('/', empty)
    expect(offered(answer)).toEqual([])
    expect(answer.text).toContain(`npx answerkey publish questions/ --url ${PUBLIC_URL} --key`)
  })
})
