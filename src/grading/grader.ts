import { type Fraction, ONE } from './fraction.ts'
import { nameLists, renamedPath } from './names.ts'
import { own } from './own.ts'
import type { PublicQuestion, QuestionKey } from './quiz.ts'
import type { PartScore } from './scoring/parts.ts'
import { toFraction } from './share.ts'
import { canonicalJson } from './same-json.ts'
import { mapLists } from './types/content.ts'
import type { Listed } from './types/question-type.ts'
import { questionType } from './types/registry.ts'

/**
 * One way to judge responses to a question: a key, with the public part that it belongs to. After a regrade that is
 * another one than was served; then what a response names is translated by name, and never by its place.
 */
export interface Grader {
  readonly served: PublicQuestion
  readonly question: PublicQuestion
  /** Undefined only where nothing is to be judged: at a start. */
  readonly key: QuestionKey | undefined
  /** What served names are called in `question`; those that are not here have kept their name. */
  readonly names: Readonly<Record<string, string>>
}

/** What a response is worth. */
export interface Judgement {
  /** The share of the points, 0..1; null where a person has to say. */
  readonly fraction: Fraction | null
  /** Where the question is graded part by part. */
  readonly parts: readonly PartScore[] | null
}

export function judge(grader: Grader, response: unknown): Judgement {
  const type = questionType(grader.question.type)
  const grading = gradingOf(grader, response)
  return { fraction: type.grade(grading), parts: type.parts(grading) }
}

/** The paths of the key's answers that a response was graded by. */
export function matchedBy(grader: Grader, response: unknown): readonly string[] {
  return questionType(grader.question.type).matched(gradingOf(grader, response))
}

function gradingOf(grader: Grader, response: unknown) {
  const { question, served } = grader
  const { key, scoring } = keyOf(grader)
  const type = questionType(question.type)
  const renamed = isOriginal(grader) ? response : type.rename(response, (name) => nameOf(grader, name), served.content)
  return { content: question.content, key, scoring, response: renamed }
}

/** A right response in served names, or null: the key may say none, or one that cannot be said in them. */
export function rightResponse(grader: Grader): unknown {
  const { question, served } = grader
  const { key, samples } = keyOf(grader)
  const type = questionType(question.type)
  const sample = () => samples.find(({ fraction }) => toFraction(fraction).equals(ONE))?.response
  const right = type.answer(question.content, key) ?? sample() ?? null
  if (right === null || isOriginal(grader)) return right
  const names = servedNames(grader)
  const translated = type.rename(right, (name) => names.get(name) ?? NO_NAME, question.content)
  return type.checkResponse(served.content, translated).length === 0 ? translated : null
}

/** What the key says about single entries, in served names and places. */
export function entryFeedback(grader: Grader): QuestionKey['entryFeedback'] {
  const { entryFeedback: feedback } = keyOf(grader)
  if (isOriginal(grader)) return feedback
  const places = new Map(nameLists(grader.question).map(({ path, place }) => [path.join('/'), place]))
  return nameLists(grader.served).flatMap(({ path, place, names }) => {
    const there = places.get(renamedPath(path, (name) => nameOf(grader, name)))
    return names.flatMap((name) => {
      const word = feedback.find(({ list = 'options', option }) => list === there && option === nameOf(grader, name))
      return word ? [{ list: place, option: name, text: word.text }] : []
    })
  })
}

/** The blank that a word about an answer of the key is for, in served names. */
export function servedBlank(grader: Grader, blank: string | null): string | null {
  return blank === null || isOriginal(grader) ? blank : (servedNames(grader).get(blank) ?? null)
}

/**
 * A text that is equal for graders that judge and explain alike: texts of options are nothing to them, nor is the order in
 * which they were written, nor a new name for something that was not served.
 */
export function identityOf(grader: Grader): string {
  const { served, question, key } = grader
  const content = mapLists<Listed>(questionType(question.type), question.content, ({ entries }) =>
    entries.map(({ id }) => id).toSorted(),
  )
  const renamed = isOriginal(grader)
    ? []
    : nameLists(served)
        .flatMap(({ names }) => names.map((name) => [name, nameOf(grader, name)] as const))
        .filter(([name, there]) => name !== there)
  const words = key?.entryFeedback.map((word) => canonicalJson(word)).toSorted()
  return canonicalJson([question.type, content, { ...key, entryFeedback: words }, Object.fromEntries(renamed)])
}

export function keyOf({ key }: Grader): QuestionKey {
  if (key === undefined) throw new Error('A response can be graded only with its key.')
  return key
}

/** No entry, blank or unit is called so. */
const NO_NAME = ''

function isOriginal({ served, question }: Grader): boolean {
  return served === question
}

function nameOf({ names }: Grader, name: string): string {
  return own(names, name) ?? name
}

/** Where several served names have become one, the first of them. */
function servedNames(grader: Grader): ReadonlyMap<string, string> {
  const all = nameLists(grader.served).flatMap(({ names }) => names)
  return new Map(all.toReversed().map((name) => [nameOf(grader, name), name]))
}
