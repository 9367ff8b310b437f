import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../player/strings/en.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { give } from './support/answering.ts'
import { keyboard, mouse } from './support/hands.ts'
import { test } from './support/player-test.ts'
import { atQuestion, begin, button, check, handIn, heading } from './support/taking.ts'

/** Whoever uses the keyboard, or hears the page, is where something has happened. */

const hasFocus = (locator: Locator) => locator.evaluate((element) => element.matches(':focus'))

describe('the focus goes', () => {
  test('with each step to what it brought, from the start to the review and back to the start', async ({
    site,
    page,
  }) => {
    const hands = keyboard(page)
    const [single] = await begin(page, hands, `${site.origin}/play/${await site.publish()}`)
    expect(await hasFocus(heading(page, en.quiz.question(1, 3)))).toBe(true)
    await give(page, hands, single!, { choice: 'b' })
    await check(page, hands, 'correct')
    expect(await hasFocus(heading(page, en.result.correct))).toBe(true)
    await hands.press(button(page, en.quiz.nextQuestion))
    await atQuestion(page, 2, 3)
    expect(await hasFocus(heading(page, en.quiz.question(2, 3)))).toBe(true)
    await handIn(page, hands)
    expect(await hasFocus(heading(page, en.review.failed))).toBe(true)
    await hands.press(button(page, en.review.questions))
    await atQuestion(page, 1, 3)
    expect(await hasFocus(heading(page, en.quiz.question(1, 3)))).toBe(true)
    await hands.press(button(page, en.quiz.toOverview))
    await hands.press(button(page, en.review.again))
    await button(page, en.intro.start).waitFor()
    expect(await hasFocus(page.getByRole('heading', { name: 'Three questions', level: 2 }))).toBe(true)
  })

  test('to the harmless answer when an attempt is to be handed in, and back when it is not', async ({ site, page }) => {
    const hands = keyboard(page)
    await begin(page, hands, `${site.origin}/play/${await site.publish()}`)
    const finish = button(page, en.quiz.toFinish)
    await hands.press(finish)
    expect(await hasFocus(button(page, en.finish.cancel))).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await hasFocus(finish)).toBe(true)
    await hands.press(finish)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await hasFocus(finish)).toBe(true)
  })

  test('nowhere when a page is opened again, or saves an answer by itself', async ({ site, page }) => {
    const quiz = await site.publish(quizDocument({ policy: { feedback: 'deferred' } }))
    const [single] = await begin(page, mouse(page), `${site.origin}/play/${quiz}`)
    await give(page, mouse(page), single!, { choice: 'b' })
    await page.getByText(en.quiz.saved, { exact: true }).last().waitFor()
    expect(await hasFocus(page.getByRole('radio', { name: 'Option b' }))).toBe(true)
    await page.reload()
    await atQuestion(page, 1, 3)
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
  })
})

const HEIGHT = 400

async function isInView(locator: Locator): Promise<boolean> {
  const { y, height } = (await locator.boundingBox())!
  return y >= 0 && y + height <= HEIGHT
}

describe('on a phone', () => {
  test('each step shows its beginning', async ({ site, openContext }) => {
    const context = await openContext({ viewport: { width: 390, height: HEIGHT }, isMobile: true, hasTouch: true })
    const page = await context.newPage()
    const description = Array.from({ length: 30 }, (_, line) => `Line ${line}.`).join('\n\n')
    const quiz = await site.publish(quizDocument({ description }))
    await begin(page, mouse(page), `${site.origin}/play/${quiz}`)
    expect(await isInView(heading(page, en.quiz.question(1, 3)))).toBe(true)
    await button(page, en.quiz.next).click()
    await atQuestion(page, 2, 3)
    expect(await isInView(heading(page, en.quiz.question(2, 3)))).toBe(true)
  })
})
