import type { Locator, Page } from 'playwright-core'
import type { Question, Started } from '../../../player/contract.ts'
import { en } from '../../../player/strings/en.ts'
import type { Hands } from './hands.ts'

/** The steps of taking a quiz, each of which waits for what a learner would wait for. */

/** Begins the quiz of a page, and returns its questions as the server gave them out. */
export async function begin(page: Page, hands: Hands, address: string): Promise<readonly Question[]> {
  await page.goto(address)
  const start = button(page, en.intro.start)
  await start.waitFor()
  const answer = page.waitForResponse(/\/attempts$/)
  await hands.press(start)
  const { questions } = (await (await answer).json()) as Started
  await atQuestion(page, 1, questions.length)
  return questions
}

/** Resolves when a question is shown, by its number. */
export async function atQuestion(page: Page, number: number, count: number): Promise<void> {
  await heading(page, en.quiz.question(number, count)).waitFor()
}

type Verdict = 'correct' | 'partially-correct' | 'incorrect' | 'pending'

/** Sends the answer, and waits for the verdict on it. */
export async function check(page: Page, hands: Hands, verdict: Verdict, { again = false } = {}): Promise<void> {
  await hands.press(button(page, again ? en.quiz.checkAgain : en.quiz.check))
  await heading(page, en.result[verdict]).waitFor()
}

export async function handIn(page: Page, hands: Hands): Promise<void> {
  await hands.press(button(page, en.quiz.toFinish).last())
  await hands.press(page.getByRole('dialog').getByRole('button', { name: en.finish.confirm, exact: true }))
  await button(page, en.review.questions).waitFor()
}

export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

export function heading(page: Page, name: string): Locator {
  return page.getByRole('heading', { name, exact: true })
}

/** The rows of a table, cell by cell, without its head. */
export async function rowsOf(table: Locator): Promise<string[][]> {
  const rows = await table.locator('tbody').getByRole('row').all()
  return Promise.all(
    rows.map(async (row) => {
      const cells = await row.getByRole('rowheader').or(row.getByRole('cell')).allTextContents()
      return cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
    }),
  )
}

/** What the article of the question says, as it is read: white space is one space. */
export async function textOf(page: Page): Promise<string> {
  return (await page.getByRole('article').innerText()).replaceAll(/\s+/g, ' ')
}
