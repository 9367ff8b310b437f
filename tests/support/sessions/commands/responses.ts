import type { Asked, Sent } from '../attempt.ts'
import type { Rules } from '../policies.ts'
import { type ModelQuestion, optionsOf, PROMPTS, type Said, written } from '../questions.ts'
import type { Chooser } from '../step.ts'

/** What a learner may send to a question: right, wrong, partly right, nothing at all; and what is no response. */

export function someSaid(question: ModelQuestion, { number, of, some, oneIn }: Chooser): Said {
  const { kind, right } = question
  if (kind === 'essay') return { text: of(['It depends.', ' It depends. ', 'It does not depend.', '', '  ']) }
  const isRight = oneIn(3)
  if (kind === 'single-choice') return { picks: isRight ? right : [of(optionsOf(question))] }
  if (kind === 'multiple-choice') {
    const picks = isRight ? right : some(optionsOf(question))
    return { picks: oneIn(2) ? picks : picks.toReversed() }
  }
  const pairs = PROMPTS.flatMap((prompt) => {
    const rightly = right.find((pair) => pair.startsWith(`${prompt}>`))
    return number(6) === 0 ? [] : [number(2) === 0 ? rightly! : `${prompt}>${of(optionsOf(question))}`]
  })
  return { picks: isRight ? right : oneIn(10) ? [] : pairs }
}

/** Responses to questions that are rather ones that were answered before, and then perhaps by the same. */
export function someResponses(asked: readonly Asked[], { certainty, retryScoring }: Rules, choose: Chooser): Sent[] {
  const { of, oneIn, some } = choose
  const begun = asked.filter(({ entries }) => entries.length > 0)
  const most = begun.toSorted((a, b) => b.entries.length - a.entries.length).slice(0, 1)
  const telling = retryScoring === 'per-part' ? 'matching' : 'essay'
  const liked = asked.filter(({ served }) => served.kind === telling)
  const one = of(begun.length > 0 && !oneIn(4) ? (oneIn(2) ? most : begun) : oneIn(3) ? liked : asked)
  const several = oneIn(4) ? some(asked) : []
  return (several.length > 0 ? several : [one]).map(({ served, entries }) => ({
    name: served.name,
    said: entries.length > 0 && oneIn(4) ? of(entries).said : someSaid(served, choose),
    ...(certainty && !oneIn(4) && { certainty: of([1, 2, 3] as const) }),
  }))
}

export const MISTAKES = ['no question', 'no option', 'no shape', 'twice', 'unasked', 'nothing', 'another'] as const
export type Mistake = (typeof MISTAKES)[number]

/** The body of a request, with a mistake in it if there is to be one. */
export function bodyOf(
  questions: readonly ModelQuestion[],
  sent: readonly Sent[],
  mistake: Mistake | null,
): { responses: unknown[] } {
  const responses: any[] = sent.map(({ name, said, certainty }) => {
    const question = questions.find((each) => each.name === name)!
    return { question: question.id, response: written(question, said), ...(certainty && { certainty }) }
  })
  const [first] = responses
  switch (mistake) {
    case 'no question':
      return { responses: [...responses, { question: 'nowhere', response: { choice: 'a' } }] }
    case 'no option':
      return { responses: [{ question: 'single', response: { choice: 'nowhere' } }, ...responses.slice(1)] }
    case 'no shape':
      return { responses: [{ ...first, response: { score: 1 } }, ...responses.slice(1)] }
    case 'twice':
      return { responses: [...responses, first] }
    case 'unasked':
      return { responses: [{ ...first, certainty: 4 }] }
    case 'another':
      return { responses: [{ ...first, score: 1 }] }
    case 'nothing':
      return { responses: [] }
    case null:
  }
  return { responses }
}
