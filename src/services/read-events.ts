import type { Actor, Deps } from '../deps.ts'
import type { AttemptEvent } from '../grading/log.ts'
import { toPoints } from '../grading/points.ts'
import { Fold, type Outcome } from '../grading/replay.ts'
import { requireStaff } from './_authorise.ts'
import { toTime } from './_attempt-view.ts'
import { loadAttempt } from './_folded-attempt.ts'
import { viewEventBody } from './_event-view.ts'
import { settleIfOver } from './settle-attempt.ts'

/** One event of an attempt's log, and what it came to when it happened. */
export interface Step {
  readonly seq: number
  readonly id: string
  readonly at: string
  readonly type: AttemptEvent['type']
  /** The API key whose call it was; null for the learner, and for time. */
  readonly by: string | null
  readonly body: Readonly<Record<string, unknown>>
  /** False for an event whose id came earlier in the log: it did nothing. */
  readonly counted: boolean
  readonly responses: readonly StepResponse[]
  /** How the attempt stood after it. Scores are in points. */
  readonly after: {
    readonly status: 'active' | 'finished'
    readonly deadline: string | null
    readonly score: number
    readonly maxScore: number
    readonly pending: boolean
  }
}

interface StepResponse {
  readonly question: string
  readonly try: number | null
  readonly verdict: string | null
  readonly score: number | null
  readonly duplicate: boolean
  readonly refused: string | null
}

/** The log of an attempt, step by step; `next` is the seq to go on after. */
export async function readEvents(
  deps: Deps,
  actor: Actor,
  { attempt: id, limit, after }: { readonly attempt: string; readonly limit: number; readonly after: number },
): Promise<{ events: Step[]; next: number | null }> {
  requireStaff(actor, 'attempts:read')
  const { row, revision, targets, log } = await settleIfOver(deps, await loadAttempt(deps, id))
  const fold = new Fold(row, revision, targets)
  const page: Step[] = []
  for (const event of log) {
    const counted = fold.take(event)
    if (event.seq > after && page.length < limit) page.push(stepOf(event, counted, fold.outcome()))
  }
  const last = page.at(-1)
  return { events: page, next: last && last.seq < log.at(-1)!.seq ? last.seq : null }
}

function stepOf(event: AttemptEvent, counted: boolean, outcome: Outcome): Step {
  const { deadline, finished, score, maxScore, pending } = outcome
  const responses = counted ? outcome.events.get(event.id)!.responses : []
  return {
    seq: event.seq,
    id: event.id,
    at: toTime(event.at),
    type: event.type,
    by: 'by' in event.body ? event.body.by : null,
    body: viewEventBody(event),
    counted,
    responses: responses.map(({ question, try: made, duplicate, refused }) => ({
      question,
      try: made?.number ?? null,
      verdict: made?.verdict ?? null,
      score: made && made.verdict !== 'pending' ? toPoints(made.score) : null,
      duplicate,
      refused,
    })),
    after: {
      status: finished ? 'finished' : 'active',
      deadline: deadline === null ? null : toTime(deadline),
      score: toPoints(score),
      maxScore: toPoints(maxScore),
      pending,
    },
  }
}
