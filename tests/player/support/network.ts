import type { Page, Route } from 'playwright-core'
import { expectComplaint } from './complaints.ts'

/**
 * Faults of the network, for the requests of a page whose URL matches: a RegExp, or a glob that ends in `/responses`. What
 * the browser says of them on its console is expected. Of several at one URL the last that was planned comes first.
 */

type Pattern = string | RegExp

/** The next requests never reach the server. */
export async function refuse(page: Page, pattern: Pattern, times = 1): Promise<void> {
  expectComplaint(page, /net::ERR_CONNECTION_REFUSED/)
  await page.route(pattern, (route) => route.abort('connectionrefused'), { times })
}

/** The server does the work of the next requests, and the browser never hears of it. */
export async function loseAnswer(page: Page, pattern: Pattern, times = 1): Promise<void> {
  expectComplaint(page, /net::ERR_CONNECTION_RESET/)
  await page.route(pattern, lose, { times })
}

async function lose(route: Route): Promise<void> {
  await route.fetch()
  await route.abort('connectionreset')
}

export interface Held {
  /** Resolves when the server has done the work. */
  readonly answered: Promise<void>
  /** Lets the browser have the answer. */
  release(): void
}

/** The server does the work of the next request, and its answer is on its way until it is released. */
export async function hold(page: Page, pattern: Pattern): Promise<Held> {
  const answered = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const wait = async (route: Route) => {
    const response = await route.fetch()
    answered.resolve()
    await released.promise
    await route.fulfill({ response })
  }
  await page.route(pattern, wait, { times: 1 })
  return { answered: answered.promise, release: released.resolve }
}

/** Nothing reaches the server from any tab of the page's context, until `goOnline`. */
export async function goOffline(page: Page): Promise<void> {
  expectComplaint(page, /net::ERR_INTERNET_DISCONNECTED/)
  await page.context().setOffline(true)
}

export async function goOnline(page: Page): Promise<void> {
  await page.context().setOffline(false)
}
