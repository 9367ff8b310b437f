import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../../player/strings/en.ts'
import { quizDocument, singleChoice, trueFalse } from '../../support/quiz-document.ts'
import { expectComplaint } from '../support/complaints.ts'
import { listenForEvents, typesHeardBy } from '../support/events.ts'
import { learnerAt } from '../support/learner.ts'
import { hold, refuse } from '../support/network.ts'
import { openQuiz, startQuiz } from '../support/open.ts'
import { test } from '../support/player-test.ts'
import { attemptsAt, choicesAt } from '../support/staff-view.ts'
import { stopTime } from '../support/time.ts'

/** Whatever a page does with its elements, each of them is at one quiz, and at peace with the others. */

const elementOf = (quiz: string) => `<answerkey-quiz quiz="${quiz}"></answerkey-quiz>`

/** Another quiz, whose question has the id that one of the first has. */
const otherDocument = () =>
  quizDocument({ title: 'Another quiz', questions: [trueFalse('first'), singleChoice('single', { key: 'a' })] })

describe('an element', () => {
  test('that is moved stays at its question, with what is chosen there', async ({ site, page }) => {
    const { learner } = await startQuiz(site, page)
    await learner.goTo(3)
    await learner.option(en.controls.true).check()
    await moveToEnd(page)
    await learner.question(3).waitFor()
    expect(await learner.option(en.controls.true).isChecked()).toBe(true)
  })

  test('that is moved while it asks whether to hand in asks no more', async ({ site, page }) => {
    const { learner } = await startQuiz(site, page)
    await learner.goTo(3)
    await page.getByRole('button', { name: en.quiz.toFinish, exact: true }).last().click()
    await page.getByRole('dialog').waitFor()
    await moveToEnd(page)
    await learner.question(3).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await learner.handIn()
    await learner.outcome.waitFor()
  })

  for (const [fate, status] of [
    ['taken', 200],
    ['refused', 409],
  ] as const) {
    test(`that is removed while it sends what is ${fate} says nothing any more, and knows when it is back`, async ({
      site,
      page,
    }) => {
      await listenForEvents(page)
      const { quiz, learner } = await startQuiz(site, page)
      const arrived = Promise.withResolvers<void>()
      const removed = Promise.withResolvers<void>()
      await page.route(
        '**/responses',
        async (route) => {
          const response = await route.fetch()
          arrived.resolve()
          await removed.promise
          await route.fulfill({ response, ...(status === 409 && { status, body: refusalOf(await response.json()) }) })
        },
        { times: 1 },
      )
      if (status === 409) expectComplaint(page, /status of 409 /)
      await learner.answer('Option b of single')
      await arrived.promise
      const element = await page.locator('answerkey-quiz').evaluateHandle((quizElement) => {
        quizElement.remove()
        return quizElement
      })
      const over = page.waitForResponse('**/responses')
      removed.resolve()
      await (await over).finished()
      expect(await typesHeardBy(page)).toEqual(['loaded'])
      await element.evaluate((quizElement) => document.querySelector('main')!.append(quizElement))
      await learner.verdict(en.result.correct).waitFor()
      await expect.poll(() => typesHeardBy(page)).toEqual(['loaded', 'loaded', 'answered'])
      expect(await choicesAt(site, quiz)).toEqual(['single: b'])
    })
  }

  test('that a script creates plays; one that it drops again at once asks for nothing', async ({ site, page }) => {
    const quiz = await site.publish()
    const asked = requestsOf(page)
    await page.goto(site.embed(''))
    await page.waitForFunction(() => customElements.get('answerkey-quiz'))
    await page.evaluate(async (id) => {
      const dropped = document.createElement('answerkey-quiz')
      dropped.setAttribute('quiz', id)
      document.body.append(dropped)
      dropped.remove()
      await (dropped as unknown as { updateComplete: Promise<unknown> }).updateComplete
      dropped.setAttribute('quiz', `${id}-2`)
      await (dropped as unknown as { updateComplete: Promise<unknown> }).updateComplete
    }, quiz)
    expect(asked).toEqual([])
    await page.evaluate((id) => {
      const made = Object.assign(document.createElement('answerkey-quiz'), { quiz: id })
      document.querySelector('main')!.append(made)
    }, quiz)
    const learner = learnerAt(page)
    await learner.start()
    await learner.question(1).waitFor()
    expect(asked).toEqual([`GET /v1/quizzes/${quiz}`, `POST /v1/quizzes/${quiz}/attempts`])
  })

  test('whose quiz is changed is at the beginning of the other', async ({ site, page }) => {
    await listenForEvents(page)
    const { learner } = await startQuiz(site, page)
    const other = await site.publish(otherDocument())
    await learner.goTo(3)
    await learner.goTo(1)
    await page.locator('answerkey-quiz').evaluate((element, id) => element.setAttribute('quiz', id), other)
    await page.getByRole('heading', { name: 'Another quiz' }).waitFor()
    await learner.start()
    await learner.question(1, 2).waitFor()
    await learner.answer(en.controls.true)
    await learner.verdict(en.result.correct).waitFor()
    expect(await choicesAt(site, other)).toEqual(['first: true'])
    expect(await typesHeardBy(page)).toEqual(['loaded', 'loaded', 'answered'])
  })

  test('whose quiz is changed before the first was there shows the last alone', async ({ site, page }) => {
    await listenForEvents(page)
    const [first, last] = [await site.publish(), await site.publish(otherDocument())]
    const held = await hold(page, `**/v1/quizzes/${first}`)
    await page.goto(site.embed(elementOf(first)))
    await held.answered
    await page.locator('answerkey-quiz').evaluate((element, id) => element.setAttribute('quiz', id), last)
    await page.getByRole('heading', { name: 'Another quiz' }).waitFor()
    const over = page.waitForResponse(`**/v1/quizzes/${first}`)
    held.release()
    await (await over).finished()
    await page.getByRole('heading', { name: 'Another quiz' }).waitFor()
    expect(await typesHeardBy(page)).toEqual(['loaded'])
  })
})

describe('two elements on a page', () => {
  test('with two quizzes have nothing to do with each other', async ({ site, page }) => {
    const [one, other] = [await site.publish(), await site.publish(otherDocument())]
    await page.goto(site.embed(elementOf(one) + elementOf(other)))
    const [first, second] = [0, 1].map((index) => learnerAt(page.locator('answerkey-quiz').nth(index)))
    await first!.start()
    await second!.start()
    await second!.goTo(2)
    await second!.answer('Option a of single')
    await second!.verdict(en.result.correct).waitFor()
    await first!.answer('Option a of single')
    await first!.verdict(en.result.incorrect).waitFor()
    expect(await choicesAt(site, one)).toEqual(['single: a'])
    expect(await choicesAt(site, other)).toEqual(['single: a'])
  })

  test('with one quiz are at one attempt, and agree', async ({ site, page }) => {
    const quiz = await site.publish()
    await page.goto(site.embed(elementOf(quiz) + elementOf(quiz)))
    const [first, second] = [0, 1].map((index) => learnerAt(page.locator('answerkey-quiz').nth(index)))
    await first!.start()
    await second!.question(1).waitFor()
    await second!.goTo(3)
    await first!.answer('Option b of single')
    await second!.inOutline(1, 'correct').waitFor({ state: 'attached' })
    await second!.answer(en.controls.true)
    await first!.inOutline(3, 'correct').waitFor({ state: 'attached' })
    await second!.handIn()
    await first!.outcome.waitFor()
    expect(await attemptsAt(site, quiz)).toMatchObject([{ status: 'finished', score: 2 }])
  })
})

test('what is chosen when an element is removed is saved at once', async ({ site, page }) => {
  await stopTime(site, page)
  const { quiz, learner } = await startQuiz(site, page, { feedback: 'deferred' })
  await learner.option('Option b of single').check()
  const saved = page.waitForResponse('**/responses')
  await page.locator('answerkey-quiz').evaluate((element) => element.remove())
  await (await saved).finished()
  expect(await choicesAt(site, quiz)).toEqual(['single: b'])
})

test('what could not be sent before an element was removed is sent when it is back, and not before', async ({
  site,
  page,
}) => {
  await stopTime(site, page)
  const { quiz, learner } = await startQuiz(site, page, { feedback: 'deferred' })
  await refuse(page, '**/responses')
  await learner.option('Option b of single').check()
  const element = await page.locator('answerkey-quiz').evaluateHandle((quizElement) => {
    quizElement.remove()
    return quizElement
  })
  await page.unroute('**/responses')
  await page.clock.runFor(60_000)
  expect(await choicesAt(site, quiz)).toEqual([])
  await element.evaluate((quizElement) => document.body.append(quizElement))
  await page.getByText(en.quiz.saved, { exact: true }).first().waitFor()
  expect(await choicesAt(site, quiz)).toEqual(['single: b'])
})

test('nothing is asked twice of a quiz that is only looked at', async ({ site, page }) => {
  const asked = requestsOf(page)
  const { quiz, learner } = await openQuiz(site, page)
  await learner.startButton.waitFor()
  expect(asked).toEqual([`GET /v1/quizzes/${quiz}`])
})

/** What goes to the API from here on: `GET /v1/quizzes/basics`. */
function requestsOf(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/v1/')) asked.push(`${request.method()} ${pathname}`)
  })
  return asked
}

async function moveToEnd(page: Page): Promise<void> {
  await page.locator('answerkey-quiz').evaluate((element) => document.body.append(element))
}

/** What the server says of a response to a question that is closed. */
function refusalOf({ results }: { results: object[] }): string {
  return JSON.stringify({
    type: 'about:no-tries-left',
    title: 'No tries left',
    status: 409,
    detail: 'The question is closed.',
    instance: 'req_test',
    code: 'no-tries-left',
    results: results.map((result) => ({ ...result, refused: 'no-tries-left' })),
  })
}
