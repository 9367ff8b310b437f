import { type Issue, parse } from '../../src/grading/issue.ts'
import { completeScoring, Scoring } from '../../src/grading/scoring/registry.ts'
import { questionType } from '../../src/grading/types/registry.ts'

export interface Question {
  readonly content?: object
  readonly key: unknown
  readonly scoring?: { readonly method: string; readonly [parameter: string]: unknown }
  /** Matters to the blanks that it marks alone. */
  readonly prompt?: string
}

/** What a response earns, as a fraction such as "1/3", or "pending". Throws where publishing or a learner would be refused. */
export function earned(name: string, question: Question & { readonly response: unknown }): string {
  const type = questionType(name)
  const content = question.content ?? {}
  const { key, scoring } = admitted(name, question)
  const response = parse(type.response, question.response)
  const issues = response.ok ? type.checkResponse(content, response.value) : response.issues
  if (!response.ok || issues.length > 0) throw new Error(`Not a response: ${JSON.stringify(issues)}`)
  return type.grade({ content, key, scoring, response: question.response })?.toFraction() ?? 'pending'
}

/** The codes of what is wrong with a response: none when it is well-formed. */
export function responseProblems(
  name: string,
  { content = {}, response }: { content?: object; response: unknown },
): string[] {
  const type = questionType(name)
  const parsed = parse(type.response, response)
  return codes(parsed.ok ? type.checkResponse(content, parsed.value) : parsed.issues)
}

/** The codes of what is wrong with a key, or with its scoring. */
export function keyProblems(name: string, question: Question): string[] {
  const type = questionType(name)
  const parsed = parse(type.key, question.key)
  if (!parsed.ok) return codes(parsed.issues)
  const issues = type.checkKey(question.content ?? {}, parsed.value)
  if (!question.scoring) return codes(issues)
  const scoring = parse(Scoring, question.scoring)
  if (!scoring.ok) return codes([...issues, ...scoring.issues])
  return [...codes(issues), ...(type.methods(parsed.value).includes(scoring.value.method) ? [] : ['inconsistent'])]
}

/** The right answer that the type computes from content and key, or null. */
export function rightAnswer(name: string, question: Question): unknown {
  return questionType(name).answer(question.content ?? {}, admitted(name, question).key)
}

function admitted(name: string, question: Question): { key: unknown; scoring: Scoring } {
  const problems = keyProblems(name, question)
  const type = questionType(name)
  const parsed = parse(type.key, question.key)
  if (!parsed.ok || problems.length > 0) throw new Error(`Not a key: ${problems.join()}`)
  const scoring = question.scoring && parse(Scoring, question.scoring)
  return { key: parsed.value, scoring: scoring?.ok ? scoring.value : completeScoring(type.methods(parsed.value)[0]!) }
}

function codes(issues: readonly Issue[]): string[] {
  return issues.map((issue) => issue.code)
}
