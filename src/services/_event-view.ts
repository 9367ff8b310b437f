import type { AttemptEvent } from '../grading/log.ts'
import { toPoints } from '../grading/points.ts'
import { toTime } from './_attempt-view.ts'

/** What happened, in the units of the contract: points, and times as texts. */
export function viewEventBody({ body }: AttemptEvent): Record<string, unknown> {
  const { by: _by, ...said }: Record<string, unknown> = { ...body }
  if ('deadline' in body && body.deadline !== null) said['deadline'] = toTime(body.deadline)
  if ('score' in body && body.score !== null) said['score'] = toPoints(body.score)
  if ('of' in body) said['of'] = toPoints(body.of)
  return said
}
