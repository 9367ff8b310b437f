import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'

const MAX_KIB = 45

const source = readFileSync('public/player.js')

describe('player.js', () => {
  it(`is at most ${MAX_KIB} KiB, gzipped`, () => {
    const kib = gzipSync(source, { level: 9 }).length / 1024
    console.log(`player.js: ${kib.toFixed(1)} KiB gzipped, of ${MAX_KIB}`)
    expect(kib).toBeLessThanOrEqual(MAX_KIB)
  })

  it('is one module, which imports nothing and hands out nothing', () => {
    const { module, errors } = parseSync('player.js', source.toString())
    expect(errors).toEqual([])
    expect([module.staticImports, module.staticExports, module.dynamicImports]).toEqual([[], [], []])
  })

  it('is built for use, not for development', () => {
    expect(source.toString()).not.toMatch(/lit is in dev mode|sourceMappingURL|process\.env/i)
  })
})
