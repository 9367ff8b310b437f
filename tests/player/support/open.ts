import type { Page } from 'playwright-core'
import type { Json } from '../../support/quiz-document.ts'
import { quizDocument } from '../../support/quiz-document.ts'
import { type Learner, learnerAt } from './learner.ts'
import type { Site } from './site.ts'

export interface Opened {
  readonly quiz: string
  /** The address of the page, for another tab. */
  readonly url: string
  readonly learner: Learner
}

/** Publishes three questions under a policy, and opens a page with them. */
export async function openQuiz(site: Site, page: Page, policy: Json = {}): Promise<Opened> {
  const quiz = await site.publish(quizDocument({ policy }))
  const url = site.embed(`<answerkey-quiz quiz="${quiz}"></answerkey-quiz>`)
  await page.goto(url)
  return { quiz, url, learner: learnerAt(page) }
}

/** The same, begun. */
export async function startQuiz(site: Site, page: Page, policy: Json = {}): Promise<Opened> {
  const opened = await openQuiz(site, page, policy)
  await opened.learner.start()
  await opened.learner.question(1).waitFor()
  return opened
}
