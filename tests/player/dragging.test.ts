import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { OrderingQuestion, Question } from '../../player/contract.ts'
import { en } from '../../player/strings/en.ts'
import { matching, ordering } from '../support/every-type.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { shownOrder, wordsOf } from './support/answering.ts'
import { mouse } from './support/hands.ts'
import { test } from './support/player-test.ts'
import type { Site } from './support/site.ts'
import { begin, check } from './support/taking.ts'

/** What can be done with buttons and selects can be done by dragging too. */

const only = async (site: Site, page: Page, question: ReturnType<typeof ordering>) => {
  const quiz = await site.publish(quizDocument({ policy: { tries: 3 }, questions: [question] }))
  const [served] = await begin(page, mouse(page), `${site.origin}/play/${quiz}`)
  return served!
}

interface Point {
  readonly x: number
  readonly y: number
}

async function middleOf(locator: Locator): Promise<Point> {
  const { x, y, width, height } = (await locator.boundingBox())!
  return { x: x + width / 2, y: y + height / 2 }
}

/** The stations of a hand that goes from one point to another, and a little beyond it: past the middle of a row. */
function between(from: Point, to: Point): Point[] {
  const beyond = 1 + 8 / Math.hypot(to.x - from.x, to.y - from.y)
  const steps = [0.25, 0.5, 0.75, beyond]
  return steps.map((share) => ({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }))
}

type Drag = (page: Page, from: Locator, to: Locator) => Promise<void>

const byMouse: Drag = async (page, from, to) => {
  const [start, end] = [await middleOf(from), await middleOf(to)]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  for (const { x, y } of between(start, end)) await page.mouse.move(x, y)
  await page.mouse.up()
}

const byFinger: Drag = async (page, from, to) => {
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints })
  const [start, end] = [await middleOf(from), await middleOf(to)]
  await touch('touchStart', [start])
  for (const point of between(start, end)) await touch('touchMove', [point])
  await touch('touchEnd', [])
  await session.detach()
}

/** Drags the entries by their handles into the right order, from the top down, each to where another one is. */
async function putInOrder(page: Page, question: Question, drag: Drag): Promise<void> {
  const { items } = question as OrderingQuestion
  const names = items.map(({ text }) => wordsOf(text))
  const right = [...'xwzy'].map((id) => `Entry ${id} of items`)
  const rows = page.getByRole('list', { name: 'Prompt of order' }).getByRole('listitem')
  const handle = (place: number) => rows.nth(place).locator('[part=handle]')
  const article = page.getByRole('article')
  await handle(3).scrollIntoViewIfNeeded()
  let expected = await shownOrder(article, names)
  for (const [place, name] of right.entries()) {
    const from = expected.indexOf(name)
    if (from === place) continue
    await drag(page, handle(from), handle(place))
    expected = expected.toSpliced(from, 1).toSpliced(place, 0, name)
    expect(await shownOrder(article, names)).toEqual(expected)
    await page.getByText(en.controls.moved(name, place + 1, 4), { exact: true }).waitFor({ state: 'attached' })
  }
  // Whatever was served: that a row goes down as well as up.
  await drag(page, handle(0), handle(3))
  expect(await shownOrder(article, names)).toEqual([...right.slice(1), right[0]])
  await drag(page, handle(3), handle(0))
  expect(await shownOrder(article, names)).toEqual(right)
}

describe('entries of an ordering', () => {
  test('are dragged to their places by mouse', async ({ site, page }) => {
    await putInOrder(page, await only(site, page, ordering('order')), byMouse)
    await check(page, mouse(page), 'correct')
    expect(await page.locator('[part=handle]').count()).toBe(0)
  })

  test('are dragged to their places by a finger, which does not scroll the page', async ({ site, openContext }) => {
    const context = await openContext({ viewport: { width: 390, height: 560 }, isMobile: true, hasTouch: true })
    const page = await context.newPage()
    const question = await only(site, page, ordering('order'))
    expect(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight)).toBe(true)
    await putInOrder(page, question, byFinger)
    await check(page, mouse(page), 'correct')
  })
})

describe('options of a matching', () => {
  test('are dragged to prompts by mouse, one of them to several, and the last that came counts', async ({
    site,
    page,
  }) => {
    await only(site, page, matching('match'))
    const prompt = (id: string) =>
      page.getByRole('list', { name: 'Prompt of match' }).getByText(`Entry ${id} of prompts`)
    const option = (id: string) =>
      page.getByRole('list', { name: en.controls.options }).getByText(`Entry ${id} of options`)
    await option('3').dragTo(prompt('n'))
    await option('2').dragTo(prompt('n'))
    await option('2').dragTo(prompt('m'))
    await option('4').dragTo(prompt('l'))
    const chosen = async (id: string) =>
      page
        .getByRole('combobox', { name: `Entry ${id} of prompts` })
        .evaluate((select) => (select as HTMLSelectElement).selectedOptions[0]!.text.replace(/^[A-D]\. /, ''))
    expect(await Promise.all([...'nlm'].map(chosen))).toEqual([
      'Entry 2 of options',
      'Entry 4 of options',
      'Entry 2 of options',
    ])
    await check(page, mouse(page), 'correct')
  })
})
