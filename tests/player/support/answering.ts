import type { Locator, Page } from 'playwright-core'
import type { ClozeQuestion, Question, Response } from '../../../player/contract.ts'
import { en } from '../../../player/strings/en.ts'
import type { Hands } from './hands.ts'

const { controls: say } = en

/** Gives a response at the question that is shown: each part of it by its name, as it was served. */
export async function give(page: Page, hands: Hands, question: Question, response: Response): Promise<void> {
  const control = page.getByRole('article')
  const given = response as Record<string, any>
  switch (question.type) {
    case 'single-choice':
      return hands.set(control.getByRole('radio', named(nameIn(question.options, given['choice']))), true)
    case 'true-false':
      return hands.set(control.getByRole('radio', named(say[given['choice'] as 'true' | 'false'])), true)
    case 'multiple-choice':
      for (const { id, text } of question.options) {
        await hands.set(control.getByRole('checkbox', named(wordsOf(text))), given['choices'].includes(id))
      }
      return
    case 'ordering':
      return order(
        control,
        hands,
        given['order'].map((id: string) => nameIn(question.items, id)),
      )
    case 'matching':
      for (const { id, text } of question.prompts) {
        const select = control.getByRole('combobox', named(wordsOf(text)))
        const option = given['pairs'][id]
        await hands.pick(
          select,
          option === undefined ? say.choose : await entryOf(select, nameIn(question.options, option)),
        )
      }
      return
    case 'numeric':
      await hands.write(control.getByRole('textbox', named(say.number)), String(given['number']))
      if ((question.units?.length ?? 0) > 1) {
        await hands.pick(control.getByRole('combobox', named(say.unit)), given['unit'])
      }
      return
    case 'short-text':
    case 'essay':
      return hands.write(control.getByRole('textbox'), given['text'])
    case 'cloze':
      return fill(control, hands, question, given['blanks'])
  }
}

/** The name of something in words alone, as the server rendered it. */
export function wordsOf({ html }: { readonly html: string }): string {
  const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity]!)
    .replaceAll(/\s+/g, ' ')
    .trim()
}

interface Entry {
  readonly id: string
  readonly text: { readonly html: string }
}

function nameIn(entries: readonly Entry[], id: string): string {
  return wordsOf(entries.find((entry) => entry.id === id)!.text)
}

function named(name: string) {
  return { name, exact: true }
}

/** From the top down, each entry is moved up to its place. An order that is already there is kept. */
async function order(control: Locator, hands: Hands, names: readonly string[]): Promise<void> {
  let moves = 0
  for (const [place, name] of names.entries()) {
    const shown = await shownOrder(control, names)
    for (let at = shown.indexOf(name); at > place; at--, moves++) {
      await hands.press(control.getByRole('button', named(say.moveUp(name))))
    }
  }
  if (moves === 0) await hands.press(control.getByRole('button', named(say.keepOrder)))
}

/** The entries of an ordering from top to bottom, by their names. */
export async function shownOrder(control: Locator, names: readonly string[]): Promise<string[]> {
  const ups = names.map((name) => control.getByRole('button', named(say.moveUp(name))))
  const tops = await Promise.all(ups.map(async (up) => (await up.boundingBox())!.y))
  return names
    .map((name, index) => ({ name, top: tops[index]! }))
    .toSorted((a, b) => a.top - b.top)
    .map(({ name }) => name)
}

/** An entry has a letter before its name where the options stand in a list of their own. */
async function entryOf(select: Locator, name: string): Promise<string> {
  const entries = (await select.getByRole('option').allTextContents()).map((text) => text.trim())
  return entries.find((entry) => entry.replace(/^[A-Z]{1,2}\. /, '') === name)!
}

/** Blanks are counted as the text has them. */
async function fill(
  control: Locator,
  hands: Hands,
  { blanks, prompt }: ClozeQuestion,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const inText = [...prompt.html.matchAll(/\{\{([\w-]+)\}\}/g)].map(([, id]) => id!)
  for (const [index, id] of inText.entries()) {
    const blank = blanks.find((each) => each.id === id)!
    const field = control.getByLabel(say.blank(index + 1, blanks.length), { exact: true })
    const value = values[id]
    if (blank.type !== 'single-choice') await hands.write(field, value ?? '')
    else await hands.pick(field, value === undefined ? say.choose : nameIn(blank.options, value))
  }
}
