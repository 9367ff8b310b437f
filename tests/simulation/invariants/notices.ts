import type { ModelQuestion } from '../../support/sessions/questions.ts'
import { passes, standingOf } from '../../support/sessions/scoring.ts'
import { points, time } from '../../support/sessions/view.ts'
import { Model } from '../model.ts'
import type { Seen } from '../watch.ts'
import type { World } from '../world.ts'

/** Something that is to be told of an attempt, with the figures that go with it. */
export interface Notice {
  readonly type: string
  readonly seq: number
  readonly says: Readonly<Record<string, unknown>>
}

/** What there is to tell of an attempt, by the model: that it began; and from its end on what becomes of it. */
export function noticesOf(
  world: World,
  seen: Seen,
  asked: readonly string[],
  targets: ReadonlyMap<string, readonly ModelQuestion[]>,
): Notice[] {
  const model = new Model(world, seen, asked, targets)
  const { attempt } = model
  const notices: Notice[] = [
    { type: 'attempt.started', seq: 0, says: { maxScore: points(standingOf(attempt).maxScore) } },
  ]
  let passedBefore: boolean | null = null
  for (const event of seen.log) {
    model.take(event)
    const { counted } = model.lines.at(-1)!
    const type = TOLD.get(event.type)
    if (!counted || !type || !attempt.finished) continue
    const { score, maxScore, pending } = standingOf(attempt)
    const passed = passes(attempt)
    const says = {
      score: points(score),
      maxScore: points(maxScore),
      passed,
      final: !pending,
      finishedAt: time(attempt.finished.at),
    }
    notices.push({ type, seq: event.seq, says })
    if (event.type !== 'regraded' && passed === true && passedBefore !== true) {
      notices.push({ type: 'attempt.passed', seq: event.seq, says })
    }
    passedBefore = passed
  }
  return notices
}

const TOLD: ReadonlyMap<string, string> = new Map([
  ['finished', 'attempt.finished'],
  ['graded', 'attempt.graded'],
  ['overridden', 'attempt.graded'],
  ['regraded', 'attempt.regraded'],
])
