import type { Actor, Deps } from '../deps.ts'
import { parseDocument } from '../content/parse-document.ts'
import type { AuthoredQuiz } from '../content/document.ts'
import { MAX_STORED_BYTES } from '../content/limits.ts'
import { join, split } from '../content/split.ts'
import { summarise } from '../content/summary.ts'
import { insertAnswerKey } from '../db/answer-keys.ts'
import { bringBack, pointTo, type QuizRow, selectQuiz } from '../db/quizzes.ts'
import { notePublication, selectNotedRevision } from '../db/request-keys.ts'
import { insertRevision, type RevisionRow, selectRevision, selectRevisionByRequestKey } from '../db/revisions.ts'
import { insertDeliveries, isPublished, type Notice } from '../db/webhook-deliveries.ts'
import { AnswerkeyError, invalidInput } from '../errors.ts'
import { GRADING_VERSION } from '../grading/quiz.ts'
import { sameJson } from '../grading/same-json.ts'
import { writeBody } from '../webhooks/events.ts'
import { toTime } from './_attempt-view.ts'
import { requireStaff, type Staff } from './_authorise.ts'
import { forgetPointer } from './_current-quiz.ts'
import { loadGradedRevision } from './_graded-revision.ts'
import { hashRequestKey, randomId, type RequestKey } from './_ids.ts'
import { keyReused } from './_new-attempt.ts'
import { beginDeliveries } from './deliver-webhooks.ts'

export interface PublishInput {
  readonly quiz: string
  readonly document: unknown
  /** Whether the quiz may be published over the revision that it points to now (null for none). */
  readonly precondition: (current: string | null) => boolean
  readonly requestKey: RequestKey | null
}

export interface Published {
  readonly quiz: string
  readonly revision: string
  readonly number: number
  readonly created: boolean
}

/** How often a publication is decided anew because another came in between. */
const MAX_DECISIONS = 5

/** What is decided on, perhaps more than once. */
interface Publication {
  readonly staff: Staff
  readonly input: PublishInput
  readonly quiz: AuthoredQuiz
  readonly requestKey: string | null
  /** The quiz split and rendered, once: rendering is what takes time. */
  readonly render: () => ReturnType<typeof split>
}

/** Publishes a quiz document as a new immutable revision; the same document again makes nothing. */
export async function publishQuiz(deps: Deps, actor: Actor, input: PublishInput): Promise<Published> {
  const staff = requireStaff(actor, 'quizzes:write')
  const parsed = parseDocument(input.document)
  if (!parsed.ok) throw invalidInput(parsed.issues)
  const quiz = parsed.value
  const requestKey = input.requestKey && (await hashRequestKey(input.requestKey))
  let parts: ReturnType<typeof split> | undefined
  const publication = { staff, input, quiz, requestKey, render: () => (parts ??= split(quiz)) }
  for (let decision = 0; decision < MAX_DECISIONS; decision++) {
    const published = await decide(deps, publication).finally(() => forgetPointer(deps, input.quiz))
    if (published) return published
  }
  throw new AnswerkeyError('unavailable', 'The quiz is changing too fast: try again.')
}

async function decide(deps: Deps, publication: Publication): Promise<Published | null> {
  const { db } = deps
  const { input, quiz, requestKey } = publication
  const [[pointer], [made], [noted]] = await db.batch([
    selectQuiz(db, input.quiz),
    selectRevisionByRequestKey(db, requestKey ?? ''),
    selectNotedRevision(db, requestKey ?? ''),
  ])
  const repeated = made ?? noted
  if (repeated) {
    if (repeated.quiz !== input.quiz || !(await isSame(deps, repeated.id, quiz))) throw keyReused()
    return { quiz: input.quiz, revision: repeated.id, number: repeated.number, created: made !== undefined }
  }
  if (!input.precondition(pointer?.revision ?? null)) {
    throw new AnswerkeyError('revision-changed', 'The quiz does not stand at the revision that the request names.')
  }
  if (pointer && (await isSame(deps, pointer.revision, quiz))) return bringBackUnchanged(deps, pointer, requestKey)
  return insert(deps, publication, pointer?.revision ?? null)
}

async function isSame(deps: Deps, revision: string, quiz: AuthoredQuiz): Promise<boolean> {
  const current = await loadGradedRevision(deps, revision)
  return current !== null && sameJson(join(current.quiz, current.answerKey), quiz)
}

/** Null when the quiz has moved on since it was found to stand like this. */
async function bringBackUnchanged(deps: Deps, pointer: QuizRow, requestKey: string | null): Promise<Published | null> {
  const { db } = deps
  const [[revision], [stands]] = await db.batch([
    selectRevision(db, pointer.revision),
    bringBack(db, pointer),
    ...(requestKey ? [notePublication(db, requestKey, pointer)] : []),
  ])
  if (!revision || !stands) return null
  return { quiz: pointer.id, revision: pointer.revision, number: revision.number, created: false }
}

async function insert(
  deps: Deps,
  { staff, input, quiz, requestKey, render }: Publication,
  decidedAgainst: string | null,
): Promise<Published | null> {
  const { db } = deps
  const id = randomId(deps, 'rev')
  const parts = render()
  checkSize(parts.quiz)
  checkSize(parts.answerKey)
  const revision = {
    id,
    quiz: input.quiz,
    gradingVersion: GRADING_VERSION,
    document: parts.quiz,
    summary: summarise(input.quiz, id, parts.quiz),
    publishedAt: deps.now(),
    publishedBy: staff.keyId,
    requestKey,
  }
  const [[inserted], , , told] = await db.batch([
    insertRevision(db, revision, decidedAgainst),
    insertAnswerKey(db, id, parts.answerKey),
    pointTo(db, { quiz: input.quiz, revision: id, access: quiz.access }),
    insertDeliveries(db, publicationNotice(revision), {
      now: revision.publishedAt,
      when: isPublished(id),
      trace: deps.trace.traceparent,
    }),
  ])
  if (told.length > 0) beginDeliveries(deps)
  return inserted ? { quiz: input.quiz, revision: id, number: inserted.number, created: true } : null
}

/** What webhooks are told of a publication. The number that it got is read of the revision. */
function publicationNotice({ id, quiz, publishedAt, publishedBy }: Omit<RevisionRow, 'number'>): Notice {
  const type = 'quiz.published'
  const at = toTime(publishedAt)
  return {
    id: `msg_${id.slice(4)}_published`,
    type,
    quiz,
    body: writeBody(type, at, { quiz, revision: id, publishedBy }),
  }
}

function checkSize(document: unknown): void {
  if (new TextEncoder().encode(JSON.stringify(document)).length > MAX_STORED_BYTES) {
    throw new AnswerkeyError('quiz-too-large', 'The quiz is too large after rendering: split it, or shorten its texts.')
  }
}
