import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { findChromium, launchChromium } from '../tests/player/support/chromium.ts'
import { listenForComplaints } from '../tests/player/support/complaints.ts'
import type { State } from '../tests/player/support/gallery/stage.ts'
import { STATES } from '../tests/player/support/gallery/states.ts'
import { buildAssets } from './_assets.ts'
import { openDemo } from './_demo.ts'
import { PICTURES } from './_pictures.ts'

/**
 * `npm run screenshots`: the pictures of the README, into `docs/images`, of the quiz in `questions/`. With `--png <folder>`
 * instead every state on every device, light and dark, to look at; `--only <pattern>` takes those whose name it fits.
 */

const DEVICES: Readonly<Record<string, BrowserContextOptions['viewport']>> = {
  phone: { width: 390, height: 844 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1200, height: 800 },
}

const { png, only } = parseArgs({ options: { png: { type: 'string' }, only: { type: 'string', default: '' } } }).values
const chromium = findChromium(process.env)
if (chromium === null) throw new Error('There is no Chromium on the PATH, and CHROMIUM names none.')
await buildAssets()
const site = await openDemo()
const browser = await launchChromium(chromium)
await (png === undefined ? takeForReadme('docs/images') : takeAll(png))
await browser.close()
await site.close()

async function takeForReadme(folder: string): Promise<void> {
  for (const { name, state, from, ...options } of PICTURES) {
    const page = await show(state, options)
    if (from) {
      await page.locator(`answerkey-quiz ${from}`).evaluate((element) => element.scrollIntoView())
      await page.evaluate('scrollBy(0, -8)')
    }
    const session = await page.context().newCDPSession(page)
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 50 })
    write(folder, `${name}.webp`, Buffer.from(data, 'base64'))
    await page.context().close()
  }
}

async function takeAll(folder: string): Promise<void> {
  for (const [name, state] of Object.entries(STATES)) {
    if (!new RegExp(only).test(name)) continue
    const page = await show(state, { viewport: DEVICES['desktop']! })
    for (const [device, viewport] of Object.entries(DEVICES)) {
      await page.setViewportSize(viewport!)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        write(folder, `${name}, ${device}, ${colorScheme}.png`, await page.screenshot({ fullPage: true }))
      }
    }
    await page.context().close()
  }
}

/** Each picture is of a browser that has stored nothing yet, and in which nothing moves. */
async function show(state: State, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...options })
  await listenForComplaints(context)
  const page = await context.newPage()
  await state({ page, site })
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  return page
}

function write(folder: string, name: string, picture: Buffer): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), picture)
  console.log(`${join(folder, name)}: ${(picture.length / 1024).toFixed(1)} KiB`)
}
