import type { AuthoredQuestion } from '../../content/document.ts'
import { changesOf } from '../changes/key-changes.ts'
import { earn } from '../earn.ts'
import { type BankCheck, warn } from './bank-check.ts'

/** What is named of all that nobody would notice. */
const NAMED = 3

/** Samples are a question's tests. Each part of the key is changed, and some sample must earn something else then. */
export const unnoticedChange: BankCheck = ({ questions }) =>
  questions.flatMap(({ path, content, question }) => {
    const unnoticed = question ? unnoticedChanges(question) : []
    if (unnoticed.length === 0) return []
    const more = unnoticed.length > NAMED ? `, and ${unnoticed.length - NAMED} more` : ''
    const message = `No sample would notice if ${unnoticed.slice(0, NAMED).join(', or if ')}${more}.`
    return [warn(path, content.lines.get('/samples') ?? 1, 'unnoticed-change', message)]
  })

function unnoticedChanges(question: AuthoredQuestion): string[] {
  const earned = (key: unknown) =>
    question.samples.map(({ response }) => earn(question, response, { key })?.toFraction() ?? null)
  const before = earned(question.key)
  return changesOf(question)
    .filter(({ key }) => earned(key).every((fraction, index) => fraction === before[index]))
    .map(({ what }) => what)
}
