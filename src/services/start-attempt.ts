import type { Actor, Deps } from '../deps.ts'
import { type QuizSummary, summarise } from '../content/summary.ts'
import {
  type AttemptRow,
  countAttempts,
  insertAttempt,
  selectActiveAttempt,
  selectAttempt,
  selectAttemptByRequestKey,
} from '../db/attempts.ts'
import { AnswerkeyError } from '../errors.ts'
import { present } from '../grading/present.ts'
import { replay } from '../grading/replay.ts'
import { attemptQuestions } from '../grading/results.ts'
import type { Attempt, Question } from '../grading/wire.ts'
import { progressToken, viewAttempt } from './_attempt-view.ts'
import type { LoadedRevision } from './_caches.ts'
import { forgetPointer, loadQuizForStart, notFound } from './_current-quiz.ts'
import { hashRequestKey } from './_ids.ts'
import { checkMayStart, newAttempt, noAttemptsLeft, sameRequest, type StartInput } from './_new-attempt.ts'
import { loadRevision } from './_revisions.ts'

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

/** How often a start is decided anew because what it was decided on had moved. */
const MAX_DECISIONS = 5

/** Starts an attempt at a quiz's current revision. One round trip, and more when what the isolate remembers is old. */
export async function startAttempt(deps: Deps, actor: Actor, input: StartInput): Promise<StartResult> {
  const requestKey = input.requestKey && (await hashRequestKey(input.requestKey))
  try {
    return await decide(deps, actor, input, requestKey)
  } catch (error) {
    // A retry gets its attempt even where a new start would be refused by now.
    const repeated = error instanceof AnswerkeyError && requestKey ? await findRepeated(deps, requestKey, input) : null
    if (repeated) return repeated
    throw error
  }
}

async function decide(deps: Deps, actor: Actor, input: StartInput, requestKey: string | null): Promise<StartResult> {
  for (let decision = 0; decision < MAX_DECISIONS; decision++) {
    const row = await loadQuizForStart(deps, actor, input.quiz, { fresh: decision > 0 })
    checkMayStart(row, input.learner)
    const revision = await loadRevision(deps, row.revision)
    if (!revision) throw notFound()
    const result = await insert(deps, revision, input, requestKey)
    if (result) return result
    forgetPointer(deps, input.quiz)
  }
  throw new AnswerkeyError('unavailable', 'The quiz is changing too fast: try again.')
}

async function insert(
  deps: Deps,
  revision: LoadedRevision,
  input: StartInput,
  requestKey: string | null,
): Promise<StartResult | null> {
  const { db } = deps
  const attempt = newAttempt(deps, revision, input, requestKey)
  const { attemptsPerLearner } = revision.quiz.policy
  const learnerId = input.learner?.id ?? ''
  const [, [own], [repeated], [active], [counted]] = await db.batch([
    insertAttempt(db, attempt, { revision: revision.id, attemptsPerLearner }),
    selectAttempt(db, attempt.id),
    selectAttemptByRequestKey(db, requestKey ?? ''),
    selectActiveAttempt(db, input.quiz, learnerId),
    countAttempts(db, input.quiz, learnerId),
  ])
  if (own) return { kind: 'started', started: await show(deps, own, revision) }
  if (repeated) return { kind: 'repeated', row: sameRequest(repeated, input) }
  if (active) return { kind: active.due !== null && deps.now() > active.due ? 'expired' : 'active', row: active }
  if (attemptsPerLearner !== null && counted && counted.count >= attemptsPerLearner) throw noAttemptsLeft()
  return null
}

async function findRepeated(deps: Deps, requestKey: string, input: StartInput): Promise<StartResult | null> {
  const [[row]] = await deps.db.batch([selectAttemptByRequestKey(deps.db, requestKey)])
  return row ? { kind: 'repeated', row: sameRequest(row, input) } : null
}

/** Nothing has been answered yet, so there is nothing that the key would be needed for. */
async function show(deps: Deps, row: AttemptRow, { id, quiz }: LoadedRevision): Promise<StartedAttempt> {
  const attempt = { row, quiz, outcome: replay(row, quiz, { questions: [] }, []) }
  return {
    attempt: {
      ...viewAttempt(deps, attempt, 'learner'),
      questions: attemptQuestions(quiz, attempt.outcome, 'learner'),
    },
    quiz: summarise(row.quiz, id, quiz),
    questions: present(quiz, row.id),
    token: await progressToken(deps, attempt),
  }
}
