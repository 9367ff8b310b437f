import { expectAccessible } from './support/accessibility.ts'
import { test } from './support/player-test.ts'

/** In a file of its own, whose database holds nothing. */
test('a server on which no quiz is published yet keeps nobody out', async ({ site, page }) => {
  await page.goto(site.origin)
  await page.getByText('No quiz is published here yet.').waitFor()
  await expectAccessible(page, { where: 'The page of no quizzes' })
  await page.setViewportSize({ width: 320, height: 640 })
  await expectAccessible(page, { where: 'The page of no quizzes, at 320 px' })
})
