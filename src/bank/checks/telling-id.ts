import { type BankCheck, warn } from './bank-check.ts'

const TELLING = new Set([
  'answer',
  'bad',
  'correct',
  'decoy',
  'distractor',
  'fail',
  'false',
  'good',
  'incorrect',
  'invalid',
  'key',
  'no',
  'ok',
  'right',
  'solution',
  'true',
  'valid',
  'wrong',
  'yes',
])

/** Pinned ids that name what learners must not know: ids are served as they are written. */
export const tellingId: BankCheck = ({ questions }) =>
  questions.flatMap(({ path, content }) =>
    content.entries.flatMap(({ id, isPinned, line }) => {
      const told = isPinned ? wordsOf(id).find((word) => TELLING.has(word)) : undefined
      if (told === undefined) return []
      return [warn(path, line, 'telling-id', `Learners see the id "${id}", and "${told}" in it may tell them.`)]
    }),
  )

/** `rightOne`, `right-1` and `RIGHT_one` have the word `right` in them, `copyright` has not. */
function wordsOf(id: string): string[] {
  return id
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z]+/)
}
