import { parse } from '../grading/issue.ts'
import { own } from '../grading/own.ts'
import { matching, type Pairs } from '../grading/types/matching.ts'
import type { AuthoredEntry, AuthoredQuestion } from './document.ts'

/**
 * A matching question may offer one text twice, where two prompts have the same option: to learners the two are one. The
 * first id stays, and what names the others follows, in the key and in the samples. What is malformed stays as it is.
 */
export function mergeEqualOptions(question: AuthoredQuestion): AuthoredQuestion {
  if (question.type !== matching.type) return question
  const options = question.content['options'] as readonly AuthoredEntry[]
  const firstByText = new Map(options.toReversed().map(({ id, text }) => [text.trim(), id]))
  const stays = Object.fromEntries(options.map(({ id, text }) => [id, firstByText.get(text.trim())!]))
  const rename = ({ pairs }: Pairs): Pairs => ({
    pairs: Object.fromEntries(Object.entries(pairs).map(([prompt, option]) => [prompt, own(stays, option) ?? option])),
  })
  return {
    ...question,
    content: { ...question.content, options: options.filter(({ id }) => stays[id] === id) },
    key: rename(question.key as Pairs),
    samples: question.samples.map(({ response, fraction }) => {
      const parsed = parse(matching.response, response)
      return { response: parsed.ok ? rename(parsed.value) : response, fraction }
    }),
  }
}
