import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { findChromium, launchChromium } from '../tests/player/support/chromium.ts'
import { listenForComplaints } from '../tests/player/support/complaints.ts'
import { STATES } from '../tests/player/support/gallery/states.ts'
import type { State } from '../tests/player/support/gallery/stage.ts'
import { buildAssets } from './_assets.ts'
import { openDemo } from './_demo.ts'

/**
 * `npm run screenshots`: the pictures of the README, into `docs/images`. With `--png <folder>` instead every state on every
 * device, light and dark, to look at; `--only <text>` takes those alone whose name has it.
 */

const DEVICES: Record<string, BrowserContextOptions> = {
  desktop: { viewport: { width: 1200, height: 800 } },
  phone: { viewport: { width: 390, height: 844 } },
  narrow: { viewport: { width: 320, height: 640 } },
  tablet: { viewport: { width: 768, height: 1024 } },
  wide: { viewport: { width: 1920, height: 1080 } },
}

const {
  png = '/tmp/shots',
  only = '',
  devices = 'desktop,phone',
  schemes = 'light',
} = parseArgs({
  options: {
    png: { type: 'string' },
    only: { type: 'string' },
    devices: { type: 'string' },
    schemes: { type: 'string' },
  },
}).values
const chromium = findChromium(process.env)
if (chromium === null) throw new Error('There is no Chromium on the PATH, and CHROMIUM names none.')
await buildAssets()
const site = await openDemo()
const browser = await launchChromium(chromium)
mkdirSync(png, { recursive: true })
for (const [name, state] of Object.entries(STATES)) {
  if (!new RegExp(only).test(name)) continue
  try {
    const page = await show(state)
    for (const device of devices.split(',')) {
      await page.setViewportSize(DEVICES[device]!.viewport!)
      for (const colorScheme of schemes.split(',') as ('light' | 'dark')[]) {
        await page.emulateMedia({ colorScheme })
        write(
          join(png, `${name.replaceAll(/[ ,]+/g, '-')}.${device}.${colorScheme}.png`),
          await page.screenshot({ fullPage: true }),
        )
      }
    }
    await page.context().close()
  } catch (error) {
    console.error(name, error)
  }
}
await browser.close()
await site.close()

async function show(state: State): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    viewport: { width: 1200, height: 800 },
  })
  context.setDefaultTimeout(5000)
  await listenForComplaints(context)
  const page = await context.newPage()
  await state({ page, site })
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  return page
}

function write(path: string, picture: Buffer): void {
  writeFileSync(path, picture)
}
