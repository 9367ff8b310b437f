/** One response as a learner sent it: validated by what is public, and not yet judged. */
export interface SentResponse {
  readonly question: string
  readonly response: unknown
  readonly certainty?: number | undefined
}

/** What happened in an attempt. `at` is milliseconds since the epoch and never decreases along the log. */
export type AttemptEvent = {
  readonly seq: number
  /** Made before the first write: a batch that was sent twice logs the same id twice, and the second counts for nothing. */
  readonly id: string
  readonly at: number
} & (
  | { readonly type: 'responded'; readonly body: { readonly responses: readonly SentResponse[] } }
  | { readonly type: 'finished'; readonly body: Readonly<Record<string, never>> }
)

/** What is fixed when an attempt starts. Times are milliseconds since the epoch. */
export interface AttemptStart {
  readonly id: string
  readonly startedAt: number
  /** Null where there is no time limit. Without grace. */
  readonly deadline: number | null
}
