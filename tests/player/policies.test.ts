import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { MatchingQuestion, OrderingQuestion, SingleChoiceQuestion } from '../../player/contract.ts'
import { en } from '../../player/strings/en.ts'
import { canary } from '../support/canaries.ts'
import { matching, ordering } from '../support/every-type.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { give, shownOrder, wordsOf } from './support/answering.ts'
import { mouse } from './support/hands.ts'
import { goOffline, goOnline } from './support/network.ts'
import { resultOnServer } from './support/on-server.ts'
import { test } from './support/player-test.ts'
import type { Site } from './support/site.ts'
import { closeLid, stopTime } from './support/time.ts'
import { atQuestion, begin, button, check, handIn, heading, rowsOf, textOf } from './support/taking.ts'

/** What a policy promises, as a learner sees it. */

const publish = (site: Site, policy: Json, change: Json = {}) => site.publish(quizDocument({ policy, ...change }))
const play = (site: Site, quiz: string) => `${site.origin}/play/${quiz}`
const sure = (page: Page, level: 1 | 2 | 3): Locator =>
  page
    .getByRole('group', { name: en.certainty.question })
    .getByRole('radio', { name: en.certainty.levels[level], exact: true })

describe('certainty', () => {
  test('is asked for before an answer is checked, and the review says how well it was judged', async ({
    site,
    page,
  }) => {
    const hands = mouse(page)
    const [single, multiple, truth] = await begin(page, hands, play(site, await publish(site, { certainty: true })))
    await give(page, hands, single!, { choice: 'b' })
    await button(page, en.quiz.check).click()
    expect(await page.getByRole('alert').innerText()).toBe(en.quiz.missing.certainty)
    await sure(page, 3).click()
    expect(await page.getByRole('alert').count()).toBe(0)
    await check(page, hands, 'correct')
    await page.getByText('3 of 3 points', { exact: true }).waitFor()
    expect(await sure(page, 3).isDisabled()).toBe(true)

    await button(page, en.quiz.nextQuestion).click()
    await give(page, hands, multiple!, { choices: ['p', 'q', 'r'] })
    await sure(page, 2).click()
    await check(page, hands, 'correct')
    await page.getByText('6 of 9 points', { exact: true }).waitFor()

    await button(page, en.quiz.nextQuestion).click()
    await give(page, hands, truth!, { choice: 'false' })
    await sure(page, 3).click()
    await check(page, hands, 'incorrect')
    await page.getByText(/^[-−]6 of 3 points$/).waitFor()

    await handIn(page, hands)
    await heading(page, en.review.failed).waitFor()
    // 3 + 6 - 6, of three times five points.
    await page.getByText('3 of 15 points', { exact: true }).waitFor()
    // 70 % of the five points, without certainty.
    await page.getByText(en.review.passMark('3.5'), { exact: true }).waitFor()
    expect(await rowsOf(page.getByRole('region', { name: en.review.calibration }).getByRole('table'))).toEqual([
      ['Not very', '0', '0', '–'],
      ['Fairly', '1', '1', 'Very'],
      // One right and one wrong come to 1, 0 and -3 points.
      ['Very', '2', '1', 'Not very'],
    ])
  })

  test('may come later than the answer, where answers are saved', async ({ site, page }) => {
    const quiz = await publish(site, { certainty: true, feedback: 'deferred' })
    const [single] = await begin(page, mouse(page), play(site, quiz))
    const saved = page.getByText(en.quiz.saved, { exact: true }).last()
    await give(page, mouse(page), single!, { choice: 'b' })
    await saved.waitFor()
    expect(await resultOnServer(site, quiz, 'single')).toMatchObject({ response: { choice: 'b' } })
    const answer = page.waitForResponse(/\/responses$/)
    await sure(page, 2).click()
    await (await answer).finished()
    await saved.waitFor()
    expect(await resultOnServer(site, quiz, 'single')).toMatchObject({ response: { choice: 'b' }, certainty: 2 })
  })
})

describe('a quiz that never tells', () => {
  test('shows the score and no verdict, not even in the review', async ({ site, page }) => {
    const [single] = await begin(page, mouse(page), play(site, await publish(site, { feedback: 'never' })))
    await give(page, mouse(page), single!, { choice: 'b' })
    await handIn(page, mouse(page))
    await page.getByText('1 of 5 points', { exact: true }).waitFor()
    await button(page, en.review.questions).click()
    await atQuestion(page, 1, 3)
    expect(await textOf(page)).not.toMatch(/correct|right|wrong|explanation/i)
  })

  test('says so where not even the score is shown, and has no receipt', async ({ site, page }) => {
    const review = { finished: [], closed: [] }
    await begin(page, mouse(page), play(site, await publish(site, { feedback: 'never', review })))
    await handIn(page, mouse(page))
    await heading(page, en.review.done).waitFor()
    await page.getByText(en.review.hidden, { exact: true }).waitFor()
    expect(await button(page, en.review.download).count()).toBe(0)
  })
})

describe('a review that comes when the quiz has closed', () => {
  test('is announced, and is there as soon as the page is looked at again', async ({ site, page }) => {
    await stopTime(site, page)
    const closesAt = new Date(site.clock.now + HOUR_MS).toISOString()
    const review = { finished: [], closed: ['verdict', 'score', 'explanation'] }
    const quiz = await publish(site, { feedback: 'deferred', review, closesAt })
    const [single] = await begin(page, mouse(page), play(site, quiz))
    await give(page, mouse(page), single!, { choice: 'b' })
    await handIn(page, mouse(page))
    await page.getByText(en.review.later, { exact: true }).waitFor()

    await closeLid(site, page, HOUR_MS + 1000)
    await goOffline(page)
    await goOnline(page)
    await page.getByText('1 of 5 points', { exact: true }).waitFor()
    await button(page, en.review.questions).click()
    await heading(page, en.result.correct).waitFor()
    await page.getByText(canary('single', 'explanation')).waitFor()
  })
})

describe('what is drawn and shuffled', () => {
  test('is shown as it was served, and is the same after a reload', async ({ site, page }) => {
    const ids = ['one', 'two', 'three', 'four', 'five', 'six'].map((name) => `single-${name}`)
    const policy = { draw: { one: 3 }, shuffle: { questions: true, options: true } }
    const questions = ids.map((id) => singleChoice(id, { ids: 'abcdef' }))
    const served = await begin(page, mouse(page), play(site, await publish(site, policy, { questions })))
    expect(served.length).toBe(3)
    const see = async () => {
      const seen: string[][] = []
      for (const [index] of served.entries()) {
        await button(page, `${en.quiz.shortQuestion(index + 1)}, ${en.status.unanswered}`).click()
        await atQuestion(page, index + 1, 3)
        const group = page.getByRole('radiogroup')
        const prompt = await page.locator('#prompt').innerText()
        seen.push([prompt, ...(await group.locator('label').allInnerTexts())].map((text) => text.trim()))
      }
      return seen
    }
    const expected = (served as SingleChoiceQuestion[]).map(({ prompt, options }) => [
      wordsOf(prompt),
      ...options.map(({ text }) => wordsOf(text)),
    ])
    expect(await see()).toEqual(expected)
    await page.reload()
    await atQuestion(page, 3, 3)
    expect(await see()).toEqual(expected)
  })

  test('holds for items and for options of a matching too', async ({ site, page }) => {
    const questions = [ordering('order'), matching('match')]
    const [order, match] = await begin(page, mouse(page), play(site, await publish(site, {}, { questions })))
    const items = (order as OrderingQuestion).items.map(({ text }) => wordsOf(text))
    expect(await shownOrder(page.getByRole('article'), items)).toEqual(items)
    await button(page, en.quiz.next).click()
    const options = (match as MatchingQuestion).options.map(({ text }) => wordsOf(text))
    const entries = await page.getByRole('combobox').first().getByRole('option').allInnerTexts()
    expect(entries.slice(1).map((entry) => entry.replace(/^[A-D]\. /, ''))).toEqual(options)
  })
})

const HOUR_MS = 3_600_000
