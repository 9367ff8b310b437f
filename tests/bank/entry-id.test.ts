import { deriveId } from '../../src/bank/entry-id.ts'
import { edited, QUESTION, readQuestions } from './bank-files.ts'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'

const Options = v.array(v.object({ id: v.string(), text: v.string() }))
const Questions = v.object({ questions: v.tuple([v.object({ options: Options })]) })

async function idsByText(question: string): Promise<Record<string, string>> {
  const { document } = await readQuestions([question])
  const { questions } = v.parse(Questions, document)
  return Object.fromEntries(questions[0].options.map(({ id, text }) => [text, id]))
}

describe('a derived id', () => {
  it('is the start of a SHA-256', async () => {
    // printf 'kernel\0Text' | sha256sum
    expect(await deriveId('kernel', 'Text')).toBe('oe917501460')
    // printf 'kernel\0Ü 🐳' | sha256sum
    expect(await deriveId('kernel', 'Ü 🐳')).toBe('o77658733f8')
  })

  it('is the same for both ways to write an umlaut', async () => {
    expect(await deriveId('q', 'U\u0308')).toBe(await deriveId('q', '\u00dc'))
  })

  it('tells questions apart', async () => {
    expect(await deriveId('ab', 'c')).not.toBe(await deriveId('a', 'bc'))
  })

  it('does not depend on which box is ticked, on the order or on the feedback', async () => {
    const changed = { 5: '  - choose: [1]', 7: '  - choose: [2]', 14: '  > Well.' }
    const ids = await idsByText(QUESTION)
    expect(Object.keys(ids)).toEqual(['Alpha', 'Bravo'])
    expect(await idsByText(edited(QUESTION, { ...changed, 13: '- [x] Alpha', 15: '- [ ] Bravo' }))).toEqual(ids)
    expect(await idsByText(edited(QUESTION, { ...changed, 13: '- [x] Bravo', 15: '- [ ] Alpha' }))).toEqual(ids)
  })
})
