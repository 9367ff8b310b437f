import type { Locator, Page } from 'playwright-core'

/** What a learner works a page with. Everything is found by what it is called, and used as this hand would. */
export interface Hands {
  /** A button or a link. */
  press(target: Locator): Promise<void>
  /** A radio button or a checkbox, which is then chosen or not. */
  set(target: Locator, chosen: boolean): Promise<void>
  /** An entry of a select, by its words. */
  pick(select: Locator, entry: string): Promise<void>
  /** A text, in place of the one that is there. */
  write(field: Locator, text: string): Promise<void>
}

export function mouse(page: Page): Hands {
  return pointing(page, (target) => target.click())
}

/** A finger on a screen, in a context with `hasTouch`. */
export function finger(page: Page): Hands {
  return pointing(page, (target) => target.tap())
}

/** What a select unfolds into belongs to the system, where no pointer of a test can reach. */
function pointing(page: Page, point: (target: Locator) => Promise<void>): Hands {
  return {
    press: point,
    async set(target, chosen) {
      if ((await target.isChecked()) !== chosen) await point(target)
    },
    async pick(select, entry) {
      await select.selectOption({ label: entry })
    },
    async write(field, text) {
      await point(field)
      await replaceText(page, text)
    },
  }
}

/** Keys and nothing else: Tab leads to everything, and back. */
export function keyboard(page: Page): Hands {
  const press = (key: string) => page.keyboard.press(key)
  return {
    async press(target) {
      await goTo(page, target)
      await press('Enter')
    },
    async set(target, chosen) {
      if ((await target.isChecked()) === chosen) return
      await goTo(page, target)
      if ((await target.getAttribute('type')) === 'checkbox') return press('Space')
      // Of a group of radio buttons one can be reached: arrows lead to the others, and choose them.
      for (let presses = 0; !(await isFocused(target)); presses++) {
        if (presses > MANY) throw new Error(`The arrows do not lead to ${String(target)}.`)
        await press('ArrowDown')
      }
      if (!(await target.isChecked())) await press('Space')
    },
    async pick(select, entry) {
      await goTo(page, select)
      const entries = (await select.getByRole('option').allTextContents()).map((text) => text.trim())
      const steps = entries.indexOf(entry) - entries.indexOf(await chosenOf(select))
      for (let step = 0; step < Math.abs(steps); step++) await press(steps > 0 ? 'ArrowDown' : 'ArrowUp')
      if ((await chosenOf(select)) !== entry) throw new Error(`The arrows do not lead to "${entry}".`)
    },
    async write(field, text) {
      await goTo(page, field)
      await replaceText(page, text)
    },
  }
}

/** More than anything on a page takes. */
const MANY = 100

async function replaceText(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  await page.keyboard.type(text)
}

function chosenOf(select: Locator): Promise<string> {
  return select.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]!.text.trim())
}

async function goTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; ; presses++) {
    const way = await wayTo(target)
    if (way === 'here') return
    if (presses > MANY) throw new Error(`Tab does not lead to ${String(target)}.`)
    await page.keyboard.press(way)
  }
}

/** Which key leads nearer to an element. At a radio button of its group it is reached as far as Tab can. */
function wayTo(target: Locator): Promise<'here' | 'Tab' | 'Shift+Tab'> {
  return target.evaluate((element) => {
    let focused = document.activeElement
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
    const isReached =
      focused === element ||
      (focused instanceof HTMLInputElement &&
        element instanceof HTMLInputElement &&
        focused.type === 'radio' &&
        focused.name !== '' &&
        focused.name === element.name)
    if (isReached) return 'here'
    const isBehind = focused !== null && focused.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING
    return isBehind && focused !== document.body ? 'Shift+Tab' : 'Tab'
  })
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element)
}
