import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../player/strings/en.ts'
import { publish } from '../support/actions.ts'
import { expectComplaint } from './support/complaints.ts'
import { essay, gallery, single, truth } from './support/gallery/document.ts'
import { test } from './support/gallery/gallery-test.ts'
import { introduce, play, press } from './support/gallery/stage.ts'
import { installTools } from './support/page-tools.ts'
import { goOffline, goOnline, hold } from './support/network.ts'

/** Where the focus is after each step: on what came of it. */

const TWO = [single, truth]

/** What has the focus, by its text or its name. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const active = window.answerkeyTest.active()
    return active === document.body ? 'nothing' : (active?.getAttribute('aria-label') ?? active?.textContent?.trim())
  })

async function expectFocus(page: Page, name: string): Promise<void> {
  await expect.poll(() => focused(page)).toBe(name)
}

describe('the focus is', () => {
  test("on the question's heading after the start, and on that of the next one after Next", async ({
    stage,
    stage: { page },
  }) => {
    await installTools(page)
    await introduce(stage, gallery({}, TWO))
    await press(page, en.intro.start)
    await expectFocus(page, en.quiz.question(1, 2))
    await press(page, en.quiz.next)
    await expectFocus(page, en.quiz.question(2, 2))
    await press(page, en.quiz.previous)
    await expectFocus(page, en.quiz.question(1, 2))
    await press(page, `${en.quiz.shortQuestion(2)}, ${en.status.unanswered}`)
    await expectFocus(page, en.quiz.question(2, 2))
  })

  test('on the verdict after Check, each time', async ({ stage, stage: { page } }) => {
    await installTools(page)
    await play(stage, gallery({ tries: 3 }, [truth]))
    await page.getByRole('radio', { name: en.controls.true }).check()
    await press(page, en.quiz.check)
    await expectFocus(page, en.result.incorrect)
    await page.getByRole('radio', { name: en.controls.false }).check()
    await press(page, en.quiz.checkAgain)
    await expectFocus(page, en.result.correct)
  })

  test('still on Check while the answer is on its way, and after it was pressed with nothing chosen', async ({
    stage,
    stage: { page },
  }) => {
    await installTools(page)
    await play(stage, gallery({}, [truth]))
    await press(page, en.quiz.check)
    await page.getByRole('alert').filter({ hasText: en.quiz.missing.answer }).waitFor()
    await expectFocus(page, en.quiz.check)
    await page.getByRole('radio', { name: en.controls.true }).check()
    const held = await hold(page, '**/responses')
    await press(page, en.quiz.check)
    await held.answered
    await expectFocus(page, en.quiz.checking)
    held.release()
    await expectFocus(page, en.result.incorrect)
  })

  test('on the button that opened the dialog, when that is cancelled by its button or by Escape', async ({
    stage,
    stage: { page },
  }) => {
    await installTools(page)
    await play(stage, gallery({}, TWO))
    const open = page.getByRole('button', { name: en.quiz.toFinish })
    for (const cancel of [() => press(page, en.finish.cancel), () => page.keyboard.press('Escape')]) {
      await open.focus()
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: en.finish.title }).waitFor()
      await cancel()
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
      await expectFocus(page, en.quiz.toFinish)
    }
  })

  test("on the outcome's heading after handing in, and on the introduction's after taking it again", async ({
    stage,
    stage: { page },
  }) => {
    await installTools(page)
    await introduce(stage, gallery({}, TWO))
    await press(page, en.intro.start)
    await press(page, en.quiz.toFinish)
    await press(page, en.finish.confirm)
    await expectFocus(page, en.review.failed)
    await press(page, en.review.again)
    await expectFocus(page, 'What a container is made of')
  })

  test('where it was before, when a folded outline is unfolded', async ({ stage, stage: { page } }) => {
    await installTools(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await play(stage, gallery({}, TWO))
    await press(page, en.quiz.outline)
    await expectFocus(page, en.quiz.outline)
    await press(page, `${en.quiz.shortQuestion(2)}, ${en.status.unanswered}`)
    await expectFocus(page, en.quiz.question(2, 2))
  })

  test('still on Start when the start is refused', async ({ stage, stage: { page } }) => {
    await installTools(page)
    await introduce(stage, gallery({ opensAt: '2030-01-01T08:00:00Z' }))
    expectComplaint(page, /409/)
    await press(page, en.intro.start)
    await page.getByRole('alert').waitFor()
    await expectFocus(page, en.intro.start)
  })

  test('on the heading when the connection is back, and the button to try again gone', async ({
    stage,
    stage: { page },
  }) => {
    await installTools(page)
    await play(stage, gallery({}, TWO))
    await goOffline(page)
    await page.getByRole('radio').first().check()
    await press(page, en.quiz.check)
    await page.getByText(en.problem.offline).waitFor()
    await press(page, en.quiz.next)
    await page.getByRole('button', { name: en.problem.retry }).focus()
    await goOnline(page)
    await page.getByText(en.problem.offline).waitFor({ state: 'detached' })
    await expectFocus(page, en.quiz.question(2, 2))
  })

  test('on the heading of the quiz when there is one, after a problem', async ({ site, stage: { page } }) => {
    await installTools(page)
    expectComplaint(page, /404/)
    await page.goto(`${site.origin}/play/later`)
    await page.getByRole('alert').waitFor()
    await publish(site.host, gallery(), 'later')
    await press(page, en.problem.retry)
    await expectFocus(page, 'What a container is made of')
  })

  test('on a question that a long outline, which scrolls by itself, shows as the current one', async ({
    stage,
    stage: { page },
  }) => {
    await installTools(page)
    await page.setViewportSize({ width: 1200, height: 260 })
    await play(stage, gallery(), {}, 1)
    const last = page.getByRole('button', { name: `${en.quiz.shortQuestion(10)}, ${en.status.unanswered}` })
    const isInSight = () => last.evaluate((chip) => window.answerkeyTest.isAt(chip))
    expect(await isInSight()).toBe(false)
    for (let next = 2; next <= 10; next++) await press(page, en.quiz.next)
    await expectFocus(page, en.quiz.question(10, 10))
    await expect.poll(isInSight).toBe(true)
  })

  test('nowhere after a reload: nothing takes it by itself', async ({ stage, stage: { page } }) => {
    await installTools(page)
    await play(stage, gallery({}, TWO), { responses: { single: { choice: 'golang' } } })
    await page.reload()
    await page.getByRole('progressbar').waitFor()
    expect(await focused(page)).toBe('nothing')
  })

  test('in the field in which somebody types, when a save is acknowledged', async ({ stage, stage: { page } }) => {
    await installTools(page)
    await play(stage, gallery({ feedback: 'deferred' }, [essay]))
    await page.getByRole('textbox').pressSequentially('Why?')
    await page.getByText(en.quiz.saved).first().waitFor()
    expect(await page.getByRole('textbox').evaluate((field) => window.answerkeyTest.active() === field)).toBe(true)
  })

  test("elsewhere on the page, when the attempt ends by itself: that is the page's", async ({
    site,
    stage: { page },
  }) => {
    const quiz = await site.publish(gallery({}, [truth]))
    await installTools(page)
    await page.goto(site.embed(`<answerkey-quiz quiz="${quiz}"></answerkey-quiz><input aria-label="Notes" />`))
    await press(page, en.intro.start)
    await page.getByRole('radio').first().check()
    const held = await hold(page, '**/responses')
    await press(page, en.quiz.check)
    await held.answered
    await page.getByRole('textbox', { name: 'Notes' }).focus()
    held.release()
    await page.getByRole('heading', { name: en.result.incorrect }).waitFor()
    expect(await focused(page)).toBe('Notes')
  })
})
