import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../../player/strings/en.ts'
import { startFor } from '../../support/actions.ts'
import { everyType } from '../../support/every-type.ts'
import { type Json, quizDocument } from '../../support/quiz-document.ts'
import { heardBy, listenForEvents } from '../support/events.ts'
import { learnerAt } from '../support/learner.ts'
import { openQuiz } from '../support/open.ts'
import { test } from '../support/player-test.ts'
import { answerWithProblem } from '../support/refusals.ts'

/** What an author or a server writes is text and a few known elements, and nobody's program; and a token goes nowhere. */

/** A page that would let anything run. */
const NO_POLICY = { policy: "default-src * 'unsafe-inline' 'unsafe-eval' data: blob:" }

/** Each would run, were it markup. */
const ATTACKS = [
  '<script>hit()</script>',
  '<img src="x:" onerror="hit()">',
  '<svg onload="hit()"></svg>',
  '<a href="javascript:hit()">raw</a>',
  '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
  '<style>@import "x:"</style>',
  '"><b onmouseover="hit()">b</b>',
  '${hit()} {{hit()}}',
]

const MARKDOWN = [
  ...ATTACKS,
  '[link](javascript:hit())',
  '[coded](&#106;avascript:hit())',
  '[data](data:text/html,<script>hit()</script>)',
  '![picture](javascript:hit())',
  '![told](https://pictures.example/"onerror="hit())',
  '<javascript:hit()>',
  '[titled](https://away.example "\\" onclick=\\"hit()")',
].join('\n\n')

/** Every text of a document that learners see, and the attacks after it. */
function hostile(document: Json): Json {
  const names = new Set([
    'prompt',
    'text',
    'explanation',
    'feedback',
    'correct',
    'incorrect',
    'partiallyCorrect',
    'hints',
  ])
  const change = (value: unknown, name = '', isMarkdown = false): unknown => {
    if (name === 'key' || name === 'samples') return value
    if (Array.isArray(value)) return value.map((each) => change(each, '', names.has(name)))
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each, key)]))
    }
    return isMarkdown || names.has(name) ? `${value as string}\n\n${MARKDOWN}` : value
  }
  return change(document) as Json
}

/** Counts what runs; in the page before its scripts. */
async function countHits(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Object.assign(window, { hits: 0, hit: () => ((window as unknown as { hits: number }).hits += 1) })
  })
  return () => page.evaluate(() => (window as unknown as { hits: number }).hits)
}

describe('what an author writes', () => {
  test('runs nothing in any type of question, though nothing forbids it', async ({ site, page }) => {
    const hits = await countHits(page)
    await page.route(/(pictures|away)\.example/, (route) => route.fulfill({ contentType: 'image/png', body: '' }))
    const title = ATTACKS.slice(0, 3).join(' ')
    const sections = [{ id: 'one', title }]
    const document = { ...hostile(everyType({ tries: 3 })), title, sections, description: MARKDOWN }
    const quiz = await site.publish(document)
    await page.goto(site.embed(`<answerkey-quiz quiz="${quiz}"></answerkey-quiz>`, NO_POLICY))
    const learner = learnerAt(page)
    await page.getByRole('heading', { name: title }).waitFor()
    await learner.start()
    for (let number = 1; number <= 11; number++) {
      await learner.goTo(number)
      await learner.question(number, 11).waitFor()
      for (const link of await page.locator('answerkey-quiz .rich a').all()) {
        expect(await link.getAttribute('href')).toMatch(/^(https:.*)?$/)
        expect(await link.getAttribute('target')).toBe('_blank')
      }
    }
    await learner.goTo(1)
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    await learner.handIn()
    await learner.outcome.waitFor()
    for (let number = 1; number <= 11; number++) await learner.goTo(number)
    const found = await page.locator('answerkey-quiz').evaluate((element) => {
      const all = [...element.shadowRoot!.querySelectorAll('*')]
      return {
        elements: all.filter(({ localName }) => ['script', 'iframe', 'b', 'object', 'embed'].includes(localName))
          .length,
        handlers: all.flatMap(({ attributes }) => [...attributes].filter(({ name }) => name.startsWith('on'))).length,
      }
    })
    expect(found).toEqual({ elements: 0, handlers: 0 })
    expect(await hits()).toBe(0)
  })

  test('as a link opens beside the quiz, and the page behind it learns nothing of it', async ({
    site,
    page,
    context,
  }) => {
    const headers: Record<string, string>[] = []
    await context.route('https://away.example/**', (route) => {
      headers.push(route.request().headers())
      return route.fulfill({ contentType: 'text/html', body: '<title>Away</title>' })
    })
    const quiz = await site.publish(quizDocument({ description: '[Away](https://away.example/there)' }))
    await page.goto(site.embed(`<answerkey-quiz quiz="${quiz}"></answerkey-quiz>`))
    const opened = context.waitForEvent('page')
    await page.getByRole('link', { name: 'Away' }).click()
    const away = await opened
    await away.waitForURL('https://away.example/there')
    expect(await away.evaluate(() => [window.opener, document.referrer])).toEqual([null, ''])
    expect(headers.map(({ referer }) => referer)).toEqual([undefined])
    await learnerAt(page).startButton.waitFor()
  })
})

test('what a server says of a problem is text', async ({ site, page }) => {
  const hits = await countHits(page)
  const { learner } = await openQuiz(site, page)
  const detail = ATTACKS.join(' ')
  await answerWithProblem(page, '**/attempts', { status: 422, code: 'invalid-input', detail })
  await learner.start()
  await page.getByRole('alert').filter({ hasText: detail }).waitFor()
  expect(await hits()).toBe(0)
})

describe('a token', () => {
  for (const isGiven of [true, false]) {
    test(`that is ${isGiven ? 'given' : 'the browser’s own'} is in no address, no event and nothing that is shown`, async ({
      site,
      page,
    }) => {
      await listenForEvents(page)
      const quiz = await site.publish(quizDocument({ access: isGiven ? 'restricted' : 'public' }))
      const attribute = isGiven ? `token="${(await startFor(site.host, quiz, 'ada')).token}"` : ''
      const urls: string[] = []
      const said: string[] = []
      const tokens = new Set<string>()
      page.on('console', (message) => void said.push(message.text()))
      page.on('request', (request) => {
        urls.push(request.url())
        const sent = request.headers()['authorization']
        if (sent) tokens.add(sent.replace('Bearer ', ''))
      })
      await page.goto(site.embed(`<answerkey-quiz quiz="${quiz}" ${attribute}></answerkey-quiz>`))
      const learner = learnerAt(page)
      if (!isGiven) await learner.start()
      await learner.answer('Option b of single')
      await learner.verdict(en.result.correct).waitFor()
      await page.reload()
      await learner.inOutline(1, 'correct').waitFor({ state: 'attached' })
      const events = await heardBy(page)
      await learner.handIn()
      await learner.outcome.waitFor()
      const shown = await page.evaluate(() => {
        const element = document.querySelector('answerkey-quiz')!
        const token = element.getAttribute('token') ?? ''
        return document.documentElement.outerHTML.replace(token, '') + element.shadowRoot!.innerHTML
      })
      expect(tokens.size).toBeGreaterThan(1)
      const told = JSON.stringify([urls, said, events, await heardBy(page), shown, page.url()])
      for (const token of tokens) expect(told).not.toContain(token)
    })
  }
})
