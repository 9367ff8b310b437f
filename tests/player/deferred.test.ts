import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../player/strings/en.ts'
import { canary, findCanaries } from '../support/canaries.ts'
import { everyType, withUnits } from '../support/every-type.ts'
import { type Json, multipleChoice, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { give } from './support/answering.ts'
import { ANSWERS, ESSAY } from './support/every-answer.ts'
import { mouse } from './support/hands.ts'
import { resultOnServer } from './support/on-server.ts'
import { test } from './support/player-test.ts'
import type { Site } from './support/site.ts'
import { atQuestion, begin, button, handIn, heading, rowsOf, textOf } from './support/taking.ts'

/** Where verdicts come at the end, answers are saved by themselves, and the last one counts. */

const play = (site: Site, quiz: string) => `${site.origin}/play/${quiz}`
const publish = (site: Site, questions: Json[], policy: Json = {}) =>
  site.publish(quizDocument({ policy: { feedback: 'deferred', ...policy }, questions }))
const saved = (page: Page) => page.getByText(en.quiz.saved, { exact: true }).last()

describe('before the end', () => {
  test('nothing tells what is right: no text, no markup, no answer of the server', async ({ site, page }) => {
    const hands = mouse(page)
    const heard: Promise<string>[] = []
    page.on('response', (response) => {
      if (response.url().includes('/v1/')) heard.push(response.text())
    })
    const quiz = await site.publish(everyType({ feedback: 'deferred' }))
    const questions = await begin(page, hands, play(site, quiz))
    const shown: string[] = []
    for (const [index, question] of questions.entries()) {
      await atQuestion(page, index + 1, questions.length)
      await give(page, hands, question, ANSWERS[question.id]?.wrong[0] ?? ESSAY)
      if (index + 1 < questions.length) await button(page, en.quiz.nextQuestion).click()
    }
    await saved(page).waitFor()
    for (const number of questions.keys()) {
      await button(page, `${en.quiz.shortQuestion(number + 1)}, ${en.status.answered}`).click()
      await atQuestion(page, number + 1, questions.length)
      shown.push(await page.locator('answerkey-quiz').evaluate((player) => player.shadowRoot!.innerHTML))
      expect(await textOf(page)).not.toMatch(/correct|right|wrong|hint|explanation|of \d+ points|tr(y|ies) left/i)
    }
    const bodies = await Promise.all(heard)
    expect(bodies.length).toBeGreaterThan(questions.length)
    expect(findCanaries([...bodies, ...shown].join('\n'))).toEqual([])

    await handIn(page, hands)
    expect(findCanaries((await Promise.all(heard)).at(-1)!)).not.toEqual([])
  })
})

describe('an answer', () => {
  test('is saved by itself, and is there after a reload', async ({ site, page }) => {
    const quiz = await publish(site, [singleChoice('single')])
    const [question] = await begin(page, mouse(page), play(site, quiz))
    await give(page, mouse(page), question!, { choice: 'a' })
    await saved(page).waitFor()
    expect(await resultOnServer(site, quiz, 'single')).toMatchObject({ response: { choice: 'a' } })
    await page.reload()
    await saved(page).waitFor()
    expect(await page.getByRole('radio', { name: 'Option a of single' }).isChecked()).toBe(true)
  })

  test('can be changed until the end, and the last one counts', async ({ site, page }) => {
    const quiz = await publish(site, [singleChoice('single')])
    const [question] = await begin(page, mouse(page), play(site, quiz))
    await give(page, mouse(page), question!, { choice: 'a' })
    await saved(page).waitFor()
    // Handed in before it is saved by itself.
    await give(page, mouse(page), question!, { choice: 'b' })
    await handIn(page, mouse(page))
    await page.getByText('1 of 1 point', { exact: true }).waitFor()
  })

  test('is taken back by leaving nothing chosen', async ({ site, page }) => {
    const quiz = await publish(site, [multipleChoice('multiple')])
    const [question] = await begin(page, mouse(page), play(site, quiz))
    await give(page, mouse(page), question!, { choices: ['p', 'q', 'r'] })
    await saved(page).waitFor()
    const answer = page.waitForResponse(/\/responses$/)
    await give(page, mouse(page), question!, { choices: [] })
    await (await answer).finished()
    await saved(page).waitFor()
    expect(await resultOnServer(site, quiz, 'multiple')).toMatchObject({ response: { choices: [] } })
    await handIn(page, mouse(page))
    await page.getByText('0 of 3 points', { exact: true }).waitFor()
  })

  test('that is not whole says that it is not saved, and what was saved before counts', async ({ site, page }) => {
    const quiz = await publish(site, [withUnits('size')])
    const [question] = await begin(page, mouse(page), play(site, quiz))
    const number = page.getByRole('textbox', { name: en.controls.number })
    await number.pressSequentially('5')
    await page.getByText(en.quiz.unsaved, { exact: true }).waitFor()
    await give(page, mouse(page), question!, ANSWERS['size']!.right)
    await saved(page).waitFor()
    await number.fill('5 tons')
    await page.getByText(`${en.quiz.unsaved} ${en.quiz.savedBefore}`, { exact: true }).waitFor()
    await handIn(page, mouse(page))
    await page.getByText('2 of 2 points', { exact: true }).waitFor()
  })
})

describe('handing in', () => {
  test('says what is not answered, and can be thought over', async ({ site, page }) => {
    const quiz = await site.publish(quizDocument({ policy: { feedback: 'deferred' } }))
    const [question] = await begin(page, mouse(page), play(site, quiz))
    await give(page, mouse(page), question!, { choice: 'a' })
    await button(page, en.quiz.toFinish).click()
    const dialog = page.getByRole('dialog', { name: en.finish.title })
    await dialog.getByText(en.finish.unanswered(2)).waitFor()
    await dialog.getByRole('button', { name: en.finish.cancel }).click()
    await give(page, mouse(page), question!, { choice: 'b' })
    await button(page, en.quiz.nextQuestion).click()
    await page.getByRole('checkbox', { name: 'Option p' }).click()
    await button(page, en.quiz.nextQuestion).click()
    await page.getByRole('radio', { name: en.controls.true }).click()
    await button(page, en.quiz.toFinish).last().click()
    await dialog.getByText(en.finish.allAnswered).waitFor()
    await dialog.getByRole('button', { name: en.finish.confirm }).click()
    // One of one, one of three, one of one.
    await page.getByText('3 of 5 points', { exact: true }).waitFor()
  })

  test('shows by section what came of it, and leads through the questions with all that there is to say', async ({
    site,
    page,
  }) => {
    const sections = [
      { id: 'one', title: 'First part' },
      { id: 'two', title: 'Second part' },
    ]
    const questions = [singleChoice('single'), multipleChoice('multiple'), singleChoice('other', { section: 'two' })]
    const finished = ['verdict', 'score', 'feedback', 'explanation', 'answer', 'unanswered']
    const document = quizDocument({ policy: { feedback: 'deferred', review: { finished } }, sections, questions })
    const hands = mouse(page)
    const served = await begin(page, hands, play(site, await site.publish(document)))
    await give(page, hands, served[0]!, { choice: 'b' })
    await button(page, en.quiz.nextQuestion).click()
    await give(page, hands, served[1]!, { choices: ['p', 'q'] })
    await handIn(page, hands)
    await heading(page, en.review.failed).waitFor()
    expect(await rowsOf(page.getByRole('table'))).toEqual([
      ['First part', '3 of 4 points'],
      ['Second part', '0 of 1 point'],
    ])

    const told = [
      ['1 of 1 point', canary('single', 'correct'), canary('single', 'explanation')],
      ['2 of 3 points', canary('multiple', 'partly'), canary('multiple', 'explanation')],
      ['Not answered', 'Option b of other Right answer', canary('other', 'explanation')],
    ]
    await button(page, en.review.questions).click()
    for (const [index, all] of told.entries()) {
      if (index > 0) await button(page, en.quiz.nextQuestion).click()
      await atQuestion(page, index + 1, 3)
      const text = await textOf(page)
      for (const said of all) expect(text).toContain(said)
      expect(await page.getByRole('article').locator('input:enabled').count()).toBe(0)
    }
    await page.getByRole('article').getByRole('button', { name: en.quiz.toOverview }).click()
    await heading(page, en.review.failed).waitFor()
  })
})
