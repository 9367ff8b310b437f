import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { createApp } from '../src/app.ts'
import { createDeps } from '../src/hosts/create-deps.ts'
import { openNodeDatabase } from '../src/hosts/node-database.ts'
import { generateKeys } from '../src/tokens/generate-keys.ts'
import { findChromium, launchChromium } from '../tests/player/support/chromium.ts'
import { type Served, serveHere } from '../tests/player/support/serve.ts'
import { buildAssets } from './_assets.ts'
import { publishBank } from './_publish.ts'

/**
 * `npm run screenshots`: the pictures of the README, into `docs/images`, of the quiz in `questions/`. With `--png <folder>`
 * instead every state on every device, light and dark, to look at.
 */

/** What a picture shows: brings a page, which is nowhere yet, to the state and leaves it there. */
type State = (page: Page, origin: string) => Promise<void>

const STATES: Record<string, State> = {
  async quizzes(page, origin) {
    await page.goto(origin)
  },
}

const DEVICES: Record<string, BrowserContextOptions> = {
  desktop: { viewport: { width: 1200, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
}

const { png } = parseArgs({ options: { png: { type: 'string' } } }).values
const chromium = findChromium(process.env)
if (chromium === null) throw new Error('There is no Chromium on the PATH, and CHROMIUM names none.')
await buildAssets()
const site = await openDemo()
const browser = await launchChromium(chromium)
await (png === undefined ? takeForReadme('docs/images') : takeAll(png))
await browser.close()
await site.close()

async function takeForReadme(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const name of Object.keys(STATES)) {
    const page = await show(name, { ...DEVICES['desktop'], colorScheme: 'light' })
    const session = await page.context().newCDPSession(page)
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 })
    write(join(folder, `${name}.webp`), Buffer.from(data, 'base64'))
    await page.context().close()
  }
}

async function takeAll(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const name of Object.keys(STATES)) {
    for (const [device, options] of Object.entries(DEVICES)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await show(name, { ...options, colorScheme })
        write(join(folder, `${name}-${device}-${colorScheme}.png`), await page.screenshot({ fullPage: true }))
        await page.context().close()
      }
    }
  }
}

/** Each picture is of a browser that has stored nothing yet, and in which nothing moves. */
async function show(name: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  await STATES[name]!(page, site.origin)
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  return page
}

function write(path: string, picture: Buffer): void {
  writeFileSync(path, picture)
  console.log(`${path}: ${(picture.length / 1024).toFixed(1)} KiB`)
}

/** Answerkey with the bank, on a database that nobody keeps. */
async function openDemo(): Promise<Served> {
  const adminKey = 'root-key-of-the-screenshots'
  const { db } = await openNodeDatabase({ DATA_DIR: mkdtempSync(join(tmpdir(), 'answerkey-')) })
  const served = await serveHere(async (publicUrl) => {
    const signingKeys = await generateKeys()
    const config = { publicUrl, corsOrigins: null, gitSha: 'demo', webhooksAllowLoopback: false, adminKey, signingKeys }
    const edges = { db, background: () => undefined, outgoing: () => Promise.reject(new Error('Nobody listens.')) }
    return createApp(await createDeps(config, edges)).fetch
  })
  await publishBank(served.origin, adminKey)
  return served
}
