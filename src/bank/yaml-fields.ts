import { toPointer } from '../grading/issue.ts'
import { isRecord, pick } from './record.ts'
import type { QuestionSource } from './types/written-form.ts'

/** Front matter that becomes members of a question, with the lines of all that is in it. */
export function takeFields(
  { fields }: QuestionSource,
  names: readonly string[],
  under = '',
): { members: Record<string, unknown>; lines: [pointer: string, line: number][] } {
  return {
    members: pick(fields.value, names),
    lines: names.flatMap((name) => linesUnder(fields.lines, toPointer([name]), under + toPointer([name]))),
  }
}

/** The lines of a part of the front matter, at the pointer that the part has in the question. */
export function linesUnder(
  lines: ReadonlyMap<string, number>,
  from: string,
  to: string,
): [pointer: string, line: number][] {
  return [...lines].flatMap(([pointer, line]): [string, number][] =>
    pointer === from || pointer.startsWith(`${from}/`) ? [[to + pointer.slice(from.length), line]] : [],
  )
}

/** The line of a part of the front matter, or of the nearest thing around it that has one. */
export function nearestLine(lines: ReadonlyMap<string, number>, pointer: string): number {
  let around = pointer
  while (!lines.has(around) && around !== '') around = around.slice(0, around.lastIndexOf('/'))
  return lines.get(around) ?? 1
}

/** Markdown in front matter is rendered like any other: what would not come out is said of it, too. */
export function checkAnswerFeedback({ fields, cut }: QuestionSource, answers: unknown, pointer: string): void {
  if (!Array.isArray(answers)) return
  for (const [index, answer] of answers.entries()) {
    if (!isRecord(answer) || typeof answer['feedback'] !== 'string') continue
    cut.check(answer['feedback'], fields.lines.get(`${pointer}/${index}/feedback`) ?? 1)
  }
}
