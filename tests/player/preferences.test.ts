import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../player/strings/en.ts'
import { contrast, fromHex, paintedAt } from './support/colors.ts'
import { gallery, multiple, shortText, truth } from './support/gallery/document.ts'
import { test } from './support/gallery/gallery-test.ts'
import { play } from './support/gallery/stage.ts'

/** What readers ask of every page, by what they set in their system. */

const TWO = [truth, multiple]
const RIGHT = { truth: { choice: 'false' } }
/** One point each. */
const HALVES = [truth, shortText]
const WHITE = fromHex('#ffffff')

const animation = (page: Page) =>
  page.getByRole('article').evaluate((article) => getComputedStyle(article).animationName)

describe('motion', () => {
  test('is little, and none for whoever wants none', async ({ stage, stage: { page } }) => {
    await play(stage, gallery({}, TWO))
    expect(await animation(page)).toBe('none')
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await animation(page)).toBe('appear')
  })
})

describe('in colours that the reader has chosen', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`what is chosen, answered, pressed and current is told, ${colorScheme}`, async ({
      stage,
      stage: { page },
    }) => {
      await page.emulateMedia({ forcedColors: 'active', colorScheme })
      await play(stage, gallery({}, TWO), { responses: RIGHT })
      const progress = page.getByRole('progressbar')
      expect(contrast(await paintedAt(progress, 0.25), await paintedAt(progress, 0.75))).toBeGreaterThan(3)

      const box = page.getByRole('checkbox').first()
      const ground = await paintedAt(page.getByRole('article'), 0.99)
      const filling = async () => {
        const painted = []
        for (const share of [0.4, 0.5, 0.8]) painted.push(contrast(await paintedAt(box, share), ground))
        return Math.max(...painted)
      }
      expect(await filling()).toBe(1)
      await box.check()
      expect(await filling()).toBeGreaterThan(3)

      const check = page.getByRole('button', { name: en.quiz.check })
      const { color, backgroundColor } = await check.evaluate((button) => getComputedStyle(button))
      expect(contrast(fromRgb(color), fromRgb(backgroundColor))).toBeGreaterThan(4.5)

      const border = (status: string, number: number) =>
        page
          .getByRole('button', { name: `${en.quiz.shortQuestion(number)}, ${status}` })
          .evaluate((button) => getComputedStyle(button).borderInlineStartWidth)
      expect([await border(en.status.correct, 1), await border(en.status.draft, 2)]).toEqual(['1px', '3px'])
    })

    test(`an outcome is told, ${colorScheme}`, async ({ stage, stage: { page } }) => {
      await page.emulateMedia({ forcedColors: 'active', colorScheme })
      await play(stage, gallery({ passingScore: 0.2 }, HALVES), { responses: RIGHT, isFinished: true })
      const ring = page.locator('answerkey-quiz [part=ring]')
      expect(contrast(await paintedAt(ring, 0.95), await paintedAt(ring, 0.05))).toBeGreaterThan(3)
      await page.getByRole('heading', { name: en.review.passed }).waitFor()
    })
  }
})

describe('with more contrast', () => {
  test('lines are as strong as edges, and all text as strong as any', async ({ stage, stage: { page } }) => {
    await page.emulateMedia({ contrast: 'more' })
    await play(stage, gallery({}, TWO))
    const quiz = page.locator('answerkey-quiz')
    const color = (part: string, name: 'color' | 'borderTopColor') =>
      quiz
        .locator(`[part~=${part}]`)
        .first()
        .evaluate((element, of) => getComputedStyle(element)[of], name)
    expect(contrast(fromRgb(await color('option', 'borderTopColor')), WHITE)).toBeGreaterThan(3)
    expect(contrast(fromRgb(await color('progress', 'color')), WHITE)).toBeGreaterThan(7)
    expect(contrast(fromRgb(await color('button', 'borderTopColor')), WHITE)).toBeGreaterThan(7)
  })
})

/** "rgb(1, 2, 3)", as a browser says what it computed. */
function fromRgb(text: string): [number, number, number] {
  const [red, green, blue] = text.match(/\d+/g)!.map(Number)
  return [red!, green!, blue!]
}
