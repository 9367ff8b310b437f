import { describe, expect } from 'vitest'
import { en } from '../../../player/strings/en.ts'
import { listenForEvents, typesHeardBy } from '../support/events.ts'
import { loseAnswer, refuse } from '../support/network.ts'
import { openQuiz, startQuiz } from '../support/open.ts'
import { test } from '../support/player-test.ts'
import { attemptsAt, choicesAt } from '../support/staff-view.ts'
import { stopTime } from '../support/time.ts'

/** A page that is loaded again finds the learner where they were, and nothing counts twice. Where time stands still, nothing is tried again. */

const deferred = { feedback: 'deferred' }

describe('a reload', () => {
  test('before the start shows the quiz, and begins nothing', async ({ site, page }) => {
    const { quiz, learner } = await openQuiz(site, page)
    await learner.startButton.waitFor()
    await page.reload()
    await learner.startButton.waitFor()
    expect(await attemptsAt(site, quiz)).toEqual([])
  })

  test('after a start whose answer was lost leads to the same attempt', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await openQuiz(site, page)
    await loseAnswer(page, '**/attempts')
    await learner.start()
    await page.getByText(en.problem.offlineLoading).waitFor()
    await page.reload()
    await learner.start()
    await learner.question(1).waitFor()
    expect(await attemptsAt(site, quiz)).toHaveLength(1)
  })

  test('keeps what is chosen and not sent, and does not send it', async ({ site, page }) => {
    const { quiz, learner } = await startQuiz(site, page)
    await learner.goTo(3)
    await learner.option(en.controls.true).check()
    await page.reload()
    await learner.question(3).waitFor()
    expect(await learner.option(en.controls.true).isChecked()).toBe(true)
    expect(await choicesAt(site, quiz)).toEqual([])
    await learner.checkButton.click()
    await learner.verdict(en.result.correct).waitFor()
    expect(await choicesAt(site, quiz)).toEqual(['truth: true'])
  })

  for (const [fate, fail] of [
    ['arrived, unheard', loseAnswer],
    ['never arrived', refuse],
  ] as const) {
    test(`after an answer that ${fate} shows its verdict, and it counts once`, async ({ site, page }) => {
      await stopTime(site, page)
      const { quiz, learner } = await startQuiz(site, page, { tries: 2 })
      await fail(page, '**/responses')
      await learner.answer('Option a of single')
      await learner.offline.waitFor()
      await page.reload()
      await learner.verdict(en.result.incorrect).waitFor()
      await page.getByText(en.result.triesLeft(1)).waitFor()
      expect(await learner.option('Option a of single').isChecked()).toBe(true)
      expect(await choicesAt(site, quiz)).toEqual(['single: a'])
    })
  }

  test('after a verdict shows it again, at the same question', async ({ site, page }) => {
    const { quiz, learner } = await startQuiz(site, page)
    await learner.goTo(3)
    await learner.answer(en.controls.false)
    await learner.verdict(en.result.incorrect).waitFor()
    await page.reload()
    await learner.verdict(en.result.incorrect).waitFor()
    await learner.question(3).waitFor()
    expect(await learner.option(en.controls.false).isChecked()).toBe(true)
    expect(await learner.checkButton.count()).toBe(0)
    expect(await choicesAt(site, quiz)).toEqual(['truth: false'])
  })

  test('right after a choice that is to be saved loses nothing of it', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, deferred)
    await learner.option('Option c of single').check()
    await page.reload()
    await page.getByText(en.quiz.saved, { exact: true }).first().waitFor()
    expect(await learner.option('Option c of single').isChecked()).toBe(true)
    expect(await choicesAt(site, quiz)).toEqual(['single: c'])
  })

  test('of a page that ended without a word saves what was chosen there', async ({ site, page }) => {
    await stopTime(site, page)
    await page.addInitScript(hearNoEnd)
    const { quiz, learner } = await startQuiz(site, page, deferred)
    await learner.option('Option c of single').check()
    await page.reload()
    await page.getByText(en.quiz.saved, { exact: true }).first().waitFor()
    expect(await choicesAt(site, quiz)).toEqual(['single: c'])
  })

  test('while the attempt is handed in shows its end, where the server has done it', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, deferred)
    await learner.option('Option b of single').check()
    await loseAnswer(page, '**/finish')
    await learner.handIn()
    await learner.offline.waitFor()
    await page.reload()
    await learner.outcome.waitFor()
    expect(await choicesAt(site, quiz)).toEqual(['single: b'])
    expect(await attemptsAt(site, quiz)).toMatchObject([{ status: 'finished', score: 1 }])
  })

  test('while the attempt is handed in shows it as it was, where the server has not heard', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page, deferred)
    await learner.option('Option b of single').check()
    await refuse(page, '**/finish')
    await learner.handIn()
    await learner.offline.waitFor()
    await page.reload()
    await learner.question(1).waitFor()
    expect(await learner.option('Option b of single').isChecked()).toBe(true)
    expect(await attemptsAt(site, quiz)).toMatchObject([{ status: 'active' }])
    await learner.handIn()
    await learner.outcome.waitFor()
    expect(await choicesAt(site, quiz)).toEqual(['single: b'])
  })

  test('after the end shows the outcome again, and does not tell the page of an end again', async ({ site, page }) => {
    await listenForEvents(page)
    const { quiz, learner } = await startQuiz(site, page)
    await learner.handIn()
    await learner.outcome.waitFor()
    expect(await typesHeardBy(page)).toEqual(['loaded', 'finished'])
    await page.reload()
    await learner.outcome.waitFor()
    expect(await typesHeardBy(page)).toEqual(['loaded'])
    expect(await attemptsAt(site, quiz)).toHaveLength(1)
  })
})

/** In the page, before its scripts. It does not hear that it ends: its process was killed, say. */
function hearNoEnd(): void {
  for (const target of [window, document]) {
    const listen = target.addEventListener.bind(target)
    const addEventListener: typeof listen = (type: string, ...more: [EventListener]) => {
      if (!['pagehide', 'visibilitychange'].includes(type)) listen(type, ...more)
    }
    Object.assign(target, { addEventListener })
  }
}
