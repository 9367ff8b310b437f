import { type Issue, parse, under } from '../grading/issue.ts'
import { checkDraw, checkPolicy } from '../grading/policy.ts'
import { Fraction } from '../grading/fraction.ts'
import { questionType } from '../grading/types/registry.ts'
import { type EntryList, listsOf } from '../grading/types/content.ts'
import type { AuthoredEntry, AuthoredQuestion, AuthoredQuiz } from './document.ts'
import { renderMarkdown } from './markdown.ts'
import { mergeEqualOptions } from './merge-options.ts'

/** What is wrong with a document whose shape is right: ids that clash, references to nothing, keys and samples that do not hold. */
export function checkDocument(quiz: AuthoredQuiz): Issue[] {
  const sections = new Set(quiz.sections.map((section) => section.id))
  return [
    ...under(
      ['policy'],
      [...checkPolicy(quiz.policy, quiz.access), ...checkDraw(quiz.policy, quiz.questions, sections)],
    ),
    ...under(
      ['sections'],
      findDuplicates(
        quiz.sections.map((section) => section.id),
        'A section with this id comes earlier.',
        ['id'],
      ),
    ),
    ...under(
      ['questions'],
      findDuplicates(
        quiz.questions.map((question) => question.id),
        'A question with this id comes earlier.',
        ['id'],
      ),
    ),
    ...quiz.questions.flatMap((question, index) => under(['questions', index], checkQuestion(question, sections))),
  ]
}

function checkQuestion(question: AuthoredQuestion, sections: ReadonlySet<string>): Issue[] {
  const type = questionType(question.type)
  // Entries stand where the author wrote them; everything else is about what is left when equal ones are one.
  const { content, key, prompt, samples, scoring } = mergeEqualOptions(question)
  const issues: Issue[] = [
    ...listsOf<AuthoredEntry>(type, question.content).flatMap(checkEntries),
    ...type.checkContent(content, type.blanks ? readableText(prompt) : ''),
    ...under(['key'], type.checkKey(content, key)),
  ]
  if (!sections.has(question.section)) {
    issues.push({ path: ['section'], code: 'unknown-id', detail: 'The quiz has no section with this id.' })
  }
  const methods = type.methods(key)
  if (!methods.includes(scoring.method)) {
    issues.push({
      path: ['scoring', 'method'],
      code: 'inconsistent',
      detail: `Methods that fit this type and key: ${methods.join(', ')}.`,
    })
  }
  // A sample is graded with the key, so the key has to hold first.
  if (issues.length > 0) return issues
  return samples.flatMap((sample, index) =>
    under(['samples', index], checkSample({ ...question, content, key }, sample)),
  )
}

/** What is read of a text, without its markup: a blank that is marked in the address of a link is marked nowhere. */
function readableText(markdown: string): string {
  return renderMarkdown(markdown).html.replaceAll(/<[^>]*>/g, '')
}

function checkEntries({ path, rule, entries }: EntryList<AuthoredEntry>): Issue[] {
  const ids = entries.map((entry) => entry.id)
  const texts = rule.equalTexts === 'merge' ? [] : entries.map((entry) => entry.text.trim())
  return under(path, [
    ...findDuplicates(ids, 'An entry with this id comes earlier in the list.', ['id']),
    ...findDuplicates(texts, 'An entry with this text comes earlier in the list.', ['text']),
  ])
}

function checkSample(question: AuthoredQuestion, sample: AuthoredQuestion['samples'][number]): Issue[] {
  const { content, key, scoring } = question
  const type = questionType(question.type)
  const parsed = parse(type.response, sample.response)
  if (!parsed.ok) return under(['response'], parsed.issues)
  const issues = type.checkResponse(content, parsed.value)
  if (issues.length > 0) return under(['response'], issues)
  const earned = type.grade({ content, key, scoring, response: parsed.value })
  // What a person will say of it nobody knows: it is a model of what earns so much.
  if (earned === null || agrees(earned, sample.fraction)) return []
  return [
    { path: ['fraction'], code: 'inconsistent', detail: `This response earns ${earned.toFraction()} of the points.` },
  ]
}

/** An exact fraction must be met exactly; a decimal is what a person wrote for it, to three places. */
function agrees(earned: Fraction, claimed: number | string): boolean {
  if (typeof claimed === 'string') return earned.equals(claimed)
  return earned.sub(claimed.toFixed(6)).abs().compare(new Fraction(1, 2000)) <= 0
}

function findDuplicates(values: readonly string[], detail: string, path: readonly string[]): Issue[] {
  const seen = new Set<string>()
  return values.flatMap((value, index): Issue[] => {
    if (seen.has(value)) return [{ path: [index, ...path], code: 'duplicate', detail }]
    seen.add(value)
    return []
  })
}
