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

interface Tools {
  /** The reader's own style. */
  readonly sheet: CSSStyleSheet
  /** Every element of the page, those of shadow trees too. */
  all(): Element[]
  /** Those that are shown, and are not moved by scrolling something else than the page. */
  visible(): Element[]
  /** What has the focus, in whatever tree. */
  active(): HTMLElement | null
  /** Whether something of it is on top. */
  isAt(element: Element): boolean
  nameOf(element: Element): string
}

declare global {
  interface Window {
    answerkeyTest: Tools
  }
}

/** Makes the tools above ready in the pages of a context; to be called before they go anywhere. */
export async function installTools(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const all = (root: Document | ShadowRoot = document): Element[] =>
      [...root.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])])
    const parentOf = (element: Element): Element | null =>
      element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null
    const scrolls = (element: Element): boolean => {
      const parent = parentOf(element)
      if (parent === null || parent === document.documentElement) return false
      return ['auto', 'scroll'].includes(getComputedStyle(parent).overflowX) || scrolls(parent)
    }
    const isShown = (element: Element): boolean => {
      if (!element.checkVisibility({ visibilityProperty: true })) return false
      const { width, height } = element.getBoundingClientRect()
      for (let each: Element | null = element; each; each = parentOf(each)) {
        if (getComputedStyle(each).clipPath !== 'none') return false
      }
      return width > 0 && height > 0
    }
    const deepest = (find: (root: Document | ShadowRoot) => Element | null): Element | null => {
      let found = find(document)
      for (let inner = found; inner?.shadowRoot;) {
        inner = find(inner.shadowRoot)
        found = inner ?? found
      }
      return found
    }
    window.answerkeyTest = {
      sheet: new CSSStyleSheet(),
      all: () => all(),
      visible: () => all().filter((element) => isShown(element) && !scrolls(element)),
      active: () => deepest((root) => root.activeElement) as HTMLElement | null,
      isAt(element) {
        const { left, top, width, height } = element.getBoundingClientRect()
        const parts = [0.1, 0.5, 0.9]
        return parts.some((x) =>
          parts.some((y) => {
            const at = deepest((root) => root.elementFromPoint(left + width * x, top + height * y))
            return at !== null && (element.contains(at) || at.contains(element))
          }),
        )
      },
      nameOf: (element) => {
        const text = element.getAttribute('aria-label') ?? element.textContent ?? ''
        return `<${element.localName} class="${element.getAttribute('class') ?? ''}"> ${text.trim().slice(0, 40)}`
      },
    }
  })
}
