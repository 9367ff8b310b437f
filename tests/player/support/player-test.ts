import type { BrowserContextOptions } from 'playwright-core'
import { inject, test as base } from 'vitest'
import type { HostOptions } from '../../support/host.ts'
import { launchChromium } from './chromium.ts'
import { listenForComplaints, refuseComplaints } from './complaints.ts'
import { openElsewhere, openSite } from './site.ts'

/**
 * `test` with what a suite of the player works on, made when a test asks for it and closed by itself:
 *
 *   test('…', async ({ site, page }) => {
 *     const quiz = await site.publish()
 *     await page.goto(site.embed(`<answerkey-quiz quiz="${quiz}"></answerkey-quiz>`))
 *   })
 *
 * Site, elsewhere and browser are the file's, and hooks get them too; a context is the test's: nothing is stored from one
 * to the next. A page that complains fails its test. Without a browser the tests that need one are skipped.
 */
export const test = base
  /** What another suite wants differently: `test.override('options', { corsOrigins: [] })`. */
  .extend('options', { scope: 'file' }, {} as HostOptions)
  /** Answerkey at an origin of its own. */
  .extend('site', { scope: 'file' }, async ({ options }, { onCleanup }) => {
    const site = await openSite(options)
    onCleanup(() => site.close())
    return site
  })
  /** Another origin, whose pages embed the player of the site. */
  .extend('elsewhere', { scope: 'file' }, async ({ site }, { onCleanup }) => {
    const elsewhere = await openElsewhere(site)
    onCleanup(() => elsewhere.close())
    return elsewhere
  })
  .extend('chromium', { scope: 'file' }, inject('chromium'))
  .extend('browser', { scope: 'file' }, async ({ chromium }, { onCleanup }) => {
    if (chromium === null) return null
    const browser = await launchChromium(chromium)
    onCleanup(() => browser.close())
    return browser
  })
  /** Opens a context of its own: another learner's browser, a phone, a dark room. */
  .extend('openContext', async ({ browser, skip, onTestFinished }) => {
    return async (options: BrowserContextOptions = {}) => {
      if (browser === null) return skip('There is no Chromium.')
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options })
      context.setDefaultTimeout(PATIENCE_MS)
      await listenForComplaints(context)
      onTestFinished(async () => {
        await context.close()
        refuseComplaints(context)
      })
      return context
    }
  })
  /** A browser with nothing in its storage. A second tab is `context.newPage()`. */
  .extend('context', ({ openContext }) => openContext())
  .extend('page', ({ context }) => context.newPage())

/** How long an element is waited for: less than a test has, so that the failure says which. */
const PATIENCE_MS = 15_000
