import { expect } from 'vitest'
import { en } from '../../../player/strings/en.ts'
import { expectComplaint } from '../support/complaints.ts'
import { learnerAt } from '../support/learner.ts'
import { test } from '../support/player-test.ts'
import { attemptsAt } from '../support/staff-view.ts'

test.override('options', { corsOrigins: [] })

test('a server that admits no other origin is not to be reached from one, and that is told', async ({
  site,
  elsewhere,
  page,
}) => {
  expectComplaint(page, /CORS policy|net::ERR_FAILED/)
  const quiz = await site.publish()
  await page.goto(elsewhere.embed(`<answerkey-quiz quiz="${quiz}"></answerkey-quiz>`))
  await page.getByText(en.problem.offlineLoading).waitFor()
  expect(await attemptsAt(site, quiz)).toEqual([])
})

test('its own pages it admits', async ({ site, page }) => {
  const quiz = await site.publish()
  await page.goto(`${site.origin}/play/${quiz}`)
  const learner = learnerAt(page)
  await learner.start()
  await learner.answer('Option b of single')
  await learner.verdict(en.result.correct).waitFor()
})
