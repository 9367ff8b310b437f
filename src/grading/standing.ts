import type { MilliPoints } from './points.ts'

/** How an attempt stands, in three figures: what a regrade compares. */
export interface Standing {
  readonly score: MilliPoints
  readonly maxScore: MilliPoints
  /** Null while the attempt runs, or something is pending. */
  readonly passed: boolean | null
}
