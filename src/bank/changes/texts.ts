import type { AcceptedTexts } from '../../grading/text/accepted-texts.ts'
import { changeFraction, changePresence } from './fractions.ts'
import { type ChangeKey, type KeyChange, replaced } from './key-change.ts'

/** An answer is not there or earns something else; a rule that the author has set is not set. */
export const changeTexts: ChangeKey<AcceptedTexts> = ({ key }) => [
  ...key.answers.flatMap((answer, index): KeyChange[] => [
    ...changePresence(answer, index, key),
    ...changeFraction(answer).map(({ what, answer: other }) => ({
      what: `answer ${index + 1} ${what}`,
      key: { ...key, answers: replaced(key.answers, index, other) },
    })),
  ]),
  ...FLAGS.filter((flag) => key[flag]).map((flag) => ({ what: `${flag} is not set`, key: { ...key, [flag]: false } })),
  ...(key.unicode === 'NFKC' ? [{ what: 'unicode is NFC', key: { ...key, unicode: 'NFC' } }] : []),
  ...(key.maxEdits > 0 ? [{ what: 'no edit is forgiven', key: { ...key, maxEdits: 0 } }] : []),
]

const FLAGS = ['caseSensitive', 'foldDiacritics', 'ignorePunctuation', 'collapseWhitespace'] as const
