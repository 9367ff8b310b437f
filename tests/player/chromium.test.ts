import { describe, expect, it } from 'vitest'
import { chromiumForTests, findChromium } from './support/chromium.ts'

/** A machine on which just these files can be executed. */
const machine =
  (...files: string[]) =>
  (path: string) =>
    files.includes(path)

const PATH = '/usr/local/bin:/usr/bin'

describe('the browser of this machine', () => {
  it('is the one that CHROMIUM names, whatever else is there', () => {
    const isExecutable = machine('/opt/chrome', '/usr/bin/chromium')
    expect(findChromium({ CHROMIUM: '/opt/chrome', PATH }, isExecutable)).toBe('/opt/chrome')
  })

  it('is not another one when CHROMIUM names what is not there', () => {
    const isExecutable = machine('/usr/bin/chromium')
    expect(() => findChromium({ CHROMIUM: '/opt/chrome', PATH }, isExecutable)).toThrow('CHROMIUM is /opt/chrome')
  })

  it('is otherwise on the PATH, under one of its names', () => {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      expect(findChromium({ CHROMIUM: '', PATH }, machine(`/usr/bin/${name}`))).toBe(`/usr/bin/${name}`)
    }
    expect(findChromium({ PATH }, machine('/usr/bin/chromium', '/usr/local/bin/google-chrome'))).toBe(
      '/usr/bin/chromium',
    )
  })

  it('may be missing', () => {
    expect(findChromium({ PATH }, machine('/elsewhere/chromium', 'chromium'))).toBeNull()
    expect(findChromium({}, machine('chromium', '/chromium'))).toBeNull()
  })
})

describe('a machine without a browser', () => {
  const told: string[] = []
  const choose = (env: Record<string, string>, ...files: string[]) =>
    chromiumForTests({ PATH, ...env }, (line) => void told.push(line), machine(...files))

  it('has the tests skipped, and says once that they are and what to do', () => {
    expect(choose({ CI: '' })).toBeNull()
    expect(told.splice(0)).toEqual([expect.stringMatching(/skipped.*apt-get install chromium.*CHROMIUM=/)])
  })

  it('has them fail in continuous integration, whatever it sets CI to', () => {
    for (const CI of ['true', '1', 'woodpecker']) {
      expect(() => choose({ CI })).toThrow(/no Chromium.*apt-get install chromium.*CHROMIUM=/)
    }
    expect(told).toEqual([])
  })

  it('is not one that has a browser: that says nothing', () => {
    expect(choose({}, '/usr/bin/chromium')).toBe('/usr/bin/chromium')
    expect(choose({ CI: 'true' }, '/usr/bin/chromium')).toBe('/usr/bin/chromium')
    expect(told).toEqual([])
  })
})
