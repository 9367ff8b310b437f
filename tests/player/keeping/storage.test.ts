import { jsonValue, sample } from 'fast-check'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../../player/strings/en.ts'
import { everyType } from '../../support/every-type.ts'
import { expectComplaint } from '../support/complaints.ts'
import { learnerAt } from '../support/learner.ts'
import { loseAnswer, refuse } from '../support/network.ts'
import { openQuiz, startQuiz } from '../support/open.ts'
import { test } from '../support/player-test.ts'
import { attemptsAt, choicesAt, givenAt, theAttemptAt } from '../support/staff-view.ts'
import { stopTime } from '../support/time.ts'

/** Whatever the browser's storage is or holds, the quiz can be taken, and the server's word holds. */

/** In the page, before its scripts. */
const FAULTS = {
  'that is forbidden': () => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('Access is denied', 'SecurityError')
      },
    })
  },
  'that is full': () => {
    let room = 2 ** 22
    for (let name = 0; room > 0; name++) {
      try {
        localStorage.setItem(`room-${name}`, 'x'.repeat(room))
      } catch {
        room = Math.floor(room / 2)
      }
    }
  },
}

describe('a storage', () => {
  for (const [name, fault] of Object.entries(FAULTS)) {
    test(`${name}: the quiz is taken to its end, and a lost answer counts once`, async ({ site, page }) => {
      await page.addInitScript(fault)
      const { quiz, learner } = await startQuiz(site, page)
      await loseAnswer(page, '**/responses')
      await learner.answer('Option b of single')
      await learner.verdict(en.result.correct).waitFor()
      await learner.handIn()
      await learner.outcome.waitFor()
      expect(await choicesAt(site, quiz)).toEqual(['single: b'])
      await page.getByRole('button', { name: en.review.again }).click()
      await learner.start()
      await learner.question(1).waitFor()
      expect(await attemptsAt(site, quiz)).toHaveLength(2)
    })

    test(`${name}: an element that is moved goes on with its attempt, and with what is chosen`, async ({
      site,
      page,
    }) => {
      await stopTime(site, page)
      await page.addInitScript(fault)
      const { quiz, learner } = await startQuiz(site, page)
      await refuse(page, '**/responses')
      await learner.answer('Option b of single')
      await learner.offline.waitFor()
      await learner.goTo(3)
      await learner.option(en.controls.true).check()
      await page.locator('answerkey-quiz').evaluate((element) => document.body.append(element))
      await learner.question(3).waitFor()
      expect(await learner.option(en.controls.true).isChecked()).toBe(true)
      await learner.inOutline(1, 'correct').waitFor({ state: 'attached' })
      expect(await choicesAt(site, quiz)).toEqual(['single: b'])
    })
  }

  test('that becomes full while a quiz is taken loses nothing before the page is closed', async ({ site, page }) => {
    const { quiz, learner } = await startQuiz(site, page)
    await learner.option('Option a of single').check()
    await page.evaluate(FAULTS['that is full'])
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    await page.reload()
    await learner.question(1).waitFor()
    await learner.verdict(en.result.correct).waitFor()
    expect(await choicesAt(site, quiz)).toEqual(['single: b'])
  })

  test('that somebody empties takes no attempt away that is open', async ({ site, page }) => {
    const { quiz, learner } = await startQuiz(site, page)
    await page.evaluate(() => localStorage.clear())
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    await page.reload()
    await learner.inOutline(1, 'correct').waitFor({ state: 'attached' })
    expect(await attemptsAt(site, quiz)).toHaveLength(1)
  })
})

describe('what is stored', () => {
  /** Right at first sight, and wrong at the second. */
  const RUNS = [
    { attempt: 1, token: 2 },
    { attempt: '..', token: 'a.b.c' },
    { attempt: 'att_x', token: 'ä→\n' },
    { attempt: '\ud800', token: 'a.b.c' },
    { attempt: 'https:', token: 'a.b.c' },
    { attempt: 'att_x', token: 'a.b.c', more: [] },
  ]
  const TEXTS = ['', 'no JSON', 'null', '5', '"x"', '[]', '{}', ...RUNS.map((run) => JSON.stringify(run))]

  test('in place of an attempt is no obstacle to another one', async ({ site, page }) => {
    expectComplaint(page, /status of (401|404|422) /)
    const { quiz, url, learner } = await openQuiz(site, page)
    await learner.startButton.waitFor()
    for (const run of TEXTS) {
      await page.evaluate(
        ([name, value]) => localStorage.setItem(name!, value!),
        [`answerkey/${site.origin}/${quiz}/run`, run],
      )
      await page.goto(url)
      await learner.startButton.waitFor()
    }
    await learner.start()
    await learner.question(1).waitFor()
    expect(await page.evaluate(() => Object.keys(localStorage))).toContain(`answerkey/${site.origin}/${quiz}/run`)
  })

  test('in place of the key of a start is no obstacle to it', async ({ site, page }) => {
    for (const key of ['', 'short', 'x'.repeat(9000), 'ä→\n', '{"a":1}']) {
      const quiz = await site.publish()
      const url = site.embed(`<answerkey-quiz quiz="${quiz}"></answerkey-quiz>`)
      await page.goto(url)
      const name = `answerkey/${site.origin}/${quiz}/start`
      await page.evaluate(([to, value]) => localStorage.setItem(to!, value!), [name, key])
      const learner = learnerAt(page)
      await learner.start()
      await learner.question(1).waitFor()
    }
  })

  test('of an attempt is shown where it can be, and takes nothing from what the server has', async ({ site, page }) => {
    expectComplaint(page, /status of 422 /)
    const document = everyType({ tries: 3 })
    const questions = document['questions'] as { id: string; type: keyof typeof MEMBERS }[]
    const quiz = await site.publish(document)
    await page.goto(site.embed(`<answerkey-quiz quiz="${quiz}"></answerkey-quiz>`))
    const learner = learnerAt(page)
    await learner.start()
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    await learner.goTo(3)
    await learner.option(en.controls.true).check()

    const attempt = await theAttemptAt(site, quiz)
    const names = await page.evaluate(() => Object.keys(localStorage))
    expect(names).toContain(`answerkey/${attempt}/draft/truth`)

    const values = sample(jsonValue({ maxDepth: 2 }), { numRuns: 500, seed: 1 })
    const next = () => values.pop()
    for (const round of [0, 1, 2, 3, 4]) {
      const records: Record<string, unknown> = { [`answerkey/${attempt}/place`]: next() }
      for (const { id, type } of questions) {
        const response = { [MEMBERS[type]]: next() }
        const draft = [next(), { response: next(), certainty: next() }, { response, certainty: null }][round % 3]
        records[`answerkey/${attempt}/draft/${id}`] = draft
        const waiting = [next(), { key: next(), order: next(), question: id, response, certainty: null }][round % 2]
        records[`answerkey/${attempt}/waiting/${round}-${id}`] = waiting
      }
      await store(page, records)
      await page.reload()
      for (const number of questions.keys()) {
        await learner.goTo(number + 1)
        await learner.question(number + 1, questions.length).waitFor()
      }
      await learner.goTo(4)
      await expect.poll(() => page.getByRole('button', { name: en.controls.moveUp('') }).count()).toBe(4)
      await learner.goTo(1)
      await learner.verdict(en.result.correct).waitFor()
      expect(await learner.option('Option b of single').isChecked()).toBe(true)
    }
    expect((await givenAt(site, quiz))[0]).toBe('single: {"choice":"b"}')
  })

  test('by another page of this origin, and sent with a key, is sent', async ({ site, page }) => {
    await stopTime(site, page)
    const { quiz, learner } = await startQuiz(site, page)
    await refuse(page, '**/responses')
    await learner.answer('Option b of single')
    await learner.offline.waitFor()
    const attempt = await theAttemptAt(site, quiz)
    const names = await page.evaluate(() => Object.keys(localStorage))
    expect(names.filter((name) => name.startsWith(`answerkey/${attempt}/waiting/`))).toHaveLength(1)
    await page.reload()
    await learner.verdict(en.result.correct).waitFor()
    expect((await page.evaluate(() => Object.keys(localStorage))).filter((name) => name.includes('waiting'))).toEqual(
      [],
    )
  })
})

/** What a response of each type has. */
const MEMBERS = {
  'single-choice': 'choice',
  'true-false': 'choice',
  'multiple-choice': 'choices',
  ordering: 'order',
  matching: 'pairs',
  numeric: 'number',
  'short-text': 'text',
  cloze: 'blanks',
  essay: 'text',
} as const

async function store(page: Page, records: Record<string, unknown>): Promise<void> {
  await page.evaluate((all) => {
    for (const [name, value] of Object.entries(all)) localStorage.setItem(name, JSON.stringify(value))
  }, records)
}

test('a browser without channels between tabs, and without random UUIDs, can be used', async ({ site, page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'BroadcastChannel')
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID')
  })
  const { learner } = await startQuiz(site, page)
  await learner.answer('Option b of single')
  await learner.verdict(en.result.correct).waitFor()
  await page.locator('answerkey-quiz').evaluate((element) => document.body.append(element))
  await learner.verdict(en.result.correct).waitFor()
})
