import { compare } from '../finding.ts'
import { type BankCheck, warn } from './bank-check.ts'

/** Two entries are in the right order half of the time. */
const ENOUGH_ENTRIES = 3

/** Pinned ids that sort into the answer: wherever no attempt shuffles, entries are served in the order of their ids. */
export const tellingOrder: BankCheck = ({ questions }) =>
  questions.flatMap(({ path, content: { tellingOrder: entries } }) => {
    const ids = entries.map((entry) => entry.id)
    const isSorted = ids.every((id, index) => index === 0 || compare(ids[index - 1]!, id) < 0)
    if (!isSorted || ids.length < ENOUGH_ENTRIES || !entries.every((entry) => entry.isPinned)) return []
    const message = `The pinned ids ${ids.join(', ')} sort into the answer, and learners see ids.`
    return [warn(path, entries[0]!.line, 'telling-order', message)]
  })
