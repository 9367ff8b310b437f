import { expect } from 'vitest'
import { test } from './support/player-test.ts'
import { policyOfPages } from './support/policy.ts'

test('one script tag defines the element, under a policy with Trusted Types that admits nothing inline', async ({
  site,
  page,
}) => {
  await page.goto(site.embed(`<answerkey-quiz quiz="${await site.publish()}"></answerkey-quiz>`))
  await page.waitForFunction(() => customElements.get('answerkey-quiz') !== undefined)
  expect(await page.locator('answerkey-quiz').evaluate((quiz) => quiz.shadowRoot !== null)).toBe(true)
})

test('the element is defined on a page of another origin too', async ({ site, elsewhere, page }) => {
  const quiz = `<answerkey-quiz quiz="${await site.publish()}" api="${site.origin}"></answerkey-quiz>`
  await page.goto(elsewhere.embed(quiz))
  await page.waitForFunction(() => document.querySelector('answerkey-quiz')?.shadowRoot)
})

test('that policy is the one of the page that plays a quiz', async ({ site }) => {
  const { headers } = await fetch(`${site.origin}/play/basics`, { headers: { Accept: 'text/html' } })
  expect(directives(headers.get('Content-Security-Policy')!)).toEqual(directives(policyOfPages()))
})

function directives(policy: string): string[] {
  return policy.split('; ').toSorted()
}
