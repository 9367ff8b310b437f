import { describe, expect } from 'vitest'
import { en } from '../../../player/strings/en.ts'
import { startFor } from '../../support/actions.ts'
import { quizDocument } from '../../support/quiz-document.ts'
import { expectComplaint } from '../support/complaints.ts'
import { learnerAt } from '../support/learner.ts'
import { test } from '../support/player-test.ts'
import type { Site } from '../support/site.ts'
import { attemptsAt, choicesAt } from '../support/staff-view.ts'

/** An attempt that a backend started is played with its token, and the player keeps that nowhere. */

const restricted = (policy: object = {}) => quizDocument({ access: 'restricted', policy })

/** A quiz for named learners, an attempt at it, and an element with its token. */
async function given(site: Site, policy: object = {}) {
  const quiz = await site.publish(restricted(policy))
  const { token } = await startFor(site.host, quiz, 'ada')
  return { quiz, token, element: `<answerkey-quiz token="${token}"></answerkey-quiz>` }
}

/** In the page: all that is stored for this origin. */
const stored = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])

describe('a token in the attribute', () => {
  test('is for its attempt, and is stored nowhere, nor is one that comes after it', async ({ site, page }) => {
    const { quiz, token, element } = await given(site)
    const tokens = new Set([token])
    page.on('response', async (response) => {
      if (response.request().method() !== 'OPTIONS' && response.url().includes('/v1/attempts/')) {
        tokens.add((await response.json()).token)
      }
    })
    const learner = learnerAt(page)
    await page.goto(site.embed(element))
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    await learner.goTo(3)
    await learner.option(en.controls.true).check()
    const kept = await page.evaluate(stored)
    await page.reload()
    await learner.question(3).waitFor()
    expect(await learner.option(en.controls.true).isChecked()).toBe(true)
    await learner.handIn()
    await learner.outcome.waitFor()
    expect(tokens.size).toBeGreaterThan(1)
    for (const each of tokens) expect(kept + (await page.evaluate(stored))).not.toContain(each)
    expect(await page.getByRole('button', { name: en.review.again }).count()).toBe(0)
    expect(await attemptsAt(site, quiz)).toMatchObject([{ learner: { id: 'ada' }, status: 'finished', score: 1 }])
  })

  test('that is cut off is told, and nothing is asked', async ({ site, page }) => {
    const { quiz, token } = await given(site)
    const asked: string[] = []
    page.on('request', (request) => void asked.push(request.url()))
    const broken = [
      token.slice(0, 60),
      'nonsense',
      `${token.slice(0, -3)}\u{1f511}`,
      'a.e30.b',
      token.replaceAll('.', ' '),
    ]
    for (const each of broken) {
      await page.goto(site.embed(`<answerkey-quiz quiz="${quiz}" token="${each}"></answerkey-quiz>`))
      await page.getByRole('alert').filter({ hasText: en.problem.badToken }).waitFor()
    }
    expect(asked.filter((url) => url.includes('/v1/'))).toEqual([])
  })

  test('that is forged, of another server or too old is told, and no other attempt is begun', async ({
    site,
    page,
  }) => {
    expectComplaint(page, /status of 401 /)
    const { quiz, token } = await given(site)
    const [header, payload, signature] = token.split('.')
    const forged = `${header}.${payload}.${[...signature!].toReversed().join('')}`
    for (const [each, days] of [
      [forged, 0],
      [token, 31],
    ] as const) {
      site.clock.now += days * 86_400_000
      await page.goto(site.embed(`<answerkey-quiz quiz="${quiz}" token="${each}"></answerkey-quiz>`))
      await page.getByRole('alert').filter({ hasText: en.problem.ended }).waitFor()
      await page.getByRole('button', { name: en.problem.retry }).click()
      await page.getByRole('alert').filter({ hasText: en.problem.ended }).waitFor()
      expect(await page.getByRole('button', { name: en.problem.restart }).count()).toBe(0)
    }
    expect(await attemptsAt(site, quiz)).toHaveLength(1)
  })

  test('can be changed for that of another attempt while the page is open', async ({ site, page }) => {
    const one = await given(site)
    const other = await given(site)
    const learner = learnerAt(page)
    await page.goto(site.embed(one.element))
    await learner.goTo(3)
    await learner.answer(en.controls.true)
    await learner.verdict(en.result.correct).waitFor()
    await page.locator('answerkey-quiz').evaluate((element, token) => element.setAttribute('token', token), other.token)
    await learner.question(1).waitFor()
    await learner.inOutline(3, 'unanswered').waitFor({ state: 'attached' })
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    expect(await choicesAt(site, one.quiz)).toEqual(['truth: true'])
    expect(await choicesAt(site, other.quiz)).toEqual(['single: b'])
  })

  test('that is taken away leaves what is the browser’s own', async ({ site, page }) => {
    const { token } = await given(site)
    const open = await site.publish()
    await page.goto(site.embed(`<answerkey-quiz quiz="${open}" token="${token}"></answerkey-quiz>`))
    const learner = learnerAt(page)
    await learner.question(1).waitFor()
    await page.locator('answerkey-quiz').evaluate((element) => element.removeAttribute('token'))
    await learner.start()
    await learner.question(1).waitFor()
    expect(await attemptsAt(site, open)).toMatchObject([{ learner: null }])
  })
})

const address = (site: Site, quiz: string, token?: string) =>
  `${site.origin}/play/${quiz}${token ? `#token=${token}` : ''}`

describe('the page of a quiz', () => {
  test('takes the token out of the address, and a reload keeps it for this tab alone', async ({
    site,
    page,
    context,
  }) => {
    const { quiz, token } = await given(site)
    const learner = learnerAt(page)
    await page.goto(address(site, quiz, token))
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    expect(page.url()).toBe(address(site, quiz))
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(token)
    await page.reload()
    await learner.verdict(en.result.correct).waitFor()
    expect(page.url()).toBe(address(site, quiz))
    expect(await page.title()).toBe('Three questions')

    expectComplaint(page, /status of 404 /)
    const other = await context.newPage()
    await other.goto(address(site, quiz))
    await other.getByRole('alert').filter({ hasText: en.problem.noQuiz }).waitFor()
  })

  test('follows a link to another attempt', async ({ site, page }) => {
    const { quiz, token } = await given(site)
    const { token: next } = await startFor(site.host, quiz, 'grace')
    const learner = learnerAt(page)
    await page.goto(address(site, quiz, token))
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    await page.evaluate((hash) => void (location.hash = hash), `token=${next}`)
    await learner.inOutline(1, 'unanswered').waitFor({ state: 'attached' })
    expect(page.url()).toBe(address(site, quiz))
  })

  test('does without the storage of the browser', async ({ site, page }) => {
    const { quiz, token } = await given(site)
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('Access is denied', 'SecurityError')
          },
        })
      }
    })
    const learner = learnerAt(page)
    await page.goto(address(site, quiz, token))
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    expect(page.url()).toBe(address(site, quiz))
  })
})
