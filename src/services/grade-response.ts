import type { Actor, Deps } from '../deps.ts'
import { renderMarkdown } from '../content/markdown.ts'
import { invalidInput } from '../errors.ts'
import type { Issue } from '../grading/issue.ts'
import { toMilliPoints } from '../grading/points.ts'
import { sameJson } from '../grading/same-json.ts'
import { requireStaff } from './_authorise.ts'
import { checkScore, graded, type GradedByStaff, questionOf } from './_given-score.ts'
import type { RequestKey } from './_ids.ts'
import { appendStaffEvent } from './_staff-event.ts'

export interface GradeInput {
  readonly attempt: string
  readonly question: string
  /** In points. */
  readonly score: number
  /** Markdown. */
  readonly comment: string | null
  readonly requestKey: RequestKey | null
}

/** A person grades what no key can: the last response to a question that waits for it. Grading again replaces the grade. */
export async function gradeResponse(deps: Deps, actor: Actor, input: GradeInput): Promise<GradedByStaff> {
  const { keyId: by } = requireStaff(actor, 'grading:write')
  const { question, comment } = input
  const score = toMilliPoints(input.score)
  let meant: unknown
  const attempt = await appendStaffEvent(deps, {
    attempt: input.attempt,
    requestKey: input.requestKey,
    decide: ({ outcome }) => {
      const found = questionOf(outcome, question)
      if (!found.gradedByPerson) throw invalidInput([NOTHING_WAITS])
      const { response } = found.tries.at(-1)!
      // Decided anew because the log has grown: the grade is not for what nobody has read.
      if (!sameJson((meant ??= response), response)) throw invalidInput([ANOTHER_CAME])
      checkScore(score, found.maxScore)
      const rendered = comment === null ? null : renderMarkdown(comment)
      return { type: 'graded', body: { question, score, of: found.maxScore, comment: rendered, by } }
    },
    isSame: ({ type, body }) =>
      type === 'graded' &&
      body.question === question &&
      body.score === score &&
      (body.comment?.markdown ?? null) === comment,
  })
  return graded(deps, attempt, question)
}

const ANOTHER_CAME: Issue = {
  path: ['question'],
  code: 'inconsistent',
  detail: 'Another response to this question came at this moment: read it first.',
}

const NOTHING_WAITS: Issue = {
  path: ['question'],
  code: 'inconsistent',
  detail: 'No response to this question waits for a person: override its score instead.',
}
