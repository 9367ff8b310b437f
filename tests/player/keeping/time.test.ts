import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../../player/strings/en.ts'
import { everyType } from '../../support/every-type.ts'
import { extend } from '../../support/staff-words.ts'
import { expectComplaint } from '../support/complaints.ts'
import { type Learner, learnerAt } from '../support/learner.ts'
import { goOffline, goOnline } from '../support/network.ts'
import { openQuiz, startQuiz } from '../support/open.ts'
import { test } from '../support/player-test.ts'
import type { Site } from '../support/site.ts'
import { attemptsAt, choicesAt, givenAt, theAttemptAt } from '../support/staff-view.ts'
import { advance, closeLid, stopTime } from '../support/time.ts'

/** Time is the server's, and nothing that was chosen is lost to it. */

const MINUTE_MS = 60_000

/** Text that says how long is left, as a clock. */
const clock = (learner: Learner) => learner.timer.textContent().then((text) => text!.match(/[\d:]+/)![0])

/** Until four seconds are left: the player has asked whether the deadline holds, and knows. */
async function passUntilEnd(site: Site, page: Page, left: number): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'GET')
  await advance(site, page, left - 4000)
  await answered
}

async function passEnd(site: Site, page: Page, left: number): Promise<void> {
  await passUntilEnd(site, page, left)
  await advance(site, page, 4000)
}

describe('the time left', () => {
  for (const [where, hours] of [
    ['ahead', 7],
    ['behind', -7],
  ] as const) {
    test(`is the server's, though the browser is hours ${where}`, async ({ site, page }) => {
      await page.clock.install({ time: site.clock.now + (hours - 1) * 60 * MINUTE_MS })
      await page.clock.pauseAt(site.clock.now + hours * 60 * MINUTE_MS)
      const { learner } = await startQuiz(site, page, { timeLimitSeconds: 600 })
      expect(await clock(learner)).toBe('10:00')
      await advance(site, page, 61_000)
      await expect.poll(() => clock(learner)).toBe('8:59')
      await page.reload()
      await learner.question(1).waitFor()
      expect(await clock(learner)).toBe('8:59')
    })
  }

  test('is right again after the clock of the browser was set back', async ({ site, page }) => {
    await stopTime(site, page)
    const { learner } = await startQuiz(site, page, { timeLimitSeconds: 600 })
    await page.clock.setSystemTime(site.clock.now - 3 * 60 * MINUTE_MS)
    await advance(site, page, 1000)
    await expect.poll(() => clock(learner)).toBe('9:59')
    await advance(site, page, 1000)
    await expect.poll(() => clock(learner)).toBe('9:58')
  })

  test('is told at five minutes, at one and at half of one', async ({ site, page }) => {
    await stopTime(site, page)
    const { learner } = await startQuiz(site, page, { timeLimitSeconds: 302 })
    const told: string[] = []
    for (const step of [1000, 1000, 1000, 238_000, 1000, 30_000]) {
      await advance(site, page, step)
      told.push((await learner.told.textContent())!)
    }
    expect(told).toEqual(['', ...[5, 5, 5].map(() => '5 minutes left'), '1 minute left', '30 seconds left'])
  })

  test('is told as what it is to a page that comes late', async ({ site, page }) => {
    await stopTime(site, page)
    const { learner } = await startQuiz(site, page, { timeLimitSeconds: 200 })
    await advance(site, page, 1000)
    expect(await learner.told.textContent()).toBe('3 minutes, 19 seconds left')
  })
})

describe('when the time is up', () => {
  test('what is chosen was sent and counts, and the review says why it is there', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, { timeLimitSeconds: 60 })
    await learner.option('Option b of single').check()
    await passEnd(site, page, 60_000)
    await learner.outcome.waitFor()
    await page.getByText(en.review.timeUp).waitFor()
    expect(await learner.told.textContent()).toBe(en.time.up)
    expect(await choicesAt(site, quiz)).toEqual(['single: b'])
    expect(await attemptsAt(site, quiz)).toMatchObject([{ status: 'finished', score: 1 }])
  })

  test('and nothing is chosen, the attempt ends all the same', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, { timeLimitSeconds: 60 })
    await passEnd(site, page, 60_000)
    await learner.outcome.waitFor()
    await page.getByText(en.review.timeUp).waitFor()
    await page.reload()
    await page.getByText(en.review.timeUp).waitFor()
    expect(await attemptsAt(site, quiz)).toMatchObject([{ status: 'finished', score: 0 }])
  })

  test('and the server has a grace, it ends at the hour that was shown', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, { timeLimitSeconds: 60, graceSeconds: 30 })
    await learner.option('Option b of single').check()
    await passEnd(site, page, 60_000)
    await learner.outcome.waitFor()
    await page.getByText(en.review.timeUp).waitFor()
    expect(await choicesAt(site, quiz)).toEqual(['single: b'])
  })

  test('a text that was just being written is saved', async ({ site, page }) => {
    await stopTime(site, page)
    const quiz = await site.publish(everyType({ feedback: 'deferred', timeLimitSeconds: 60 }))
    await page.goto(site.embed(`<answerkey-quiz quiz="${quiz}"></answerkey-quiz>`))
    const learner = learnerAt(page)
    await learner.start()
    await learner.question(1, 11).waitFor()
    await learner.goTo(11)
    await page.getByRole('textbox').fill('What I know of')
    await passUntilEnd(site, page, 60_000)
    await page.getByRole('textbox').fill('What I know of containers')
    await advance(site, page, 4000)
    await page.getByText(en.review.timeUp).waitFor()
    expect((await givenAt(site, quiz)).at(-1)).toBe('essay: {"text":"What I know of containers"}')
  })

  test('while the lid is closed, the outcome is there when it is opened', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, { timeLimitSeconds: 60 })
    await learner.option('Option b of single').check()
    await closeLid(site, page, 60 * MINUTE_MS)
    await learner.outcome.waitFor()
    await page.getByText(en.review.timeUp).waitFor()
    expect(await choicesAt(site, quiz)).toEqual([])
  })

  test('while the lid is closed, but staff have given more of it, the attempt goes on', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, { timeLimitSeconds: 60 })
    await extend(site.host, await theAttemptAt(site, quiz), 7200)
    await closeLid(site, page, 60 * MINUTE_MS)
    await expect.poll(() => clock(learner)).toBe('1:01:00')
    expect(await learner.told.textContent()).toBe('')
    expect(await attemptsAt(site, quiz)).toMatchObject([{ status: 'active' }])
  })

  test('while there is no connection, the outcome is there when it is back', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, { timeLimitSeconds: 60 })
    expectComplaint(page, /status of 409 /)
    await goOffline(page)
    await learner.answer('Option b of single')
    await learner.offline.waitFor()
    await advance(site, page, 70_000)
    await goOnline(page)
    await learner.outcome.waitFor()
    await page.getByText(en.review.timeUp).waitFor()
    expect(await choicesAt(site, quiz)).toEqual([])
  })

  test('while somebody is asked whether to hand in, nothing stays in the way', async ({ site, page }) => {
    await stopTime(site, page)
    const { learner } = await startQuiz(site, page, { timeLimitSeconds: 60 })
    await learner.goTo(3)
    await page.getByRole('button', { name: en.quiz.toFinish, exact: true }).last().click()
    await page.getByRole('dialog').waitFor()
    await passEnd(site, page, 60_000)
    await learner.outcome.waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await learner.outcome.evaluate((heading) => heading.matches(':focus'))).toBe(true)
  })

  test('but staff have given more of it, the attempt goes on', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, { timeLimitSeconds: 60 })
    await advance(site, page, 30_000)
    await extend(site.host, await theAttemptAt(site, quiz), 120)
    await passEnd(site, page, 30_000)
    await expect.poll(() => clock(learner)).toMatch(/^(2:00|1:59|1:58)$/)
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    expect(await attemptsAt(site, quiz)).toMatchObject([{ status: 'active' }])
    expect(await learner.told.textContent()).not.toBe(en.time.up)
  })
})

test('warnings come again in the next attempt', async ({ site, page }) => {
  await stopTime(site, page)
  const { learner } = await openQuiz(site, page, { timeLimitSeconds: 40 })
  await learner.start()
  await learner.question(1).waitFor()
  await passEnd(site, page, 40_000)
  await learner.outcome.waitFor()
  await page.getByRole('button', { name: en.review.again }).click()
  await learner.start()
  await learner.question(1).waitFor()
  await advance(site, page, 11_000)
  expect(await learner.told.textContent()).toBe('30 seconds left')
})
