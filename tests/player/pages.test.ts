import { describe, expect } from 'vitest'
import { en } from '../../player/strings/en.ts'
import { STAFF } from '../support/staff-words.ts'
import { startFor } from '../support/actions.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { expectComplaint } from './support/complaints.ts'
import { test } from './support/player-test.ts'
import { atQuestion, button, heading } from './support/taking.ts'

/** The pages around the player, from the first to which somebody comes. */

describe('the page of quizzes', () => {
  test('shows what there is, and leads to the player of each', async ({ site, page }) => {
    await site.publish(quizDocument({ title: 'First quiz', description: 'About **nothing**.' }))
    await site.publish(quizDocument({ title: 'Second quiz', policy: { timeLimitSeconds: 600 } }))
    await page.goto(site.origin)
    const card = (title: string) => page.getByRole('article').filter({ has: heading(page, title) })
    expect(await card('First quiz').innerText()).toMatch(/About nothing\.[^]*3 questions · 5 points/)
    expect(await card('Second quiz').innerText()).toContain('10 minutes')
    await page.getByRole('link', { name: 'Take the quiz: Second quiz' }).click()
    await page.getByRole('heading', { name: 'Second quiz' }).first().waitFor()
    await page.getByText('10 minutes, from the start').waitFor()
    expect(await page.title()).toBe('Second quiz')
    await button(page, en.intro.start).click()
    await atQuestion(page, 1, 3)
    await page.getByRole('link', { name: 'Answerkey' }).click()
    await heading(page, 'Quizzes').waitFor()
  })
})

describe('the page of a quiz', () => {
  test('says so when there is no such quiz', async ({ site, page }) => {
    expectComplaint(page, /404/)
    await page.goto(`${site.origin}/play/nowhere`)
    await page.getByRole('alert').getByText(en.problem.noQuiz).waitFor()
  })

  test('says so when the quiz is for those who were given a token, and goes on with one', async ({ site, page }) => {
    expectComplaint(page, /40[134]/)
    const quiz = await site.publish(quizDocument({ access: 'restricted' }))
    await page.goto(`${site.origin}/play/${quiz}`)
    await page.getByRole('alert').getByText(en.problem.noQuiz).waitFor()
    const run = await startFor(site.host, quiz, 'ada')
    await page.goto(`${site.origin}/play/${quiz}#token=${run.token}`)
    await atQuestion(page, 1, 3)
    expect(page.url()).toBe(`${site.origin}/play/${quiz}`)
  })

  test('says so when the quiz is not open yet or closed, and starts when it is open', async ({ site, page }) => {
    expectComplaint(page, /40[39]/)
    const [opensAt, closesAt] = ['2026-01-05T10:00:00Z', '2026-01-05T11:00:00Z']
    const quiz = await site.publish(quizDocument({ policy: { opensAt, closesAt } }))
    await page.goto(`${site.origin}/play/${quiz}`)
    await button(page, en.intro.start).click()
    await page
      .getByRole('alert')
      .getByText(/^The quiz opens 5 Jan 2026, 10:00/)
      .waitFor()
    site.clock.now = Date.parse(closesAt)
    await button(page, en.intro.start).click()
    await page.getByRole('alert').getByText(en.problem.closed).waitFor()
    site.clock.now = Date.parse(opensAt)
    await button(page, en.intro.start).click()
    await atQuestion(page, 1, 3)
  })

  test('says so when a quiz was archived before it was begun', async ({ site, page }) => {
    expectComplaint(page, /404/)
    const quiz = await site.publish()
    await page.goto(`${site.origin}/play/${quiz}`)
    await button(page, en.intro.start).waitFor()
    await site.host.client.call('DELETE', `/v1/quizzes/${quiz}`, STAFF)
    await button(page, en.intro.start).click()
    await page.getByRole('alert').getByText(en.problem.noQuiz).waitFor()
  })
})
