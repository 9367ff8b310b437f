import type { Certainty } from './certainty.ts'
import type { Extension } from './extension.ts'
import type { MilliPoints } from './points.ts'
import type { Regrading } from './regrading.ts'
import type { RichText } from './rich-text.ts'

/** One response as a learner sent it: validated by what is public, and not yet judged. */
export interface SentResponse {
  readonly question: string
  readonly response: unknown
  readonly certainty?: Certainty | undefined
}

/** Which key of staff did something. */
interface ByStaff {
  readonly by: string
}

/** A person's word on a score, with what could be had when it was given: it is kept as a share of that. */
interface GivenScore extends ByStaff {
  readonly score: MilliPoints
  readonly of: MilliPoints
}

/** What happened in an attempt, by the type of the event. */
interface Happened {
  responded: { readonly responses: readonly SentResponse[] }
  finished: Readonly<Record<string, never>>
  /** The new deadline, null where there is none any more; and what it was worked out from. */
  extended: ByStaff & { readonly deadline: number | null; readonly extension: Extension; readonly reason: string }
  graded: GivenScore & { readonly question: string; readonly comment: RichText | null }
  /** Of a question, or with null of the whole attempt; without a score an earlier word is taken back. */
  overridden: (GivenScore | (ByStaff & { readonly score: null })) & {
    readonly question: string | null
    readonly reason: string
  }
  regraded: ByStaff & Regrading & { readonly regrade: string; readonly reason: string }
}

export type EventType = keyof Happened

/** What happened, and when. `at` is milliseconds since the epoch and never decreases along the log. */
export type AttemptEvent = {
  readonly seq: number
  /** Made before the first write: a batch that was sent twice logs the same id twice, and the second counts for nothing. */
  readonly id: string
  readonly at: number
} & EventBody

/** The type of an event and what goes with it. */
export type EventBody = { [Type in EventType]: { readonly type: Type; readonly body: Happened[Type] } }[EventType]

/** What is fixed when an attempt starts. Times are milliseconds since the epoch. */
export interface AttemptStart {
  readonly id: string
  /** Which one it is pinned to. */
  readonly revision?: string
  readonly startedAt: number
  /** Null where there is no time limit. Without grace. */
  readonly deadline: number | null
}
