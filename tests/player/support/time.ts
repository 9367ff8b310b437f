import type { Page } from 'playwright-core'
import type { Site } from './site.ts'

/**
 * Time that passes for the server and the browser together, and only when a test lets it.
 *
 * In the browser it is Date, performance, setTimeout, setInterval, requestAnimationFrame and AbortSignal.timeout that stand
 * still; promises, CSS and the network go on. So a request that a timer sends is on its way while `advance` runs on, and
 * its answer comes in real time, at whatever hour the clocks then show: wait for what it brings before you advance again.
 * The hour is that of all tabs of a context, new ones too, and a reload keeps it.
 */

/** Stops both clocks at the server's hour. To be called before the page goes anywhere. */
export async function stopTime(site: Site, page: Page): Promise<void> {
  // It runs on until it is stopped, and can only be stopped at an hour that has not passed.
  await page.clock.install({ time: site.clock.now - HOUR_MS })
  await page.clock.pauseAt(site.clock.now)
}

/** Lets time pass: every timer that falls due fires, and meets a server that is at most a second ahead of it. */
export async function advance(site: Site, page: Page, milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= SECOND_MS) {
    const step = Math.min(left, SECOND_MS)
    site.clock.now += step
    await page.clock.runFor(step)
  }
}

/** Time passes while the lid is closed: afterwards the timers that fell due fire once, at the hour of waking. */
export async function closeLid(site: Site, page: Page, milliseconds: number): Promise<void> {
  site.clock.now += milliseconds
  await page.clock.fastForward(milliseconds)
}

const SECOND_MS = 1000
const HOUR_MS = 3_600_000
