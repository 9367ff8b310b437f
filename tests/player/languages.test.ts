import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import * as german from '../../player/strings/de.ts'
import * as english from '../../player/strings/en.ts'
import { directionOf, stringsFor } from '../../player/strings/strings.ts'
import { formatFor } from '../../player/views/format.ts'
import { gallery, numeric, single, truth } from './support/gallery/document.ts'
import { test } from './support/gallery/gallery-test.ts'
import { arabic } from './support/gallery/languages.ts'
import { begin, introduce, play, press } from './support/gallery/stage.ts'

const { de } = german
const { en } = english

const ENGLISH = /\b(the|this|of|not|your|you|answer|question|again|time|is|and)\b/i

/** Every text, by its path; what is put together is given numbers and words that both languages write alike. */
function texts(words: object, path = ''): [path: string, text: string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] => {
    const at = `${path}/${name}`
    if (typeof value === 'object') return texts(value, at)
    if (typeof value === 'string') return [[at, value]]
    return [7, 1].map((count) => [`${at}(${count})`, (value as (...given: unknown[]) => string)(count, count, count)])
  })
}

describe('German', () => {
  const both = { words: [en, de], verify: [english.verify, german.verify] } as const
  for (const [name, [inEnglish, inGerman]] of Object.entries(both)) {
    it(`has all ${name} that English has, and none of them is left in English`, () => {
      const [here, there] = [texts(inGerman), new Map(texts(inEnglish))]
      expect(here.map(([path]) => path)).toEqual([...there.keys()])
      const same = here.filter(([path, text]) => text === there.get(path)).map(([, text]) => text)
      expect(same).toEqual(name === 'verify' ? ['Quiz', '7 (7)', '1 (1)'] : [])
      for (const [path, text] of here) {
        expect(text, path).not.toMatch(ENGLISH)
      }
    })
  }

  it('writes numbers, shares, times and durations as Germans do', () => {
    const format = formatFor('de', de)
    expect([format.points(1234.5), format.points(-2), format.percent(0.705)]).toEqual(['1.234,5', '−2', '70,5\u00a0%'])
    expect(format.moment('2026-09-01T08:05:00Z')).toMatch(/^0?1\.0?9\.2026, \d\d:05$/)
    expect([format.duration(5_400_000), format.duration(86_461_000)]).toEqual([
      '1 Stunde, 30 Minuten',
      '1 Tag, 1 Minute',
    ])
  })

  it('is written as the region has it, and falls back where the region is none', () => {
    expect(stringsFor('de-AT')).toEqual({ strings: de, language: 'de-AT' })
    expect(stringsFor('de-').language).toBe('de')
    expect(stringsFor('de_AT')).toMatchObject({ strings: en })
    for (const odd of ['', '-', 'constructor', '__proto__', 'x y', 'fr']) {
      const { strings, language } = stringsFor(odd)
      expect(strings, odd).toBe(en)
      expect(() => formatFor(language, strings).points(1), odd).not.toThrow()
    }
  })

  test('is what a German quiz is played in', async ({ stage, stage: { page } }) => {
    await introduce(stage, gallery({}, [truth], { language: 'de-AT' }), de.intro.start)
    expect(await page.locator('answerkey-quiz [part=frame]').getAttribute('lang')).toBe('de-AT')
  })

  test('is all that the player says where `lang` asks for it, from the beginning to the end', async ({
    site,
    stage: { page },
  }) => {
    const quiz = await site.publish(gallery({ tries: 2, timeLimitSeconds: 5400 }, [single, numeric]))
    await page.goto(site.embed(`<answerkey-quiz quiz="${quiz}" lang="de"></answerkey-quiz>`))
    await page.getByRole('button', { name: de.intro.start }).waitFor()
    await expectNoEnglish(page)
    await press(page, de.intro.start)
    await press(page, de.quiz.check)
    await page.getByRole('alert').filter({ hasText: de.quiz.missing.answer }).waitFor()
    await expectNoEnglish(page)
    await page.getByRole('radio', { name: 'Neither' }).check()
    await press(page, de.quiz.check)
    await page.getByRole('heading', { name: de.result.incorrect }).waitFor()
    await expectNoEnglish(page)
    await press(page, de.quiz.next)
    await page.getByRole('textbox').fill('much')
    await press(page, de.quiz.check)
    await expectNoEnglish(page)
    await press(page, de.quiz.toFinish)
    await expectNoEnglish(page)
    await press(page, de.finish.confirm)
    await page.getByRole('heading', { name: de.review.failed }).waitFor()
    await expectNoEnglish(page)
  })

  test('is what a reader of German verifies a receipt in', async ({ stage, openContext }) => {
    const { receipt } = await begin(stage.site, gallery({}, [truth]), { isFinished: true })
    const page = await (await openContext({ locale: 'de-DE' })).newPage()
    await page.goto(`${stage.site.origin}/verify#receipt=${receipt}`)
    await page.getByRole('heading', { name: german.verify.genuine }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de-DE')
    expect(await page.title()).toBe(german.verify.title)
    await page.getByText('5. Januar 2026').first().waitFor()
  })
})

describe('a language that the player has not learned', () => {
  it('is answered in English, which is marked as English', () => {
    for (const language of ['fr', 'ar', 'tlh', ''])
      expect(stringsFor(language)).toEqual({ strings: en, language: expect.stringMatching(/^en\b/) })
    expect(stringsFor('EN-gb').language).toBe('EN-gb')
  })

  it('runs in its own direction', () => {
    expect(['ar', 'he-IL', 'fa', 'UR'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'rtl'])
    expect(['en', 'de', 'ja', 'arn'].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr', 'ltr'])
  })

  test("has its texts run from right to left, and the player's words among them marked as English", async ({
    stage,
    stage: { page },
  }) => {
    await play(stage, arabic(), { responses: { single: { choice: 'first' } } }, 2)
    const near = (text: string) =>
      page
        .getByText(text, { exact: true })
        .first()
        .evaluate((element) => {
          const [lang, dir] = ['lang', 'dir'].map((name) => element.closest(`[${name}]`)!.getAttribute(name))
          return { lang, dir }
        })
    expect(await near('هذه مكان للعمل فقط.')).toEqual({ lang: 'ar', dir: 'rtl' })
    expect(await near(en.result.incorrect)).toEqual({ lang: 'en-GB', dir: 'ltr' })
    expect((await near(en.controls.chosenWrong)).lang).toBe('en')
  })

  test('has what is first on the right: the handle of a row, then its text, then the buttons that move it', async ({
    stage,
    stage: { page },
  }) => {
    await play(stage, arabic(), {}, 1)
    const row = page.getByRole('listitem').filter({ hasText: 'execve' })
    const left = async (part: string) => (await row.locator(`[part=${part}]`).first().boundingBox())!.x
    expect(await left('handle')).toBeGreaterThan(await left('move'))
    const [up, down] = await row
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().x))
    expect(up).toBeGreaterThan(down!)
  })
})

/** What is shown and what is only read out: but for what the author wrote, which is marked as English. */
async function expectNoEnglish(page: Page): Promise<void> {
  const said = await page.locator('answerkey-quiz').evaluate((quiz) => {
    const textsIn = (node: Node): string[] => {
      if (node instanceof Text) return [node.data.trim()]
      if (node instanceof Element && node.matches('[lang=en], style')) return []
      const own = node instanceof Element ? (node.getAttribute('aria-label') ?? '') : ''
      return [own, ...[...node.childNodes].flatMap(textsIn)]
    }
    return textsIn(quiz.shadowRoot!).filter((text) => /\p{L}/u.test(text))
  })
  expect(said.length).toBeGreaterThan(5)
  const inEnglish = new Set(texts(en).map(([, text]) => text))
  expect(said.filter((text) => inEnglish.has(text) || ENGLISH.test(text))).toEqual([])
}
