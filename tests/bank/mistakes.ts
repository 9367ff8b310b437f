import { brief, edited, readQuestions } from './bank-files.ts'
import { SOUND } from './sound-questions.ts'
import { expect, it } from 'vitest'

/** Lines of a sound question are replaced; what is expected is the line and code of every error. */
export type Mistake = readonly [
  name: string,
  edits: Readonly<Record<number, string>>,
  expected: readonly `${number} ${string}`[],
]

/** One test for each mistake that an author can make in a form. */
export function itRefuses(form: keyof typeof SOUND, mistakes: readonly Mistake[]): void {
  for (const [name, edits, expected] of mistakes) {
    it(`for ${name}`, async () => {
      const { findings } = await readQuestions([edited(SOUND[form], edits)])
      const errors = findings.filter(({ severity }) => severity === 'error')
      const said = errors.map(({ message }) => message)
      expect(brief(errors).toSorted(), said.join('\n')).toEqual(
        expected.map((place) => `bank/quiz/1-q1.md:${place}`).toSorted(),
      )
      expect(said.filter((message) => !/[.)]$/.test(message))).toEqual([])
    })
  }

  it('and the sound one that these were made from is not', async () => {
    const { findings } = await readQuestions([SOUND[form]])
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })
}
