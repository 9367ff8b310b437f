import type { Actor, Deps } from '../deps.ts'
import { type QuizSummary, summarise } from '../content/summary.ts'
import type { AttemptRow } from '../db/attempts.ts'
import { AnswerkeyError } from '../errors.ts'
import { present } from '../grading/present.ts'
import { replay } from '../grading/replay.ts'
import { attemptQuestions } from '../grading/results.ts'
import { canonicalJson } from '../grading/same-json.ts'
import { deadlineOf, dueOf, timeLimitOf } from '../grading/timing.ts'
import type { Attempt, Question } from '../grading/wire.ts'
import { progressToken, viewAttempt } from './_attempt-view.ts'
import type { LoadedRevision } from './_caches.ts'
import { notFound } from './_current-quiz.ts'
import { hashRequestKey, hashText } from './_ids.ts'
import {
  beginAttempt,
  type Completion,
  decideOnCurrentQuiz,
  keyReused,
  sameRequest,
  type StartInput,
} from './_new-attempt.ts'
import { openingOf } from './_opening.ts'
import { loadRevision } from './_revisions.ts'
import { findRepeated, type Standing } from './_standing.ts'

export interface StartedAttempt {
  readonly attempt: Attempt
  readonly quiz: QuizSummary
  readonly questions: Question[]
  readonly token: string
}

/**
 * What a start came to: a new attempt; one that the same request made before; or the learner's active one, which may have
 * expired, and is then to be settled before another start is tried. Only a new one can be shown without the answer key.
 */
export type StartResult =
  | { readonly kind: 'started'; readonly started: StartedAttempt }
  | { readonly kind: 'repeated' | 'active' | 'expired'; readonly row: AttemptRow }

/**
 * Starts an attempt at a quiz's current revision. One round trip, two for a named learner, and more when what the isolate
 * remembers is old.
 */
export async function startAttempt(deps: Deps, actor: Actor, input: StartInput): Promise<StartResult> {
  const requestKey = input.requestKey && (await hashRequestKey(input.requestKey))
  const request = requestKey === null ? null : { key: requestKey, digest: await digestOf(input) }
  try {
    return await decideOnCurrentQuiz(deps, actor, input, async ({ revision: id }) => {
      const revision = await loadRevision(deps, id)
      if (!revision) throw notFound()
      return insert(deps, revision, input, request)
    })
  } catch (error) {
    // A retry gets its attempt even where a new start would be refused by now.
    const repeated = error instanceof AnswerkeyError && request ? await findRepeated(deps, request.key) : null
    if (repeated) return existing(repeated, input, request)
    throw error
  }
}

/** What is asked for, so that a key which comes with something else is noticed. */
function digestOf({ quiz, learner, metadata }: StartInput): Promise<string> {
  return hashText(canonicalJson([quiz, learner, metadata]))
}

type Request = { readonly key: string; readonly digest: string }

async function insert(
  deps: Deps,
  revision: LoadedRevision,
  input: StartInput,
  request: Request | null,
): Promise<StartResult | null> {
  const beginning = {
    revision,
    input,
    requestKey: request?.key ?? null,
    digest: input.learner === null ? null : (request?.digest ?? null),
  }
  const inserted = await beginAttempt(deps, beginning, withDeadline(revision))
  if (!inserted) return null
  if (inserted.kind === 'inserted') return { kind: 'started', started: await show(deps, inserted.row, revision) }
  return existing(inserted, input, request)
}

function withDeadline({ quiz: { policy } }: LoadedRevision): Completion {
  return (attempt, allowance) => {
    const { closesAt } = openingOf(policy)
    const deadline = deadlineOf(attempt.startedAt, timeLimitOf(policy.timeLimitSeconds, allowance), closesAt)
    return { attempt: { ...attempt, deadline, due: dueOf(deadline, policy) }, events: [], notices: [] }
  }
}

/** An attempt that is there already, for the caller to show as it stands. */
function existing(found: Standing, input: StartInput, request: Request | null): StartResult {
  const { row } = found
  if (found.kind === 'repeated') return { kind: 'repeated', row: sameRequest(row, input) }
  if (found.kind !== 'noted') return { kind: found.kind, row }
  if (found.digest !== request?.digest) throw keyReused()
  return { kind: 'active', row }
}

/** Nothing has been answered yet, so there is nothing that the key would be needed for. */
async function show(deps: Deps, row: AttemptRow, { id, quiz }: LoadedRevision): Promise<StartedAttempt> {
  const attempt = { row, quiz, outcome: replay(row, quiz, { questions: [] }, []), closed: false }
  return {
    attempt: {
      ...viewAttempt(deps, attempt, 'learner'),
      questions: attemptQuestions(attempt, 'learner'),
    },
    quiz: summarise(row.quiz, id, quiz),
    questions: present(quiz, row.id),
    token: await progressToken(deps, attempt),
  }
}
