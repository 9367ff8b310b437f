import type { Blank, BlankKey } from '../../grading/types/cloze-blanks.ts'
import type { ChangeKey } from './key-change.ts'
import { changesOf } from './key-changes.ts'

/** One blank has another key, or another weight. */
export const changeBlanks: ChangeKey<{ blanks: Readonly<Record<string, BlankKey>> }> = ({ content, key }) => {
  const blanks = content['blanks'] as readonly Blank[]
  return blanks.flatMap(({ id, type, ...rest }) => {
    const { weight, ...own } = key.blanks[id]!
    const changes = changesOf({ type, content: rest, key: own })
    const reweighed = blanks.length > 1 ? [{ what: 'weighs more', key: { ...own, weight: weight + 1 } }] : []
    return [
      ...changes.map((change) => ({ what: change.what, key: { ...(change.key as object), weight } })),
      ...reweighed,
    ].map((change) => ({ what: `${id}: ${change.what}`, key: { blanks: { ...key.blanks, [id]: change.key } } }))
  })
}
