import type { Page } from 'playwright-core'

/* oxlint-disable unicorn/consistent-function-scoping -- What is sent to a page takes nothing along from here. */

/** What tests ask of a page from within, through the borders of shadow trees. */
interface Tools {
  /** The reader's own style. */
  readonly sheet: CSSStyleSheet
  /** Every element of the page, those of shadow trees too. */
  readonly all: () => Element[]
  /** Those that are shown, and are not moved by scrolling something else than the page. */
  readonly visible: () => Element[]
  /** What has the focus, in whatever tree. */
  readonly active: () => HTMLElement | null
  /** Whether something of it is on top. */
  readonly isAt: (element: Element) => boolean
  readonly nameOf: (element: Element) => string
}

declare global {
  interface Window {
    answerkeyTest: Tools
  }
}

/** Makes the tools ready; to be called before the page goes anywhere. */
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
