import type { Pairs } from '../../grading/types/matching.ts'
import { weightOf, type Weights } from '../../grading/types/options.ts'
import { type ChangeKey, numbered } from './key-change.ts'

interface Weighed {
  readonly weights: Weights
}

/** Another option is the right one, or an option weighs something else. */
export const changeChoice: ChangeKey<{ readonly choice: string } | Weighed> = ({ content, key }) =>
  'choice' in key ? changeRight({ content, key }) : changeWeights({ content, key })

/** One option more is right, or one less, or an option weighs something else. */
export const changeChoices: ChangeKey<{ readonly choices: readonly string[] } | Weighed> = ({ content, key }) =>
  'choices' in key ? changeSet({ content, key }) : changeWeights({ content, key })

/** The other one holds. */
export const changeTruth: ChangeKey<{ readonly choice: string }> = ({ key }) => [
  { what: 'the other choice is right', key: { choice: key.choice === 'true' ? 'false' : 'true' } },
]

const changeRight: ChangeKey<{ choice: string }> = ({ content, key }) =>
  numbered(content['options'])
    .filter(({ id }) => id !== key.choice)
    .map(({ id, number }) => ({ what: `option ${number} is the right one`, key: { choice: id } }))

const changeSet: ChangeKey<{ choices: readonly string[] }> = ({ content, key }) => {
  const right = key.choices
  return numbered(content['options']).map(({ id, number }) =>
    right.includes(id)
      ? { what: `option ${number} is wrong`, key: { choices: right.filter((each) => each !== id) } }
      : { what: `option ${number} is right`, key: { choices: [...right, id] } },
  )
}

/** One weight is a half where it does not pay, and nothing where it does. */
const changeWeights: ChangeKey<Weighed> = ({ content, key }) =>
  numbered(content['options']).flatMap(({ id, number }) => {
    const [name, other] = weightOf(key.weights, id).compare(0) <= 0 ? ['a half', '1/2'] : ['nothing', 0]
    return [{ what: `option ${number} weighs ${name}`, key: { weights: { ...key.weights, [id]: other } } }]
  })

/** One prompt has another option. */
export const changePairs: ChangeKey<Pairs> = ({ content, key }) =>
  numbered(content['prompts']).flatMap((prompt) =>
    numbered(content['options'])
      .filter(({ id }) => id !== key.pairs[prompt.id])
      .map((option) => ({
        what: `option ${option.number} belongs to prompt ${prompt.number}`,
        key: { pairs: { ...key.pairs, [prompt.id]: option.id } },
      })),
  )
