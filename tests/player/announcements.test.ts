import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../player/strings/en.ts'
import { gallery, multiple, truth } from './support/gallery/document.ts'
import { test } from './support/gallery/gallery-test.ts'
import { play, press } from './support/gallery/stage.ts'
import { goOffline, goOnline, hold } from './support/network.ts'
import { advance, stopTime } from './support/time.ts'

/** What a screen reader reads out by itself, though the focus is elsewhere. */

const says = (page: Page, words: string) =>
  page.getByRole('status').filter({ hasText: words }).waitFor({ state: 'attached' })

const TWO = [truth, multiple]

describe('it is read out', () => {
  test('that the quiz is being loaded', async ({ site, stage: { page } }) => {
    await hold(page, '**/v1/quizzes/*')
    await page.goto(`${site.origin}/play/${await site.publish(gallery())}`)
    await says(page, en.intro.loading)
  })

  test('that an answer is saved', async ({ stage, stage: { page } }) => {
    await play(stage, gallery({ feedback: 'deferred' }, TWO))
    await page.getByRole('radio').first().check()
    await says(page, en.quiz.saved)
  })

  test('each time that one is saved, though the words are the same', async ({ stage, stage: { page } }) => {
    await play(stage, gallery({ feedback: 'deferred' }, TWO))
    await page.getByRole('radio').first().check()
    await says(page, en.quiz.saved)
    const read = page.evaluate(readOut)
    await page.getByRole('radio').last().check()
    expect(await read).toBe(en.quiz.saved)
  })

  test('what came of an answer that arrives while another question is looked at', async ({
    stage,
    stage: { page },
  }) => {
    await play(stage, gallery({}, TWO))
    await page.getByRole('radio', { name: en.controls.true }).check()
    const held = await hold(page, '**/responses')
    await press(page, en.quiz.check)
    await held.answered
    await press(page, en.quiz.next)
    held.release()
    await says(page, `${en.quiz.shortQuestion(1)}, ${en.status.incorrect}`)
  })

  test('that the connection is lost, and that it is back', async ({ stage, stage: { page } }) => {
    await play(stage, gallery({}, TWO))
    await page.getByRole('radio').first().check()
    await goOffline(page)
    await press(page, en.quiz.check)
    await says(page, en.problem.lost)
    await goOnline(page)
    await says(page, en.problem.back)
  })

  test('how much time is left, and that it is up', async ({ site, stage, stage: { page } }) => {
    await stopTime(site, page)
    await play(stage, gallery({ timeLimitSeconds: 302 }, TWO))
    await advance(site, page, 3000)
    await says(page, en.time.remaining(en.time.minutes(5)))
    await advance(site, page, 240_000)
    await says(page, en.time.remaining(en.time.minutes(1)))
    await advance(site, page, 60_000)
    await says(page, en.time.up)
  })
})

/** In the page: the next words that are put into a live region. */
function readOut(): Promise<string> {
  return new Promise((resolve) => {
    const root = document.querySelector('answerkey-quiz')!.shadowRoot!
    const region = [...root.querySelectorAll('[role=status]')].at(-1)!
    new MutationObserver(() => {
      const text = region.textContent.trim()
      if (text !== '') resolve(text)
    }).observe(region, { childList: true, characterData: true, subtree: true })
  })
}
