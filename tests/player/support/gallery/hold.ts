import { expect } from 'vitest'
import { expectAccessible } from '../accessibility.ts'
import { cutOff, focusedUnseen, readWith, SET_APART, tooSmall, tooWide, TWICE_AS_LARGE } from '../layout.ts'
import { installTools } from '../page-tools.ts'
import { DESKTOP, NARROW, test } from './gallery-test.ts'
import type { State } from './stage.ts'

/** Looks at each of these states in every light and at every size: nothing of it keeps anybody out. */
export function holdForAll(states: Readonly<Record<string, State>>): void {
  for (const [name, state] of Object.entries(states)) {
    test(`${name}: everybody can see and reach it all`, async ({ stage }) => {
      const { page } = stage
      await installTools(page)
      await state(stage)
      for (const viewport of [DESKTOP, NARROW]) {
        await page.setViewportSize(viewport)
        const where = `${name}, ${viewport.width} px wide`
        await expectAccessible(page, { where })
        await page.emulateMedia({ colorScheme: 'dark' })
        await expectAccessible(page, { where: `${where}, dark`, colorsAlone: true })
        await page.emulateMedia({ colorScheme: 'light' })
        expect.soft(await focusedUnseen(page), where).toEqual([])
        expect.soft(await tooSmall(page), where).toEqual([])
        expect.soft([...(await tooWide(page)), ...(await cutOff(page))], where).toEqual([])
      }
      for (const [how, css] of Object.entries({ 'set apart': SET_APART, 'twice as large': TWICE_AS_LARGE })) {
        await readWith(page, css)
        expect.soft([...(await tooWide(page)), ...(await cutOff(page))], `${name}, text ${how}`).toEqual([])
      }
    })
  }
}
