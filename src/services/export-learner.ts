import type { Actor, Deps } from '../deps.ts'
import { selectRules } from '../db/accommodations.ts'
import type { AttemptRow } from '../db/attempts.ts'
import { type Place, selectAttemptsById, selectAttemptsOf, selectLogs } from '../db/learners.ts'
import type { Accommodation } from '../grading/accommodations.ts'
import type { AttemptEvent } from '../grading/log.ts'
import { allResults } from '../grading/results.ts'
import type { Attempt, Learner, Result } from '../grading/wire.ts'
import { viewRule } from './_accommodations.ts'
import { toTime, viewAttempt } from './_attempt-view.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'
import { viewEventBody } from './_event-view.ts'
import { foldAttempt, type LogRow } from './_folded-attempt.ts'

export interface ExportedAttempt {
  readonly attempt: Attempt
  readonly results: Result[]
  readonly events: (Pick<AttemptEvent, 'seq' | 'type'> & { readonly at: string; readonly body: object })[]
}

export interface ExportedLearner {
  readonly learner: Learner
  readonly accommodations: Accommodation[]
  readonly attempts: ExportedAttempt[]
  readonly next: Place | null
}

/** Attempts whose logs one statement may read: it has a hundred parameters. */
const MAX_ATTEMPTS = 100
/** Characters of logs, and of what is made of them, at which a page ends early. It holds one attempt at least. */
const MAX_CHARACTERS = 4_000_000

/**
 * What is known of a learner, as it may be handed to them: staff's totals, results as the policy releases them, and what
 * they and others did, attempt by attempt. Whatever grades a question stays where it is.
 */
export async function exportLearner(
  deps: Deps,
  actor: Actor,
  learner: string,
  { limit, after }: { limit: number; after: Place | null },
): Promise<ExportedLearner> {
  requireStaff(actor, 'learners:write')
  const { db } = deps
  const [rows, rules, anyAttempt] = await db.batch([
    selectAttemptsOf(db, learner, { after, limit: Math.min(limit, MAX_ATTEMPTS) + 1 }),
    selectRules(db, learner),
    selectAttemptsOf(db, learner, { limit: 1 }),
  ])
  if (anyAttempt.length === 0 && rules.length === 0) throw notFound()
  const page = withinBounds(rows.slice(0, Math.min(limit, MAX_ATTEMPTS)))
  const { attempts, taken } = await exportAttempts(deps, page)
  const last = page[taken - 1]
  return {
    learner: { id: learner, ...nameIn(page.slice(0, taken)) },
    accommodations: rules.map(viewRule),
    attempts,
    next: last && taken < rows.length ? { quiz: last.quiz, id: last.id } : null,
  }
}

type Row = Awaited<ReturnType<typeof selectAttemptsOf>>[number]

/** As many attempts as have logs that may be read at once. */
function withinBounds(rows: readonly Row[]): readonly Row[] {
  let characters = 0
  const end = rows.findIndex((row) => (characters += row.logSize) > MAX_CHARACTERS)
  return end === -1 ? rows : rows.slice(0, Math.max(1, end))
}

/** Attempts with their logs, as they stand together; `taken` counts those too that were erased since the page was read. */
async function exportAttempts(
  deps: Deps,
  page: readonly Row[],
): Promise<{ attempts: ExportedAttempt[]; taken: number }> {
  if (page.length === 0) return { attempts: [], taken: 0 }
  const ids = page.map(({ id }) => id)
  const [rows, events] = await deps.db.batch([selectAttemptsById(deps.db, ids), selectLogs(deps.db, ids)])
  const logs = Map.groupBy(events, ({ attempt }) => attempt)
  const attempts: ExportedAttempt[] = []
  let characters = 0
  for (const [taken, id] of ids.entries()) {
    const row = rows.find((each) => each.id === id)
    if (!row) continue
    const exported = await exportAttempt(deps, row, logs.get(id) ?? [])
    characters += JSON.stringify(exported).length
    if (attempts.length > 0 && characters > MAX_CHARACTERS) return { attempts, taken }
    attempts.push(exported)
  }
  return { attempts, taken: ids.length }
}

async function exportAttempt(deps: Deps, row: AttemptRow, unsorted: readonly LogRow[]): Promise<ExportedAttempt> {
  const log = unsorted.toSorted((a, b) => a.seq - b.seq)
  const attempt = await foldAttempt(deps, row, log)
  return {
    attempt: viewAttempt(deps, attempt, 'staff'),
    results: allResults(attempt, 'learner'),
    events: attempt.log.map((event) => ({
      seq: event.seq,
      type: event.type,
      at: toTime(event.at),
      body: viewEventBody(event),
    })),
  }
}

/** What the learner was called when they last began one of these. */
function nameIn(rows: readonly Row[]): { name?: string } {
  const named = rows.filter(({ learnerName }) => learnerName !== null).toSorted((a, b) => b.startedAt - a.startedAt)
  const name = named[0]?.learnerName
  return name ? { name } : {}
}
