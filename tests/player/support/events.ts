import type { Page } from 'playwright-core'

/** What the player says to its page: kept from the beginning of the page, as its document hears it. */

interface Heard {
  readonly type: string
  readonly detail: any
  readonly composed: boolean
}

const TYPES = ['answerkey-loaded', 'answerkey-answered', 'answerkey-finished']

/** To be called before the page goes anywhere. */
export async function listenForEvents(page: Page): Promise<void> {
  await page.addInitScript((types) => {
    const heard: Heard[] = []
    Object.assign(window, { heard })
    for (const type of types) {
      document.addEventListener(type, (event) => {
        const { detail, composed } = event as CustomEvent
        heard.push({ type, detail, composed })
      })
    }
  }, TYPES)
}

/** Since the page was loaded. */
export function heardBy(page: Page): Promise<Heard[]> {
  return page.evaluate(() => (window as unknown as { heard: Heard[] }).heard)
}

export async function typesHeardBy(page: Page): Promise<string[]> {
  return (await heardBy(page)).map(({ type }) => type.replace('answerkey-', ''))
}
