import { describe, expect } from 'vitest'
import { en } from '../../../player/strings/en.ts'
import { startFor } from '../../support/actions.ts'
import { quizDocument } from '../../support/quiz-document.ts'
import { STAFF } from '../../support/staff-words.ts'
import { expectComplaint } from '../support/complaints.ts'
import { learnerAt } from '../support/learner.ts'
import { openQuiz, startQuiz } from '../support/open.ts'
import { test } from '../support/player-test.ts'
import { stopTime } from '../support/time.ts'
import { answerWithProblem } from '../support/refusals.ts'
import { attemptsAt } from '../support/staff-view.ts'

/** A quiz that cannot be taken says why. */

const HOUR_MS = 3_600_000

describe('a quiz that is not to be had', () => {
  test('is told: absent, for named learners, archived', async ({ site, page }) => {
    expectComplaint(page, /status of 404 /)
    const restricted = await site.publish(quizDocument({ access: 'restricted' }))
    const archived = await site.publish()
    await site.host.client.call('DELETE', `/v1/quizzes/${archived}`, STAFF)
    for (const quiz of ['nowhere', restricted, archived, '..', '%2e%2e', 'a/b', '<i>']) {
      const element = `<answerkey-quiz quiz="${quiz.replace('<', '&lt;')}"></answerkey-quiz>`
      await page.goto(site.embed(element))
      await page.getByRole('alert').filter({ hasText: en.problem.noQuiz }).waitFor()
    }
  })

  test('is asked for again at the press of a button', async ({ site, page }) => {
    expectComplaint(page, /status of 404 /)
    await page.goto(site.embed('<answerkey-quiz quiz="comes-later"></answerkey-quiz>'))
    await page.getByRole('alert').waitFor()
    const { body } = await site.host.client.call('PUT', '/v1/quizzes/comes-later', { ...STAFF, body: quizDocument() })
    expect(body.created).toBe(true)
    await page.getByRole('alert').getByRole('button').click()
    await learnerAt(page).startButton.waitFor()
  })

  test('is named by nobody: that is told too', async ({ site, page }) => {
    await page.goto(site.embed('<answerkey-quiz></answerkey-quiz>'))
    await page.getByRole('alert').filter({ hasText: en.problem.noQuiz }).waitFor()
  })
})

describe('a start that is refused', () => {
  test('says when the quiz opens, and works from then on', async ({ site, page }) => {
    expectComplaint(page, /status of 409 /)
    const opensAt = new Date(site.clock.now + HOUR_MS).toISOString()
    await stopTime(site, page)
    const { learner } = await openQuiz(site, page, { opensAt })
    await page.getByText('Opens 5 Jan 2026, 10:00').waitFor()
    await learner.start()
    await page
      .getByRole('alert')
      .filter({ hasText: /The quiz opens 5 Jan 2026, 10:00/ })
      .waitFor()
    site.clock.now += HOUR_MS
    await learner.start()
    await learner.question(1).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('says that the quiz is closed', async ({ site, page }) => {
    expectComplaint(page, /status of 409 /)
    const { quiz, learner } = await openQuiz(site, page, { closesAt: new Date(site.clock.now + HOUR_MS).toISOString() })
    await learner.startButton.waitFor()
    site.clock.now += HOUR_MS
    await learner.start()
    await page.getByRole('alert').filter({ hasText: en.problem.closed }).waitFor()
    expect(await attemptsAt(site, quiz)).toEqual([])
  })

  test('says that no attempts are left', async ({ site, page }) => {
    const { learner } = await openQuiz(site, page)
    await answerWithProblem(page, '**/attempts', { status: 409, code: 'no-attempts-left' })
    await learner.start()
    await page.getByRole('alert').filter({ hasText: en.problem.noAttemptsLeft }).waitFor()
  })

  test('for a reason that the player does not know says it in the words of the server', async ({ site, page }) => {
    const { learner } = await openQuiz(site, page)
    await answerWithProblem(page, '**/attempts', { status: 422, code: 'new-code', detail: 'The moon is not full.' })
    await learner.start()
    await page
      .getByRole('alert')
      .filter({ hasText: `${en.problem.other} The moon is not full.` })
      .waitFor()
  })
})

describe('an attempt that cannot be gone on with', () => {
  test('is told, and another one can be begun', async ({ site, page }) => {
    const { quiz, learner } = await startQuiz(site, page)
    await answerWithProblem(page, '**/responses', { status: 401, code: 'token-expired' })
    await learner.answer('Option b of single')
    await page.getByRole('alert').filter({ hasText: en.problem.ended }).waitFor()
    await page.getByRole('button', { name: en.problem.restart }).click()
    await learner.startButton.waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await learner.start()
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    expect(await attemptsAt(site, quiz)).toHaveLength(2)
  })

  test('because its learner was erased gives way to the quiz', async ({ site, page }) => {
    expectComplaint(page, /status of 40[14] /)
    const quiz = await site.publish(quizDocument({ access: 'restricted' }))
    const { token } = await startFor(site.host, quiz, 'ada')
    await page.goto(site.embed(`<answerkey-quiz token="${token}"></answerkey-quiz>`))
    const learner = learnerAt(page)
    await learner.question(1).waitFor()
    await site.host.client.call('DELETE', '/v1/learners/ada', STAFF)
    await learner.answer('Option b of single')
    await page.getByRole('alert').waitFor()
    expect(await learner.option('Option b').count()).toBe(0)
  })
})
