import type { Deps } from '../deps.ts'
import type { Outcome } from '../grading/replay.ts'

/** Counts what was taken of an event, by type and verdict. One that is older than the request repeats what was counted before. */
export function countGraded(
  { metrics }: Deps,
  { questions, events }: Outcome,
  { id, since }: { id: string; since: number },
): void {
  const told = events.get(id)
  if (!told || told.event.at < since) return
  for (const { question: of, try: made, duplicate, refused } of told.responses) {
    if (made === null || duplicate || refused !== null) continue
    const { type } = questions.find(({ question }) => question.id === of)!.question
    metrics.responseGraded({ type, verdict: made.verdict })
  }
}
