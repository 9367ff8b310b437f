import { changeOrdering } from '../changes/orders.ts'
import { asResponses, guessOrder } from '../guessing/spaces.ts'
import { idsIn } from '../guessing/strategies.ts'
import { toPointer } from '../../grading/issue.ts'
import { byNumber, pickByNumber } from '../by-number.ts'
import { readEntry, toMember, type WrittenEntry } from '../entries.ts'
import type { Reporter } from '../finding.ts'
import { lineOf } from '../markdown-source.ts'
import { isRecord } from '../record.ts'
import { linesUnder } from '../yaml-fields.ts'
import type { QuestionSource, WrittenForm } from './written-form.ts'

/** A numbered list of the items in their right order; or, with `dependsOn`, in one of several. */
export const ordering: WrittenForm = {
  type: 'ordering',
  fields: ['dependsOn'],
  sampleFields: ['order'],
  changes: changeOrdering,
  strategies: (content, draw) => ({
    guesses: asResponses(guessOrder(idsIn(content, 'items'), draw), (order) => ({ order })),
  }),
  async read(source) {
    const { body, report, fields } = source
    const list = body.at(-1)
    if (list?.type !== 'list' || list.ordered !== true) {
      const line = list ? lineOf(list) : source.line
      report.error(line, 'no-items', 'The prompt is followed by a numbered list, the items in their right order.')
      return null
    }
    const items = await Promise.all(list.children.map((item) => readEntry(item, source)))
    reportRepeats(items, report)
    const dependsOn = fields.value['dependsOn']
    const key =
      dependsOn === undefined
        ? { order: items.map((item) => item.id) }
        : { dependsOn: readDependencies(dependsOn, items, source) }
    return {
      prompt: body.slice(0, -1),
      members: { items: items.map(toMember), key },
      lines: new Map([
        ['/key', lineOf(list)],
        ['/items', lineOf(list)],
        ...items.map(({ line }, index): [string, number] => [`/items/${index}`, line]),
        ...linesUnder(fields.lines, '/dependsOn', '/key/dependsOn'),
        ...items.flatMap(({ id }, index) =>
          linesUnder(fields.lines, `/dependsOn/${index + 1}`, `/key/dependsOn/${id}`),
        ),
      ]),
      choices: [],
      entries: items,
      tellingOrder: items,
      respond(sample) {
        const order = pickByNumber(sample, 'order', items, report)
        return order && { order: order.map((item) => item.id) }
      },
    }
  },
}

/** An id stands for one item, also in the key, which names them all. Equal texts make equal ids. */
function reportRepeats(items: readonly WrittenEntry[], report: Reporter): void {
  for (const [index, { id, line }] of items.entries()) {
    if (items.findIndex((item) => item.id === id) === index) continue
    report.error(line, 'duplicate', 'An item above has this text or this id.')
  }
}

/** Items by their number: `3: [1, 2]` says that the third comes after the first two. */
function readDependencies(
  written: unknown,
  items: readonly WrittenEntry[],
  { fields, report }: QuestionSource,
): Record<string, string[]> {
  const lineAt = (pointer: string) => fields.lines.get(`/dependsOn${pointer}`) ?? 1
  if (!isRecord(written)) {
    report.error(lineAt(''), 'invalid-shape', 'Dependencies go by number: "dependsOn: { 3: [1, 2] }".')
    return {}
  }
  const seen = new Set<WrittenEntry>()
  const dependencies = Object.entries(written).map(([number, earlier]) => {
    const at = toPointer([number])
    const item = byNumber(Number(number), items, lineAt(at), report)
    if (item && seen.has(item)) report.error(lineAt(at), 'duplicate', 'This item depends on others above.')
    if (item) seen.add(item)
    if (!Array.isArray(earlier)) {
      report.error(lineAt(at), 'invalid-shape', 'An item depends on a list of others, by number.')
      return []
    }
    const before = earlier.map((each, index) => byNumber(each, items, lineAt(`${at}/${index}`), report))
    return item === undefined ? [] : [[item.id, before.flatMap((each) => (each === undefined ? [] : [each.id]))]]
  })
  return Object.fromEntries(dependencies.flat())
}
