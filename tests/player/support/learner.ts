import type { Locator, Page } from 'playwright-core'
import { en } from '../../../player/strings/en.ts'

/** A learner at a player, who finds what is there by its role and its name. */
export interface Learner {
  readonly startButton: Locator
  readonly checkButton: Locator
  /** What tells that there is no connection. */
  readonly offline: Locator
  readonly timer: Locator
  /** What a screen reader is told of its own accord. */
  readonly told: Locator
  readonly outcome: Locator
  /** The heading of the question at this place, of so many. */
  question(number: number, total?: number): Locator
  /** A choice whose text holds this. */
  option(text: string): Locator
  verdict(words: string): Locator
  /** In the outline, be it folded, by its number and what has become of it. */
  inOutline(number: number, status: keyof typeof en.status): Locator
  start(): Promise<void>
  /** Chooses, and has it checked. */
  answer(text: string): Promise<void>
  goTo(number: number): Promise<void>
  handIn(): Promise<void>
}

/** Of the quiz on a page, or of one of several. */
export function learnerAt(place: Page | Locator): Learner {
  const button = (name: string) => place.getByRole('button', { name, exact: true })
  const option = (text: string) => place.getByRole('radio', { name: text })
  const checkButton = button(en.quiz.check).or(button(en.quiz.checkAgain))
  /** Where there is little room the outline is folded. */
  const unfold = async () => {
    const fold = place.getByRole('button', { name: en.quiz.outline, exact: true, includeHidden: true })
    await fold.waitFor({ state: 'attached' })
    if ((await fold.isVisible()) && (await fold.getAttribute('aria-expanded')) === 'false') await fold.click()
  }
  return {
    startButton: button(en.intro.start),
    checkButton,
    offline: place.getByText(en.problem.offline),
    timer: place.getByRole('timer'),
    told: place.locator('[role=status].unseen').last(),
    outcome: place.getByRole('heading', { name: new RegExp(`^(${en.review.passed}|${en.review.failed})$`) }),
    question: (number, total = 3) => place.getByRole('heading', { name: en.quiz.question(number, total) }),
    option,
    verdict: (words) => place.getByRole('heading', { name: words, exact: true }),
    inOutline: (number, status) =>
      place.getByRole('button', {
        name: `${en.quiz.shortQuestion(number)}, ${en.status[status]}`,
        exact: true,
        includeHidden: true,
      }),
    start: () => button(en.intro.start).click(),
    async answer(text) {
      await option(text).check()
      await checkButton.click()
    },
    async goTo(number) {
      await unfold()
      await place.getByRole('button', { name: `${en.quiz.shortQuestion(number)}, ` }).click()
    },
    async handIn() {
      await unfold()
      await button(en.quiz.toFinish).first().click()
      await button(en.finish.confirm).click()
    },
  }
}
