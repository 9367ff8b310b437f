import { type Issue, parse, under } from '../grading/issue.ts'
import { checkPolicy } from '../grading/policy.ts'
import { Fraction } from '../grading/fraction.ts'
import { questionType } from '../grading/types/registry.ts'
import type { AuthoredEntry, AuthoredQuestion, AuthoredQuiz } from './document.ts'

/** What is wrong with a document whose shape is right: ids that clash, references to nothing, keys and samples that do not hold. */
export function checkDocument(quiz: AuthoredQuiz): Issue[] {
  const sections = new Set(quiz.sections.map((section) => section.id))
  return [
    ...under(['policy'], checkPolicy(quiz.policy, quiz.access)),
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
  const issues: Issue[] = [
    ...Object.entries(question.lists).flatMap(([name, entries]) => under([name], checkEntries(entries))),
    ...under(['key'], type.checkKey(question.lists, question.key)),
  ]
  if (!sections.has(question.section)) {
    issues.push({ path: ['section'], code: 'unknown-id', detail: 'The quiz has no section with this id.' })
  }
  if (!type.scoring.includes(question.scoring.method)) {
    issues.push({
      path: ['scoring', 'method'],
      code: 'inconsistent',
      detail: `Methods that fit this type: ${type.scoring.join(', ')}.`,
    })
  }
  // A sample is graded with the key, so the key has to hold first.
  return issues.length > 0
    ? issues
    : under(
        ['samples'],
        question.samples.flatMap((sample, index) => under([index], checkSample(question, sample))),
      )
}

function checkEntries(entries: readonly AuthoredEntry[]): Issue[] {
  return [
    ...findDuplicates(
      entries.map((entry) => entry.id),
      'An entry with this id comes earlier in the list.',
      ['id'],
    ),
    ...findDuplicates(
      entries.map((entry) => entry.text.trim()),
      'An entry with this text comes earlier in the list.',
      ['text'],
    ),
  ]
}

function checkSample(question: AuthoredQuestion, sample: AuthoredQuestion['samples'][number]): Issue[] {
  const type = questionType(question.type)
  const parsed = parse(type.response, sample.response)
  if (!parsed.ok) return under(['response'], parsed.issues)
  const issues = type.checkResponse(question.lists, parsed.value)
  if (issues.length > 0) return under(['response'], issues)
  const earned = type.grade({
    content: question.lists,
    key: question.key,
    method: question.scoring.method,
    response: parsed.value,
  })
  if (agrees(earned, sample.fraction)) return []
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
