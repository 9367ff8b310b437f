import { type Asked, askedBy, type Attempt, type Line, type Reply, type TryRef } from './attempt.ts'
import { closesAtOf, countsTries } from './policies.ts'
import { explanationOf, rightAnswer, written } from './questions.ts'
import { calibrationOf, inForce, maxScoreOf, passes, scoreOf, standingOf, verdictOf } from './scoring.ts'

/** What a viewer is to be shown of an attempt, by the review in force. */

export type Viewer = 'learner' | 'staff'

/** The moment of looking, and when the session began: a quiz closes so long after. */
export interface Moment {
  readonly now: number
  readonly began: number
  readonly viewer: Viewer
}

export const points = (thousandths: number): number => thousandths / 1000
export const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

function shows(attempt: Attempt, { now, began, viewer }: Moment): (item: string) => boolean {
  if (viewer === 'staff') return () => true
  const { review, graceSeconds } = attempt.rules
  const closesAt = closesAtOf(attempt.rules, began)
  const closed = closesAt !== null && now > closesAt + graceSeconds * 1000
  const items = attempt.finished === null ? review.during : closed ? review.closed : review.finished
  return (item) => items.includes(item)
}

export const answeredCount = ({ asked }: Attempt): number => asked.filter(({ entries }) => entries.length > 0).length

/** An attempt without its questions. */
export function attemptView(attempt: Attempt, moment: Moment): Record<string, unknown> {
  const { rules, finished, learner } = attempt
  const show = shows(attempt, moment)
  const { score, maxScore } = standingOf(attempt)
  const showsCalibration = moment.viewer === 'staff' || (finished !== null && show('verdict'))
  return {
    id: attempt.id,
    status: finished ? 'finished' : 'active',
    finishReason: finished?.reason ?? null,
    learner: learner === null ? null : { id: learner },
    metadata: attempt.metadata,
    startedAt: time(attempt.startedAt),
    deadline: time(attempt.deadline),
    finishedAt: time(finished?.at ?? null),
    serverTime: time(moment.now),
    questionCount: attempt.asked.length,
    answeredCount: answeredCount(attempt),
    score: show('score') ? points(score) : null,
    maxScore: points(maxScore),
    passed: show('score') && finished ? passes(attempt) : null,
    calibration: rules.certainty && showsCalibration ? calibrationOf(attempt) : null,
  }
}

/** What a progress token says of the attempt. */
export function progress(attempt: Attempt, moment: Moment): Record<string, unknown> {
  const seen = { answered: answeredCount(attempt), total: attempt.asked.length }
  return shows(attempt, moment)('score') ? { ...seen, score: points(standingOf(attempt).score) } : seen
}

/** What a receipt claims; null where there is none. */
export function receiptOf(attempt: Attempt, moment: Moment): Record<string, unknown> | null {
  const { finished } = attempt
  if (!finished || !shows(attempt, moment)('score')) return null
  const { score, maxScore, pending } = standingOf(attempt)
  return {
    attempt: attempt.id,
    sub: attempt.id,
    learner: attempt.learner === null ? null : { id: attempt.learner },
    score: points(score),
    maxScore: points(maxScore),
    passed: passes(attempt),
    startedAt: time(attempt.startedAt),
    finishedAt: time(finished.at),
    seq: attempt.log.length,
    final: !pending,
  }
}

interface Released {
  readonly verdict: boolean
  readonly score: boolean
  readonly feedback: boolean
  readonly explanation: boolean
  readonly answer: boolean
}

function released(attempt: Attempt, asked: Asked, moment: Moment): Released {
  const show = shows(attempt, moment)
  const finished = attempt.finished !== null
  const withScore = show('verdict') && show('score')
  const closed = finished || asked.closed
  if (moment.viewer === 'staff') return { verdict: true, score: true, feedback: true, explanation: true, answer: true }
  if (asked.entries.length === 0 && !(finished && show('unanswered'))) {
    return { verdict: false, score: finished && withScore, feedback: false, explanation: false, answer: false }
  }
  return {
    verdict: show('verdict'),
    score: withScore,
    feedback: show('feedback'),
    explanation: show('explanation') && closed,
    answer: show('answer') && closed,
  }
}

function statusOf(asked: Asked, shown: TryRef | null, { verdict }: Released): string {
  if (!shown) return 'unanswered'
  return verdict ? verdictOf(asked, shown.entry) : 'answered'
}

function scoreShown({ rules }: Attempt, asked: Asked, shown: TryRef | null, { score }: Released): number | null {
  if (!score || (shown && verdictOf(asked, shown.entry) === 'pending')) return null
  return points(scoreOf(asked, shown ? shown.among.slice(0, shown.number) : asked.entries, rules))
}

const lastOf = ({ entries }: Asked): TryRef | null =>
  entries.length === 0 ? null : { entry: entries.at(-1)!, among: entries, number: entries.length }

export function triesLeft({ rules, finished }: Attempt, { entries, closed }: Asked): number | null {
  if (!countsTries(rules) || rules.tries === null) return null
  return finished || closed ? 0 : rules.tries - entries.length
}

export function questionViews(attempt: Attempt, moment: Moment): unknown[] {
  return attempt.asked.map((asked) => {
    const may = released(attempt, asked, moment)
    const last = lastOf(asked)
    return {
      id: asked.served.id,
      status: statusOf(asked, last, may),
      tries: asked.entries.length,
      triesLeft: triesLeft(attempt, asked),
      score: scoreShown(attempt, asked, last, may),
    }
  })
}

/** Of every question how its last try stands. */
export function resultViews(attempt: Attempt, moment: Moment): unknown[] {
  return attempt.asked.map((asked) => {
    const last = lastOf(asked)
    return resultView(attempt, asked, moment, last, { try: last?.number ?? null, duplicate: false, refused: null })
  })
}

/** Of each response of a request what it came to. */
export function replyViews(attempt: Attempt, replies: readonly Reply[], moment: Moment): unknown[] {
  return replies.map(({ name, made, duplicate, refused }) => {
    const asked = askedBy(attempt, name)
    const shown = made ?? lastOf(asked)
    const counts = made !== null || refused !== null
    return resultView(attempt, asked, moment, shown, {
      try: counts ? (shown?.number ?? null) : null,
      duplicate,
      refused,
    })
  })
}

function resultView(
  attempt: Attempt,
  asked: Asked,
  moment: Moment,
  shown: TryRef | null,
  came: { readonly try: number | null; readonly duplicate: boolean; readonly refused: string | null },
): unknown {
  const may = released(attempt, asked, moment)
  const explaining = inForce(asked).judges.at(-1)!.question
  return {
    question: asked.served.id,
    response: shown ? written(asked.served, shown.entry.said) : null,
    certainty: shown?.entry.certainty ?? null,
    status: statusOf(asked, shown, may),
    score: scoreShown(attempt, asked, shown, may),
    maxScore: points(maxScoreOf(asked, attempt.rules)),
    triesLeft: triesLeft(attempt, asked),
    ...came,
    try: countsTries(attempt.rules) ? came.try : null,
    feedback: may.feedback ? [] : null,
    hint: null,
    explanation: may.explanation ? explanationOf(explaining) : null,
    answer: may.answer ? rightAnswer(asked.served, explaining) : null,
    comment: may.feedback ? (shown?.entry.given?.comment ?? null) : null,
  }
}

/** What each reply of a line of the log is said to have come to when it was written. */
export function toldNow(attempt: Attempt, replies: readonly Reply[]): unknown[] {
  return replies.map(({ name, made, duplicate, refused }) => {
    const asked = askedBy(attempt, name)
    const verdict = made ? verdictOf(asked, made.entry) : null
    return {
      question: asked.served.id,
      try: made?.number ?? null,
      verdict,
      score:
        made && verdict !== 'pending' ? points(scoreOf(asked, made.among.slice(0, made.number), attempt.rules)) : null,
      duplicate,
      refused,
    }
  })
}

export function lineView({ type, counted, told, after }: Line, index: number): unknown {
  const { status, deadline, score, maxScore, pending } = after
  return {
    seq: index + 1,
    type,
    counted,
    responses: told,
    after: { status, deadline: time(deadline), score: points(score), maxScore: points(maxScore), pending },
  }
}
