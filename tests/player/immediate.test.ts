import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../player/strings/en.ts'
import { canary, canaryNumber } from '../support/canaries.ts'
import { everyType } from '../support/every-type.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { give } from './support/answering.ts'
import { ANSWERS, ESSAY } from './support/every-answer.ts'
import { type Hands, keyboard, mouse } from './support/hands.ts'
import { test } from './support/player-test.ts'
import type { Site } from './support/site.ts'
import { atQuestion, begin, button, check, handIn, heading, textOf } from './support/taking.ts'

/** Where verdicts are shown during an attempt, an answer is checked, explained, and may be tried again. */

const publish = (site: Site, policy: Json, change: Json = {}) => site.publish(everyType(policy, change))
const play = (site: Site, quiz: string) => `${site.origin}/play/${quiz}`
const { result: say } = en

async function expectSaid(page: Page, all: readonly string[]): Promise<void> {
  const text = await textOf(page)
  for (const said of all) expect(text).toContain(said)
}

/** Answers every question wrong, then half right where that can be, then right. */
async function tryEverything(site: Site, page: Page, hands: Hands): Promise<void> {
  const questions = await begin(page, hands, play(site, await publish(site, { tries: 3 })))
  for (const [index, question] of questions.entries()) {
    await atQuestion(page, index + 1, questions.length)
    if (question.type === 'essay') {
      await give(page, hands, question, ESSAY)
      await check(page, hands, 'pending')
      continue
    }
    const { id } = question
    const { points, right, partly, wrong } = ANSWERS[id]!
    const of = `of ${points} ${points === 1 ? 'point' : 'points'}`
    await give(page, hands, question, wrong[0]!)
    await check(page, hands, 'incorrect')
    const hint = `Hint ${canary(id, 'hint-1')}`
    expect(await textOf(page)).not.toContain(canary(id, 'hint-2'))
    await expectSaid(page, [`0 ${of}`, '2 tries left', canary(id, 'incorrect'), hint])
    if (partly) {
      await give(page, hands, question, partly[0])
      await check(page, hands, 'partially-correct', { again: true })
      const hints = `Hints ${canary(id, 'hint-1')} ${canary(id, 'hint-2')}`
      await expectSaid(page, [`${partly[1]} ${of}`, 'One try left', canary(id, 'partly'), hints])
    }
    expect(await textOf(page)).not.toContain(canary(id, 'explanation'))
    await give(page, hands, question, right)
    await check(page, hands, 'correct', { again: true })
    expect(await textOf(page)).not.toMatch(/tr(y|ies) left|Hint/)
    await expectSaid(page, [`${points} ${of}`, canary(id, 'correct'), `Explanation ${canary(id, 'explanation')}`])
    await hands.press(button(page, en.quiz.nextQuestion))
  }
  await handIn(page, hands)
  // All but the essay, of 33 points.
  await heading(page, en.review.done).waitFor()
  expect(await textOf(page)).toContain(en.review.pending(1))
}

describe('every type, answered wrong, then half right, then right', () => {
  test('by mouse is told so each time, with a hint more', async ({ site, page }) => {
    await tryEverything(site, page, mouse(page))
  })

  test('by keyboard alone is told so each time, with a hint more', async ({ site, page }) => {
    await tryEverything(site, page, keyboard(page))
  })
})

/** What is shown beside the explanation when the first of the wrong answers was the last try. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  single: [
    `Option a of single Your answer, not right ${canary('single', 'option-a')}`,
    `Option b of single Right answer ${canary('single', 'option-b')}`,
  ],
  multiple: [
    `Option t of multiple Your answer, not right ${canary('multiple', 'option-t')}`,
    `Option p of multiple Right answer ${canary('multiple', 'option-p')}`,
    'Option q of multiple Right answer',
    'Option r of multiple Right answer',
  ],
  truth: ['True Right answer', 'False Your answer, not right'],
  order: [
    'Right order: Entry x of items Entry w of items Entry z of items Entry y of items',
    canary('order', 'items-x'),
  ],
  // Of the orders that are right, the first by the ids.
  steps: [
    'Right order: Entry w of items Entry x of items Entry z of items Entry y of items',
    canary('steps', 'items-w'),
  ],
  match: [canary('match', 'prompts-n'), canary('match', 'options-2')],
  number: [`Right answer: ${canaryNumber('number', 'value')}`],
  size: ['Right answer: '],
  words: [`Right answer: ${canary('words', 'text')}`, canary('words', 'wrong-feedback')],
  cloze: [
    `Blank 1 of 3 Right answer: ${canary('cloze', 'text')}`,
    `Blank 2 of 3 Right answer: ${canaryNumber('cloze', 'value')}`,
    `Blank 3 of 3 Right answer: Entry i of kinds`,
  ],
}

describe('a question that closes', () => {
  test('shows the right answer of every type, what is said on its parts, and the explanation', async ({
    site,
    page,
  }) => {
    const hands = mouse(page)
    const questions = await begin(page, hands, play(site, await publish(site, {})))
    for (const [index, question] of questions.entries()) {
      const { id } = question
      if (question.type === 'essay') continue
      await atQuestion(page, index + 1, questions.length)
      await give(page, hands, question, ANSWERS[id]!.wrong[0]!)
      await check(page, hands, 'incorrect')
      await expectSaid(page, [...SHOWN[id]!, canary(id, 'incorrect'), canary(id, 'explanation')])
      expect(await textOf(page)).not.toContain(say.tryAgain)
      await hands.press(button(page, en.quiz.nextQuestion))
    }
  })

  test('matching says to each prompt what belongs to it', async ({ site, page }) => {
    const hands = mouse(page)
    const [question] = await begin(page, hands, play(site, await site.publish(only('match'))))
    await give(page, hands, question!, ANSWERS['match']!.partly![0])
    await check(page, hands, 'partially-correct')
    const rows = page.getByRole('list', { name: 'Prompt of match' }).getByRole('listitem')
    const told = (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))
    const row = (prompt: string) => told.find((text) => text.includes(`Entry ${prompt} of prompts`))
    expect(row('n')).toMatch(/Your answer, right/)
    expect(row('l')).toMatch(/Your answer, not right Right answer: [A-D]\. Entry 4 of options/)
    expect(row('m')).toMatch(/Your answer, not right Right answer: [A-D]\. Entry 2 of options/)
  })
})

/** A quiz of one of the questions, with three tries unless it is said otherwise. */
function only(id: string, policy: Json = {}): Json {
  const { questions, ...rest } = everyType(policy) as { questions: Json[] }
  return { ...rest, questions: questions.filter((question) => question['id'] === id) }
}

describe('tries', () => {
  test('are counted down to the close, with the hints one after another', async ({ site, page }) => {
    const hands = mouse(page)
    const [question] = await begin(page, hands, play(site, await site.publish(only('words', { tries: 3 }))))
    const [first, second, third] = ANSWERS['words']!.wrong
    await give(page, hands, question!, first!)
    await check(page, hands, 'incorrect')
    await page.getByText('2 tries left').waitFor()
    await expectSaid(page, [`Hint ${canary('words', 'hint-1')}`])
    expect(await textOf(page)).not.toContain(canary('words', 'hint-2'))
    await give(page, hands, question!, second!)
    await button(page, en.quiz.checkAgain).click()
    await page.getByText('One try left').waitFor()
    await expectSaid(page, [`Hints ${canary('words', 'hint-1')} ${canary('words', 'hint-2')}`])
    await give(page, hands, question!, third!)
    await button(page, en.quiz.checkAgain).click()
    await heading(page, say.explanation).waitFor()
    const text = await textOf(page)
    expect(text).toContain(`Right answer: ${canary('words', 'text')}`)
    expect(text).not.toMatch(/tr(y|ies) left|Hint/)
    expect(await button(page, en.quiz.checkAgain).count()).toBe(0)
    expect(await page.getByRole('textbox').isEditable()).toBe(false)
  })

  test('are not spent on the same answer once more, and that is said', async ({ site, page }) => {
    const hands = mouse(page)
    const document = quizDocument({ policy: { tries: 3 }, questions: [singleChoice('single', { ids: 'abcd' })] })
    const [question] = await begin(page, hands, play(site, await site.publish(document)))
    await give(page, hands, question!, { choice: 'a' })
    await check(page, hands, 'incorrect')
    await page.getByText(canary('single', 'option-a')).waitFor()
    await give(page, hands, question!, { choice: 'c' })
    await button(page, en.quiz.checkAgain).click()
    await page.getByText('One try left').waitFor()
    await give(page, hands, question!, { choice: 'a' })
    await button(page, en.quiz.checkAgain).click()
    await page.getByText(say.duplicate).waitFor()
    const text = await textOf(page)
    expect(text).toContain('One try left')
    expect(text).toContain(canary('single', 'option-a'))
    expect(text).not.toContain(canary('single', 'option-c'))
  })

  test('are not spent, nor is anything sent, before an answer was given or changed', async ({ site, page }) => {
    const sent: string[] = []
    page.on('request', (request) => void (request.url().endsWith('/responses') && sent.push(request.url())))
    const hands = mouse(page)
    const [question] = await begin(page, hands, play(site, await site.publish(only('words', { tries: 3 }))))
    const alert = page.getByRole('alert')
    await button(page, en.quiz.check).click()
    expect(await alert.innerText()).toBe(en.quiz.missing.answer)
    await give(page, hands, question!, { text: '  ' })
    await button(page, en.quiz.check).click()
    expect(await alert.innerText()).toBe(en.quiz.missing.answer)
    expect(sent.length).toBe(0)
    await give(page, hands, question!, { text: 'vm' })
    await check(page, hands, 'incorrect')
    expect(await alert.count()).toBe(0)
    await button(page, en.quiz.checkAgain).click()
    expect(await alert.innerText()).toBe(en.quiz.missing.change)
    expect(sent.length).toBe(1)
    await page.getByRole('textbox').pressSequentially('s')
    expect(await alert.count()).toBe(0)
  })

  test('are not spent on a number that is none', async ({ site, page }) => {
    const hands = mouse(page)
    const [question] = await begin(page, hands, play(site, await site.publish(only('number', { tries: 3 }))))
    await give(page, hands, question!, { number: '1.5.2' })
    await button(page, en.quiz.check).click()
    await page.getByText(en.controls.notNumber).waitFor()
    expect(await page.getByRole('alert').innerText()).toBe(en.quiz.missing.malformed)
    await give(page, hands, question!, { number: '1,5' })
    await check(page, hands, 'incorrect')
    await page.getByText('2 tries left').waitFor()
  })
})

describe('an order that is right as it stands', () => {
  test('is nobody\u2019s answer until it is kept', async ({ site, page }) => {
    const document = only('order')
    const [question] = document['questions'] as [Json]
    // Whatever is moved: any order of these earns everything.
    question['key'] = { dependsOn: {} }
    await begin(page, mouse(page), play(site, await site.publish(document)))
    await button(page, en.quiz.check).click()
    expect(await page.getByRole('alert').innerText()).toBe(en.quiz.missing.order)
    await button(page, en.controls.keepOrder).click()
    expect(await page.getByRole('alert').count()).toBe(0)
    await check(page, mouse(page), 'correct')
  })
})

describe('Enter in a field', () => {
  test('checks what is written, and the verdict has the focus', async ({ site, page }) => {
    const hands = keyboard(page)
    const [question] = await begin(page, hands, play(site, await site.publish(only('words'))))
    await give(page, hands, question!, { text: 'vm' })
    await page.keyboard.press('Enter')
    await heading(page, say.incorrect).waitFor()
    expect(await heading(page, say.incorrect).evaluate((element) => element.matches(':focus'))).toBe(true)
  })
})
