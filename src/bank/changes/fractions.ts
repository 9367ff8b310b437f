import { type KeyChange, replaced } from './key-change.ts'
import { type Share, toFraction } from '../../grading/share.ts'

/** The same answer, which earns another share. */
export function changeFraction<Answer extends { readonly fraction: Share }>(
  answer: Answer,
): { readonly what: string; readonly answer: Answer }[] {
  const isWhole = toFraction(answer.fraction).equals(1)
  return [{ what: isWhole ? 'earns half' : 'earns everything', answer: { ...answer, fraction: isWhole ? '1/2' : 1 } }]
}

/** The answer is not there. One that earns nothing is there for its feedback: nobody could notice. */
export function changePresence<Answer extends { readonly fraction: Share }>(
  answer: Answer,
  index: number,
  key: { readonly answers: readonly Answer[] },
): KeyChange[] {
  if (toFraction(answer.fraction).equals(0)) return []
  return [{ what: `answer ${index + 1} is missing`, key: { ...key, answers: replaced(key.answers, index) } }]
}
