import { plainText } from '../plain-text.ts'
import { type BankCheck, choiceQuestions, percent, warn } from './bank-check.ts'

const WORDS = [
  'absolutely',
  'all',
  'always',
  'cannot',
  "can't",
  'completely',
  'entirely',
  'every',
  'everybody',
  'everyone',
  'everything',
  'impossible',
  'must',
  'never',
  'nobody',
  'none',
  'nothing',
  'only',
]

const ABSOLUTE = new RegExp(`(?<![\\p{L}\\p{N}])(?:${WORDS.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
const CODE = new Set(['code', 'inlineCode'] as const)

/** Less than this many wrong options with such a word is chance. */
const ENOUGH_OPTIONS = 3

/**
 * Words that brook no exception stand more often in wrong options than in right ones: whoever knows nothing picks an
 * option without. Code is not looked at. English only.
 */
export const absoluteWords: BankCheck = (bank) => {
  const { language = 'en' } = bank
  if (typeof language !== 'string' || !/^en\b/i.test(language)) return []
  const options = choiceQuestions(bank).flatMap(({ id, content }) =>
    content.choices.map((choice) => ({ ...choice, question: id, words: wordsIn(choice.text) })),
  )
  const [right, wrong] = [true, false].map((isRight) => options.filter((option) => option.isRight === isRight))
  const [telling, others] = [wrong, right].map((some) => (some ?? []).filter(({ words }) => words.length > 0))
  if (!right || !wrong || !telling || !others || telling.length < ENOUGH_OPTIONS) return []
  const [wrongShare, rightShare] = [telling.length / wrong.length, others.length / right.length]
  if (wrongShare <= rightShare) return []
  const found = telling.map(({ question, words }) => `${question} (${words.join(', ')})`)
  const message =
    `Absolute words stand in ${telling.length} of ${wrong.length} wrong options (${percent(wrongShare)}) and in ` +
    `${others.length} of ${right.length} right ones (${percent(rightShare)}): ${found.join(', ')}.`
  return [warn(bank.path, 1, 'absolute-words', message)]
}

function wordsIn(markdown: string): string[] {
  return [...new Set((plainText(markdown, CODE).match(ABSOLUTE) ?? []).map((word) => word.toLowerCase()))]
}
