import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tokens } from '../../player/styles/tokens.ts'
import { type Color, contrast, fromHex, mix } from './support/colors.ts'

/** That the colours are told apart follows from their values: text by 4.5 to 1, what is no text and tells something by 3 to 1. */

type Palette = Readonly<Record<string, Color>>

function palettes(css: string, pattern: RegExp): { light: Palette; dark: Palette } {
  const found = [...css.matchAll(pattern)].map(
    ([, name, light, dark]) => [name!, fromHex(light!), fromHex(dark!)] as const,
  )
  return {
    light: Object.fromEntries(found.map(([name, light]) => [name, light])),
    dark: Object.fromEntries(found.map(([name, , dark]) => [name, dark])),
  }
}

const player = palettes(tokens.cssText, /--_([\w-]+): var\(--answerkey-[\w-]+, light-dark\((#\w+), (#\w+)\)\)/g)
const page = palettes(readFileSync('assets/page.css', 'utf8'), /--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)

it('the colours are those that docs/player.md names, twice each', () => {
  const names = [
    'accent',
    'on-accent',
    'surface',
    'raised',
    'text',
    'muted',
    'line',
    'edge',
    'correct',
    'partial',
    'incorrect',
  ]
  for (const palette of Object.values(player)) expect(Object.keys(palette)).toEqual(names)
})

for (const light of ['light', 'dark'] as const) {
  const colors = player[light]
  const of = (name: string) => colors[name]!

  describe(`where it is ${light}`, () => {
    const grounds: [string, Color][] = [
      ['the ground', of('surface')],
      ['what is raised', of('raised')],
    ]
    for (const [where, ground] of grounds) {
      for (const name of ['text', 'muted', 'accent', 'correct', 'partial', 'incorrect']) {
        it(`${name} is read on ${where}`, () => expect(contrast(of(name), ground)).toBeGreaterThanOrEqual(4.5))
      }
      for (const name of ['edge', 'accent']) {
        it(`${name} is seen on ${where}`, () => expect(contrast(of(name), ground)).toBeGreaterThanOrEqual(3))
      }
      it(`code is read on ${where}`, () => {
        expect(contrast(of('text'), mix(0.07, of('text'), ground))).toBeGreaterThanOrEqual(4.5)
        expect(contrast(of('accent'), mix(0.07, of('text'), ground))).toBeGreaterThanOrEqual(4.5)
      })
    }

    it('what is to be pressed is read', () => {
      expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5)
      const hovered = mix(0.88, of('accent'), of('text'))
      expect(contrast(of('on-accent'), hovered)).toBeGreaterThanOrEqual(4.5)
    })

    for (const tone of ['correct', 'partial', 'incorrect', 'accent']) {
      it(`${tone}, and text, is read on its own tint`, () => {
        const tint = mix(0.1, of(tone), of('surface'))
        expect(contrast(of(tone), tint)).toBeGreaterThanOrEqual(4.5)
        expect(contrast(of('text'), tint)).toBeGreaterThanOrEqual(4.5)
      })
    }

    for (const filled of ['accent', 'correct']) {
      it(`the part of a bar that is filled with ${filled} is told from the rest`, () =>
        expect(contrast(of(filled), of('line'))).toBeGreaterThanOrEqual(3))
    }

    it('the pages have the same colours', () => expect(colors).toMatchObject(page[light]))
  })
}
