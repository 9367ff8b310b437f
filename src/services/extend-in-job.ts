import type { ExtensionRequest } from '../grading/job-request.ts'
import { loadAttempt } from './_folded-attempt.ts'
import type { JobStep, Progress } from './_job.ts'
import { append, nextMoment } from './_staff-event.ts'
import { extensionOf } from './extend-attempt.ts'
import { settleIfOver } from './settle-attempt.ts'

/** Extends one attempt of those that ran when the job was made; its event has the job's id, so it is there once. */
export const extendInJob: JobStep = async (deps, job, { id }): Promise<Progress> => {
  const { extension, reason } = job.request as ExtensionRequest
  let attempt = await settleIfOver(deps, await loadAttempt(deps, id))
  while (!attempt.outcome.events.has(job.id)) {
    const at = nextMoment(deps, attempt)
    const event = extensionOf(attempt, { extension, reason, by: job.createdBy }, at)
    if (typeof event === 'string') return { attempts: 1 }
    attempt = await append(deps, attempt, { id: job.id, at, ...event })
  }
  return { attempts: 1, extended: 1 }
}
