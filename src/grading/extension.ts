import { exact } from './fraction.ts'

/** More time for an attempt that runs: so many seconds, so many times what it has in all, or no limit any more. */
export interface Extension {
  readonly extraSeconds?: number | undefined
  readonly factor?: number | undefined
  readonly unlimited?: true | undefined
}

/** How far from its start an attempt can be extended: ten years, in milliseconds. */
export const MAX_EXTENT = 3653 * 24 * 60 * 60 * 1000

/** The deadline (milliseconds) of an attempt with one, after an extension; null where there is none any more. */
export function extend(
  { startedAt, deadline }: { readonly startedAt: number; readonly deadline: number },
  { extraSeconds, factor, unlimited }: Extension,
): number | null {
  if (unlimited) return null
  if (extraSeconds !== undefined) return deadline + extraSeconds * 1000
  return (
    startedAt +
    Number(
      exact(factor ?? 1)
        .mul(deadline - startedAt)
        .ceil().n,
    )
  )
}
