import { type Share, toFraction } from '../../grading/share.ts'

/** The same answer, which earns another share. */
export function changeFraction<Answer extends { readonly fraction: Share }>(
  answer: Answer,
): { readonly what: string; readonly answer: Answer }[] {
  const isWhole = toFraction(answer.fraction).equals(1)
  return [{ what: isWhole ? 'earns half' : 'earns everything', answer: { ...answer, fraction: isWhole ? '1/2' : 1 } }]
}
