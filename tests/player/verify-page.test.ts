import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { verify as say } from '../../player/strings/en.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { importKeySet } from '../../src/tokens/key-set.ts'
import { signReceipt } from '../../src/tokens/receipt.ts'
import { type Run, startFor } from '../support/actions.ts'
import { expectAccessible } from './support/accessibility.ts'
import { goOffline, goOnline } from './support/network.ts'
import { test } from './support/player-test.ts'
import type { Site } from './support/site.ts'
import { button, heading } from './support/taking.ts'

/** The page `/verify`, as somebody uses it who was shown a receipt. */

/** An attempt of a named learner with one of five points, and its receipt. */
async function finished(site: Site): Promise<Run & { receipt: string }> {
  const run = await startFor(site.host, await site.publish(), 'ada')
  const releases = ['single', 'multiple', 'truth']
  await run.respond('single', { choice: 'b' }, { releases })
  const { body } = await run.finish({ releases })
  return { ...run, receipt: body.receipt }
}

const open = (site: Site, page: Page, hash = '') => page.goto(`${site.origin}/verify${hash}`)
const field = (page: Page) => page.getByRole('textbox', { name: say.receipt, exact: true })

async function paste(page: Page, receipt: string): Promise<void> {
  await field(page).fill(receipt)
  await button(page, say.submit).click()
}

async function expectFault(page: Page, fault: keyof typeof say.faults): Promise<void> {
  await heading(page, say.faults[fault].title).waitFor()
  await page.getByText(say.faults[fault].meaning, { exact: true }).waitFor()
  expect(await page.getByRole('definition').count()).toBe(0)
}

/** Another score, under the signature of the true one. */
function embellished(receipt: string): string {
  const [header, payload, signature] = receipt.split('.')
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString())
  const changed = Buffer.from(JSON.stringify({ ...claims, score: 5, passed: true })).toString('base64url')
  return `${header}.${changed}.${signature}`
}

describe('a genuine receipt', () => {
  test('that is pasted is told as genuine, with what it says', async ({ site, page }) => {
    const { id, receipt } = await finished(site)
    await open(site, page)
    await paste(page, receipt)
    await heading(page, say.genuine).waitFor()
    const facts = await page.getByRole('definition').allInnerTexts()
    expect(facts.slice(1, 5)).toEqual(['ada', '1 of 5 points', say.notPassed, say.final])
    expect(facts).toContain(id)
    await page.getByText(say.signedBy(site.origin), { exact: true }).waitFor()
    await expectAccessible(page, { where: 'A genuine receipt' })
  })

  test('that comes with the address is verified at once, and is not sent to the server', async ({ site, page }) => {
    const { receipt } = await finished(site)
    const asked: string[] = []
    page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`))
    await open(site, page, `#receipt=${receipt}`)
    await heading(page, say.genuine).waitFor()
    // The address of a page has what stands behind the #, and what is sent has not.
    const [, ...others] = asked
    expect(others.join('\n')).not.toContain(receipt.split('.')[2])
    expect(site.host.log.some((entry) => JSON.stringify(entry).includes(receipt.split('.')[2]!))).toBe(false)
  })

  test('is read from a file that is chosen, and from one that is dropped anywhere', async ({ site, page }) => {
    const { receipt } = await finished(site)
    await open(site, page)
    const file = { name: 'receipt.jwt', mimeType: 'application/jwt', buffer: Buffer.from(`${receipt}\n`) }
    await page.getByLabel(say.file).setInputFiles(file)
    await heading(page, say.genuine).waitFor()

    await page.reload()
    await field(page).waitFor()
    expect(await heading(page, say.genuine).count()).toBe(0)
    const dropped = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], 'receipt.jwt'))
      return transfer
    }, receipt)
    await page.getByRole('heading', { name: say.title, exact: true }).dispatchEvent('drop', { dataTransfer: dropped })
    await heading(page, say.genuine).waitFor()
  })
})

describe('what is no genuine receipt of this server', () => {
  test('is told as what it is: changed, cut off, a progress token, nothing', async ({ site, page }) => {
    const { token, receipt } = await finished(site)
    await open(site, page)
    await paste(page, embellished(receipt))
    await expectFault(page, 'tampered')
    await paste(page, receipt.slice(0, -20))
    await expectFault(page, 'incomplete')
    await paste(page, token)
    await expectFault(page, 'progress-token')
    await paste(page, '')
    await expectFault(page, 'empty')
    await expectAccessible(page, { where: 'A receipt that is none' })
  })

  test('is told as that of another server', async ({ site, page }) => {
    const keys = await importKeySet(await generateKeys())
    const said = { attempt: 'att_1', quiz: 'basics', revision: 'rev_1', learner: null, score: 5, maxScore: 5 }
    const times = { startedAt: '2026-01-05T09:00:00.000Z', finishedAt: '2026-01-05T09:10:00.000Z' }
    const whole = { ...said, ...times, passed: true, seq: 3, final: true }
    const now = site.clock.now
    await open(site, page)
    await paste(page, await signReceipt(whole, { keys, publicUrl: 'https://other.example', now }))
    await expectFault(page, 'unknown-key')
    // Who made that up did not know that keys have names of their own.
    await paste(page, await signReceipt(whole, { keys, publicUrl: site.origin, now }))
    await expectFault(page, 'unknown-key')
  })
})

describe('without a connection', () => {
  test('nothing is said of the receipt, and it can be verified when the connection is back', async ({ site, page }) => {
    const { receipt } = await finished(site)
    await open(site, page)
    await goOffline(page)
    await paste(page, receipt)
    await expectFault(page, 'unreachable')
    await goOnline(page)
    await button(page, say.submit).click()
    await heading(page, say.genuine).waitFor()
  })
})
