import type { Extension } from './extension.ts'
import type { Regrading } from './regrading.ts'

/** What a regrade was asked for, with the revisions that it was checked for. */
export interface RegradeRequest {
  readonly regrading: Regrading
  readonly dryRun: boolean
  readonly reason: string
  readonly revisions: readonly string[]
}

/** What is asked for of every attempt that runs. */
export interface ExtensionRequest {
  readonly extension: Extension
  readonly reason: string
}

/** What a job is to do, by its kind. */
export type JobRequest = RegradeRequest | ExtensionRequest
