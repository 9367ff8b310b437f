import type { Page } from 'playwright-core'

/** What is wrong with how a page is laid out, as one line for each element that it is wrong with. */

/** What is wider than the window, and does not scroll by itself as code and tables do. */
export async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = []
    const { scrollWidth } = document.documentElement
    if (scrollWidth > innerWidth) found.push(`The page is ${scrollWidth} px wide in a window of ${innerWidth}.`)
    for (const element of window.answerkeyTest.visible()) {
      const { left, right } = element.getBoundingClientRect()
      if (left >= -1 && right <= innerWidth + 1) continue
      found.push(`${window.answerkeyTest.nameOf(element)} is from ${left} to ${right} px.`)
    }
    return found
  })
}

/** Texts of which a part is hidden. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    window.answerkeyTest
      .visible()
      .filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element)
        const hides = [overflowX, overflowY].some((overflow) => overflow === 'hidden' || overflow === 'clip')
        const isWider = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1
        return hides && isWider && !element.matches('select, input, textarea, svg, progress')
      })
      .map((element) => `${window.answerkeyTest.nameOf(element)} is cut off.`),
  )
}

/** What is to be pressed and smaller than 24 px (WCAG 2.5.8); links in a sentence are as high as its lines. */
export async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    window.answerkeyTest
      .visible()
      .filter((element) => element.matches('button, a[href], input, select, textarea, [tabindex="0"], .grip'))
      .filter((element) => getComputedStyle(element).display !== 'inline')
      .filter((element) => {
        const { width, height } = (element.closest('label') ?? element).getBoundingClientRect()
        return Math.min(width, height) < 24
      })
      .map((element) => `${window.answerkeyTest.nameOf(element)} is less than 24 px.`),
  )
}

/** What shows no ring when the keyboard brings it the focus (2.4.7), or shows nothing of itself (2.4.11). */
export async function focusedUnseen(page: Page): Promise<string[]> {
  // So that the browser takes the keyboard for what moves the focus.
  await page.keyboard.press('Shift')
  return page.evaluate(() => {
    const { visible, nameOf, active, isAt } = window.answerkeyTest
    const before = active()
    const found = visible().flatMap((element) => {
      if (!element.matches('button, a[href], input, select, textarea, [tabindex="0"]')) return []
      if (!(element instanceof HTMLElement)) return []
      element.focus()
      if (active() !== element) return []
      const rings = [element, element.closest('.card'), element.closest('label')].map((each) => {
        const { outlineStyle, outlineWidth } = each
          ? getComputedStyle(each)
          : { outlineStyle: 'none', outlineWidth: '0' }
        return outlineStyle === 'auto' || (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2)
      })
      return [
        ...(rings.includes(true) ? [] : [`${nameOf(element)} has no ring.`]),
        ...(isAt(element) ? [] : [`${nameOf(element)} is hidden by something else.`]),
      ]
    })
    before?.focus()
    return found
  })
}

/** As far apart as readers may set letters, words, lines and paragraphs (1.4.12). */
export const SET_APART = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`

/** As large as readers may have it (1.4.4). */
export const TWICE_AS_LARGE = ':root { font-size: 200% !important }'

/** Gives the page a reader's own style, in shadow trees too, in place of the one before: no policy of the page keeps it out. */
export async function readWith(page: Page, css: string): Promise<void> {
  await page.evaluate((text) => {
    const { sheet, all } = window.answerkeyTest
    sheet.replaceSync(text)
    for (const tree of [document, ...all().flatMap(({ shadowRoot }) => shadowRoot ?? [])]) {
      if (!tree.adoptedStyleSheets.includes(sheet)) tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet]
    }
  }, css)
}
