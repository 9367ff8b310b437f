import { readFile } from 'node:fs/promises'
import { createLocalJWKSet, jwtVerify } from 'jose'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect } from 'vitest'
import type { Response } from '../../player/contract.ts'
import { en } from '../../player/strings/en.ts'
import { publishBank } from '../../scripts/_publish.ts'
import { loadQuizzes } from '../../src/cli/load-quizzes.ts'
import { ROOT_KEY } from '../support/host.ts'
import { give } from './support/answering.ts'
import { finger, type Hands, keyboard, mouse } from './support/hands.ts'
import { test } from './support/player-test.ts'
import type { Site } from './support/site.ts'
import { atQuestion, begin, button, check, handIn, heading, rowsOf } from './support/taking.ts'

/** The quiz of `questions/`, published as `npm start` does, taken from its first question to its receipt. */

/** Authors write to each question what some responses earn. */
interface Authored {
  readonly id: string
  readonly samples: readonly { readonly response: Response; readonly fraction: string }[]
}

let authored: readonly Authored[]

test.beforeAll(async ({ site }) => {
  await publishBank(site.origin, ROOT_KEY)
})
beforeAll(async () => {
  const [quiz] = await loadQuizzes(['questions'], process.cwd())
  authored = quiz!.document['questions'] as Authored[]
})

/** A response of which the author says that it earns this share. */
function sampleOf(question: string, share: string): Response {
  const { samples } = authored.find(({ id }) => id === question)!
  return samples.find(({ fraction }) => fraction === share)!.response
}

const QUIZ = 'devops-deep-dive'
const COUNT = 18

/** Answers every question with what earns the shares, in the order of the questions, and hands in. */
async function take(site: Site, page: Page, hands: Hands, shares: readonly string[]): Promise<void> {
  const questions = await begin(page, hands, `${site.origin}/play/${QUIZ}`)
  for (const [index, share] of shares.entries()) {
    const question = questions[index]!
    await atQuestion(page, index + 1, COUNT)
    await give(page, hands, question, sampleOf(question.id, share))
    await check(page, hands, share === '1' ? 'correct' : share === '0' ? 'incorrect' : 'partially-correct')
    await heading(page, en.result.explanation).waitFor()
    if (index + 1 < COUNT) await hands.press(button(page, en.quiz.nextQuestion))
  }
  await handIn(page, hands)
}

const RIGHT = Array.from({ length: COUNT }, () => '1')

/** What the sections are worth, added up by hand from the files of their questions. */
const FULL_SCORES = [
  ['Linux primitives', '4 of 4 points'],
  ['The Docker stack', '5 of 5 points'],
  ['Images and layers', '1 of 1 point'],
  ['Kubernetes', '8 of 8 points'],
  ['CI/CD', '1 of 1 point'],
  ['GitOps', '2 of 2 points'],
  ['Metrics and alerts', '4 of 4 points'],
  ['Logs', '1 of 1 point'],
  ['Traces', '2 of 2 points'],
]

const scores = (page: Page) => rowsOf(page.getByRole('table'))

async function expectFullScore(page: Page): Promise<void> {
  await heading(page, en.review.passed).waitFor()
  await page.getByText('28 of 28 points', { exact: true }).waitFor()
  expect(await scores(page)).toEqual(FULL_SCORES)
}

describe('the whole quiz', { timeout: 120_000 }, () => {
  test('answered right by mouse is passed in full, and its receipt says so to whoever verifies it', async ({
    site,
    page,
    context,
  }) => {
    await take(site, page, mouse(page), RIGHT)
    await expectFullScore(page)

    const download = page.waitForEvent('download')
    await button(page, en.review.download).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^receipt-att_[\w-]+\.jwt$/)
    const receipt = await readFile(await file.path(), 'utf8')
    const keys = createLocalJWKSet(await (await fetch(`${site.origin}/.well-known/jwks.json`)).json())
    const { payload } = await jwtVerify<{ attempt: string }>(receipt, keys, {
      issuer: site.origin,
      audience: site.origin,
    })
    const said = { quiz: QUIZ, score: 28, maxScore: 28, passed: true, final: true, learner: null }
    expect(payload).toMatchObject(said)
    expect(file.suggestedFilename()).toBe(`receipt-${payload.attempt}.jwt`)

    const opened = context.waitForEvent('page')
    await page.getByRole('link', { name: en.review.verify }).click()
    const verifying = await opened
    await heading(verifying, 'This receipt is genuine.').waitFor()
    expect(await verifying.getByRole('main').textContent()).toContain('28 of 28 points')
    expect(new URL(verifying.url()).pathname).toBe('/verify')
  })

  test('can be taken by keyboard alone', async ({ site, page }) => {
    await take(site, page, keyboard(page), RIGHT)
    await expectFullScore(page)
  })

  test('answered badly on a phone is not passed, with the points of each section', async ({ site, openContext }) => {
    const context = await openContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
    const page = await context.newPage()
    const shares = [
      ['0', '1/2', '0'], // 0 + 1 + 0 of 1 + 2 + 1 points
      ['2/3', '2/3'], // 1.333 + 2 of 2 + 3
      ['0'], // 0 of 1
      ['0', '1', '0', '1/3', '1/2'], // 0 + 1 + 0 + 0.667 + 1 of 2 + 1 + 1 + 2 + 2
      ['1/2'], // 0.5 of 1
      ['0', '0'], // 0 of 1 + 1
      ['1/2', '1/4'], // 1 + 0.5 of 2 + 2
      ['1'], // 1 of 1
      ['1/3'], // 0.667 of 2
    ]
    await take(site, page, finger(page), shares.flat())
    await heading(page, en.review.failed).waitFor()
    await page.getByText('10.667 of 28 points', { exact: true }).waitFor()
    // 70 % of 28
    await page.getByText(en.review.passMark('19.6'), { exact: true }).waitFor()
    expect(await scores(page)).toEqual([
      ['Linux primitives', '1 of 4 points'],
      ['The Docker stack', '3.333 of 5 points'],
      ['Images and layers', '0 of 1 point'],
      ['Kubernetes', '2.667 of 8 points'],
      ['CI/CD', '0.5 of 1 point'],
      ['GitOps', '0 of 2 points'],
      ['Metrics and alerts', '1.5 of 4 points'],
      ['Logs', '1 of 1 point'],
      ['Traces', '0.667 of 2 points'],
    ])
  })
})
