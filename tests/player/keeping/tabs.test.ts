import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../../player/strings/en.ts'
import type { Json } from '../../support/quiz-document.ts'
import { expectComplaint } from '../support/complaints.ts'
import { heardBy, listenForEvents } from '../support/events.ts'
import { learnerAt } from '../support/learner.ts'
import { goOffline, goOnline, hold } from '../support/network.ts'
import { openQuiz, startQuiz } from '../support/open.ts'
import { test } from '../support/player-test.ts'
import type { Site } from '../support/site.ts'
import { attemptsAt, choicesAt } from '../support/staff-view.ts'
import { stopTime } from '../support/time.ts'

/** Two tabs of a browser are one learner. */

async function inTwoTabs(site: Site, page: Page, context: BrowserContext, policy: Json = {}) {
  const { quiz, url, learner: first } = await startQuiz(site, page, policy)
  const other = await context.newPage()
  await other.goto(url)
  const second = learnerAt(other)
  await second.question(1).waitFor()
  return { quiz, url, first, second, other }
}

describe('a second tab', () => {
  test('shows what is answered in the first', async ({ site, page, context }) => {
    const { first, second } = await inTwoTabs(site, page, context)
    await first.answer('Option b of single')
    await second.verdict(en.result.correct).waitFor()
    expect(await second.option('Option b of single').isChecked()).toBe(true)
  })

  test('that nobody sees asks when somebody looks at it', async ({ site, page, context }) => {
    await stopTime(site, page)
    const { first, second, other } = await inTwoTabs(site, page, context)
    await setVisible(other, false)
    const asked = countRequests(other)
    await first.answer('Option b of single')
    await first.verdict(en.result.correct).waitFor()
    await page.evaluate(channelIsThrough)
    expect(asked()).toBe(0)
    await setVisible(other, true)
    await second.verdict(en.result.correct).waitFor()
    expect(asked()).toBe(1)
  })

  test('begins with the first, and the start counts once where both are pressed', async ({ site, page, context }) => {
    const { quiz, url, learner: first } = await openQuiz(site, page)
    const other = await context.newPage()
    await other.goto(url)
    const second = learnerAt(other)
    const held = await hold(page, '**/attempts')
    await first.start()
    await held.answered
    await second.start()
    await Promise.all([first.question(1).waitFor(), second.question(1).waitFor()])
    held.release()
    expect(await attemptsAt(site, quiz)).toHaveLength(1)
  })

  test('leaves a finished attempt with the first, and is in the next one with it', async ({ site, page, context }) => {
    const { quiz, first, second } = await inTwoTabs(site, page, context)
    await first.handIn()
    await second.outcome.waitFor()
    await page.getByRole('button', { name: en.review.again }).click()
    await second.startButton.waitFor()
    await second.start()
    await first.question(1).waitFor()
    await first.answer('Option b of single')
    await second.verdict(en.result.correct).waitFor()
    const states = (await attemptsAt(site, quiz)).map(({ status }) => status as string)
    expect(new Set(states)).toEqual(new Set(['active', 'finished']))
  })
})

test('a tab that was still loading an attempt when another one left it is at the beginning with it', async ({
  site,
  page,
  context,
}) => {
  const { url, learner: first } = await startQuiz(site, page)
  await first.handIn()
  await first.outcome.waitFor()
  const other = await context.newPage()
  const held = await hold(other, /attempts\/[^/]+$/)
  await other.goto(url)
  await held.answered
  const second = learnerAt(other)
  await page.getByRole('button', { name: en.review.again }).click()
  await second.startButton.waitFor()
  const over = other.waitForResponse(/attempts\/[^/]+$/)
  held.release()
  await (await over).finished()
  await second.start()
  await Promise.all([first.question(1).waitFor(), second.question(1).waitFor()])
})

describe('both tabs', () => {
  test('answering one question at once are one try, and agree on whose it was', async ({ site, page, context }) => {
    const { quiz, first, second, other } = await inTwoTabs(site, page, context)
    expectComplaint(page, /status of 409 /)
    const held = await hold(page, '**/responses')
    await first.answer('Option b of single')
    await held.answered
    await second.answer('Option a of single')
    await second.verdict(en.result.correct).waitFor()
    held.release()
    await first.verdict(en.result.correct).waitFor()
    for (const learner of [first, second]) {
      expect(await learner.option('Option b of single').isChecked()).toBe(true)
      await learner.inOutline(1, 'correct').waitFor({ state: 'attached' })
    }
    await other.getByText(en.quiz.answered(1, 3)).last().waitFor()
    expect(await choicesAt(site, quiz)).toEqual(['single: b'])
  })

  test('choosing at different questions lose nothing by a reload of either', async ({ site, page, context }) => {
    const { quiz, first, second, other } = await inTwoTabs(site, page, context)
    await first.option('Option b of single').check()
    await second.goTo(3)
    await second.option(en.controls.true).check()
    await Promise.all([page.reload(), other.reload()])
    await first.goTo(1)
    expect(await first.option('Option b of single').isChecked()).toBe(true)
    await first.goTo(3)
    expect(await first.option(en.controls.true).isChecked()).toBe(true)
    expect(await choicesAt(site, quiz)).toEqual([])
  })

  test('with a choice at one question: an answer in the first closes it in the second', async ({
    site,
    page,
    context,
  }) => {
    const { first, second, other } = await inTwoTabs(site, page, context)
    await second.option('Option a of single').check()
    await first.answer('Option b of single')
    await second.verdict(en.result.correct).waitFor()
    expect(await second.option('Option b of single').isChecked()).toBe(true)
    await other.reload()
    await second.verdict(en.result.correct).waitFor()
    expect(await second.option('Option b of single').isChecked()).toBe(true)
  })

  test('handing in at once end the attempt once, and each says so once', async ({ site, page, context }) => {
    await listenForEvents(page)
    const { quiz, first, second } = await inTwoTabs(site, page, context)
    const held = await hold(page, '**/finish')
    await first.handIn()
    await held.answered
    await second.handIn()
    await second.outcome.waitFor()
    await first.outcome.waitFor()
    const over = page.waitForResponse('**/finish')
    held.release()
    await (await over).finished()
    await first.outcome.waitFor()
    expect((await heardBy(page)).map(({ type }) => type)).toEqual(['answerkey-loaded', 'answerkey-finished'])
    expect(await attemptsAt(site, quiz)).toMatchObject([{ status: 'finished' }])
  })

  test('offline, each with an answer, send both', async ({ site, page, context }) => {
    await listenForEvents(page)
    const { quiz, first, second } = await inTwoTabs(site, page, context)
    await second.goTo(3)
    await goOffline(page)
    await first.answer('Option b of single')
    await second.answer(en.controls.true)
    await Promise.all([first.offline.waitFor(), second.offline.waitFor()])
    await goOnline(page)
    for (const learner of [first, second]) {
      await learner.inOutline(1, 'correct').waitFor({ state: 'attached' })
      await learner.inOutline(3, 'correct').waitFor({ state: 'attached' })
    }
    expect((await choicesAt(site, quiz)).toSorted()).toEqual(['single: b', 'truth: true'])
    const answered = (await heardBy(page)).filter(({ type }) => type === 'answerkey-answered')
    expect(answered.map(({ detail }) => detail.result.question)).toEqual(['single'])
  })
})

function countRequests(page: Page): () => number {
  let count = 0
  page.on('request', (request) => void (count += Number(request.url().includes('/v1/'))))
  return () => count
}

/** Chromium without a screen shows every tab. */
async function setVisible(page: Page, visible: boolean): Promise<void> {
  await page.evaluate((isVisible) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: !isVisible })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }, visible)
}

/** In the page: what was told to other tabs before this has reached them. */
async function channelIsThrough(): Promise<void> {
  const [from, to] = [new BroadcastChannel('through'), new BroadcastChannel('through')]
  await new Promise((resolve) => {
    to.addEventListener('message', resolve)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel takes none.
    from.postMessage(null)
  })
  from.close()
  to.close()
}
