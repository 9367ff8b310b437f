import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../../player/strings/en.ts'
import { expectComplaint } from '../support/complaints.ts'
import { heardBy, listenForEvents } from '../support/events.ts'
import { goOffline, goOnline, loseAnswer, refuse } from '../support/network.ts'
import { openQuiz, startQuiz } from '../support/open.ts'
import { test } from '../support/player-test.ts'
import { answerWithPage, answerWithProblem } from '../support/refusals.ts'
import { attemptsAt, choicesAt } from '../support/staff-view.ts'
import { advance, stopTime } from '../support/time.ts'

/** A connection that comes and goes takes nothing away. */

const deferred = { feedback: 'deferred' }

describe('offline', () => {
  test('answers wait, others can be given, and all are sent in their order', async ({ site, page }) => {
    await listenForEvents(page)
    const { quiz, learner } = await startQuiz(site, page)
    await learner.goTo(3)
    await goOffline(page)
    await learner.answer(en.controls.true)
    await learner.offline.waitFor()
    expect(await learner.option(en.controls.false).isDisabled()).toBe(true)
    await learner.goTo(1)
    await learner.answer('Option a of single')
    expect(await choicesAt(site, quiz)).toEqual([])
    await goOnline(page)
    await learner.verdict(en.result.incorrect).waitFor()
    await learner.offline.waitFor({ state: 'detached' })
    expect(await choicesAt(site, quiz)).toEqual(['truth: true', 'single: a'])
    const answered = (await heardBy(page)).filter(({ type }) => type === 'answerkey-answered')
    expect(answered.map(({ detail }) => detail.result.question)).toEqual(['truth', 'single'])
  })

  test('is told, and told to those who do not see it', async ({ site, page }) => {
    const { learner } = await startQuiz(site, page)
    await goOffline(page)
    await learner.answer('Option a of single')
    await learner.offline.waitFor()
    await expect.poll(() => learner.told.textContent()).toBe(en.problem.lost)
  })

  test('what is saved by itself waits too, and the last of it counts', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, deferred)
    await refuse(page, '**/responses', 2)
    await learner.option('Option a of single').check()
    await advance(site, page, 700)
    await learner.offline.waitFor()
    await learner.option('Option b of single').check()
    await advance(site, page, 700)
    await page.unroute('**/responses')
    await page.getByRole('button', { name: en.problem.retry }).click()
    await page.getByText(en.quiz.saved, { exact: true }).last().waitFor()
    await learner.handIn()
    await learner.outcome.waitFor()
    expect(await choicesAt(site, quiz)).toEqual(['single: a', 'single: b'])
    expect(await attemptsAt(site, quiz)).toMatchObject([{ score: 1 }])
  })

  test('at the loading is told, and over when the network is back', async ({ site, page }) => {
    await refuse(page, '**/v1/quizzes/*', 99)
    const { learner } = await openQuiz(site, page)
    await page.getByText(en.problem.offlineLoading).waitFor()
    await page.unroute('**/v1/quizzes/*')
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await learner.startButton.waitFor()
    expect(await page.getByText(en.problem.offlineLoading).count()).toBe(0)
  })

  test('at the loading ends at the press of a button', async ({ site, page }) => {
    await stopTime(site, page)
    await refuse(page, '**/v1/quizzes/*')
    const { learner } = await openQuiz(site, page)
    await page.getByRole('button', { name: en.problem.retry }).click()
    await learner.startButton.waitFor()
  })

  test('while handing in: what was chosen and the end wait, and both come', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, deferred)
    await learner.option('Option b of single').check()
    await goOffline(page)
    await learner.handIn()
    await learner.offline.waitFor()
    await page.getByText(en.finish.working).waitFor()
    expect(await learner.option('Option c of single').isDisabled()).toBe(true)
    expect(await attemptsAt(site, quiz)).toMatchObject([{ status: 'active' }])
    expect(await choicesAt(site, quiz)).toEqual([])
    await goOnline(page)
    await learner.outcome.waitFor()
    expect(await choicesAt(site, quiz)).toEqual(['single: b'])
    expect(await attemptsAt(site, quiz)).toMatchObject([{ status: 'finished', score: 1 }])
  })

  test('while the attempt is handed in somewhere else: the end is shown', async ({ site, page, context }) => {
    const { quiz, url, learner } = await startQuiz(site, page)
    const other = await context.newPage()
    await other.goto(url)
    await goOffline(page)
    expectComplaint(page, /status of 409 /)
    await learner.answer('Option b of single')
    await learner.offline.waitFor()
    const [{ id }] = await attemptsAt(site, quiz)
    const token = await page.evaluate(
      () => JSON.parse(Object.entries(localStorage).find(([name]) => name.endsWith('/run'))![1]).token,
    )
    await site.host.client.call('POST', `/v1/attempts/${id}/finish`, { token, releases: 'everything' })
    await goOnline(page)
    await learner.outcome.waitFor()
    expect(await choicesAt(site, quiz)).toEqual([])
  })
})

describe('a server that is busy', () => {
  test('is asked again after as long as it says, and not before', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page)
    await answerWithProblem(page, '**/responses', { status: 503, code: 'unavailable', retryAfter: 20 })
    const asked = countAnswers(page)
    await learner.answer('Option b of single')
    await learner.offline.waitFor()
    await advance(site, page, 19_000)
    expect(asked()).toBe(1)
    await advance(site, page, 1000)
    await learner.verdict(en.result.correct).waitFor()
    expect(asked()).toBe(2)
    expect(await choicesAt(site, quiz)).toEqual(['single: b'])
  })

  test('that takes no more for now, or whose gateway answers in its place, is asked again', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page)
    await loseAnswer(page, '**/responses')
    await answerWithPage(page, '**/responses', 200)
    await answerWithPage(page, '**/responses', 502)
    await answerWithProblem(page, '**/responses', { status: 429, code: 'rate-limited', retryAfter: 1 })
    const asked = countAnswers(page)
    await learner.answer('Option b of single')
    await learner.offline.waitFor()
    while (asked() < 5) await advance(site, page, 1000)
    await learner.verdict(en.result.correct).waitFor()
    await learner.offline.waitFor({ state: 'detached' })
    expect(asked()).toBe(5)
    expect(await choicesAt(site, quiz)).toEqual(['single: b'])
  })

  test('and the log of an attempt that is full: that is told at the question, and the answer stays', async ({
    site,
    page,
  }) => {
    const { learner } = await startQuiz(site, page)
    await answerWithProblem(page, '**/responses', { status: 429, code: 'attempt-log-full' })
    await learner.answer('Option b of single')
    await page.getByRole('alert').filter({ hasText: en.problem.full }).waitFor()
    expect(await learner.option('Option b of single').isChecked()).toBe(true)
    await learner.checkButton.click()
    await learner.verdict(en.result.correct).waitFor()
  })
})

/** How often an answer was sent since. */
function countAnswers(page: Page): () => number {
  let count = 0
  page.on('request', (request) => void (count += Number(request.url().endsWith('/responses'))))
  return () => count
}
