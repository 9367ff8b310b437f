import { constants, inflateSync } from 'node:zlib'
import type { Locator } from 'playwright-core'

/** Colours as red, green and blue, 0 to 255, and how well they are told apart: WCAG 2.2, "contrast ratio". */
export type Color = readonly [number, number, number]

export function fromHex(hex: string): Color {
  const [red = 0, green = 0, blue = 0] = hex.match(/[\da-f]{2}/gi)!.map((part) => Number.parseInt(part, 16))
  return [red, green, blue]
}

export function contrast(one: Color, other: Color): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light! + 0.05) / (dark! + 0.05)
}

function luminance(color: Color): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

/** So much of a colour in another, as `color-mix(in srgb, …)` has it. */
export function mix(share: number, color: Color, into: Color): Color {
  const part = (index: 0 | 1 | 2) => color[index] * share + into[index] * (1 - share)
  return [part(0), part(1), part(2)]
}

/** The colour of one pixel of an element as it is painted; the place is a share of its width, in the middle of its height. */
export async function paintedAt(element: Locator, share: number): Promise<Color> {
  await element.scrollIntoViewIfNeeded()
  const box = (await element.boundingBox())!
  const clip = { x: Math.floor(box.x + box.width * share), y: Math.floor(box.y + box.height / 2), width: 1, height: 1 }
  const png = await element.page().screenshot({ clip })
  const start = png.indexOf('IDAT') + 4
  // A beginning is enough: browsers cut what they pack into several pieces.
  const data = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)), {
    finishFlush: constants.Z_SYNC_FLUSH,
  })
  // Before the first pixel of a line stands how the line is filtered: that one has no neighbour, so it is as it is.
  return [data[1]!, data[2]!, data[3]!]
}
