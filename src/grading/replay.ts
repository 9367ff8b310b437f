import { type Calibration, calibrationOf } from './certainty.ts'
import { Fraction, ZERO } from './fraction.ts'
import type { Grader } from './grader.ts'
import type { AttemptEvent, AttemptStart } from './log.ts'
import { questionsInOrder } from './order.ts'
import { type MilliPoints, scoreOf } from './points.ts'
import type { AnswerKey, PublicQuestion, PublicQuiz } from './quiz.ts'
import { namesThere, type Regrading, ruleFor } from './regrading.ts'
import { dueOf } from './timing.ts'
import { type QuestionOutcome, type ResponseOutcome, Tally } from './tally.ts'

export interface EventOutcome {
  readonly event: AttemptEvent
  readonly responses: readonly ResponseOutcome[]
}

/** Everything that a log says. */
export interface Outcome {
  /** The last event that was read, 0 for an empty log. */
  readonly seq: number
  /** As it stands now, without grace. */
  readonly deadline: number | null
  readonly finished: { readonly at: number; readonly reason: 'submitted' | 'expired' } | null
  /** In the order in which the attempt shows them. */
  readonly questions: readonly QuestionOutcome[]
  readonly score: MilliPoints
  readonly maxScore: MilliPoints
  /** What there is to have without certainty, which can triple it: what passing is measured by. */
  readonly points: MilliPoints
  /** A person has to grade something that counts: the score is not the last word. */
  readonly pending: boolean
  /** Where the policy asks for certainty. */
  readonly calibration: readonly Calibration[] | null
  /** What each event did, by its id; of several with one id only the first did anything. */
  readonly events: ReadonlyMap<string, EventOutcome>
}

/** What attempts are graded by: one published revision. */
export interface Revision {
  readonly quiz: PublicQuiz
  readonly answerKey: AnswerKey
}

/** The revisions that a log's regrades name. */
export type Targets = ReadonlyMap<string, Revision>

/**
 * Replays an attempt's log against its revision and key: the one place where tries, verdicts, scores and the end of an
 * attempt are decided. Whether an event counts depends on the events before it alone, so what was accepted of a log is
 * a prefix of what will be accepted of any longer one.
 */
export function replay(
  start: AttemptStart,
  quiz: PublicQuiz,
  answerKey: AnswerKey,
  log: readonly AttemptEvent[],
  targets: Targets = new Map(),
): Outcome {
  const fold = new Fold(start, { quiz, answerKey }, targets)
  for (const event of log) fold.take(event)
  return fold.outcome()
}

/** A replay that can be stopped after any event. */
export class Fold {
  readonly #quiz: PublicQuiz
  readonly #revision: string | undefined
  readonly #targets: Targets
  readonly #tallies: ReadonlyMap<string, Tally>
  readonly #events = new Map<string, EventOutcome>()
  #seq = 0
  #deadline: number | null
  #finished: Outcome['finished'] = null
  /** A person's word on the total: a share of what there is to have. */
  #overridden: Fraction | null = null

  constructor(start: AttemptStart, { quiz, answerKey }: Revision, targets: Targets) {
    const keys = new Map(answerKey.questions.map((key) => [key.id, key]))
    this.#quiz = quiz
    this.#revision = start.revision
    this.#targets = targets
    this.#deadline = start.deadline
    this.#tallies = new Map(
      questionsInOrder(quiz, start.id).map((question) => [
        question.id,
        new Tally(question, keys.get(question.id), quiz.policy),
      ]),
    )
  }

  /** Whether the event did anything: one whose id came earlier does not. */
  take(event: AttemptEvent): boolean {
    this.#seq = event.seq
    if (this.#events.has(event.id)) return false
    this.#events.set(event.id, { event, responses: this.#apply(event) })
    return true
  }

  outcome(): Outcome {
    const questions = [...this.#tallies.values()].map((tally) => tally.outcome(this.#finished !== null))
    const maxScore = sum(questions.map((question) => question.maxScore))
    const earned = Math.max(0, sum(questions.map((question) => question.score)))
    return {
      seq: this.#seq,
      deadline: this.#deadline,
      finished: this.#finished,
      questions,
      score: this.#overridden ? scoreOf(this.#overridden, maxScore) : earned,
      maxScore,
      points: sum(questions.map((question) => question.points)),
      pending: this.#overridden === null && questions.some((question) => question.pending),
      calibration: this.#quiz.policy.certainty ? this.#calibrate() : null,
      events: this.#events,
    }
  }

  /** What scores the attempt, as a text: a regrade that leaves this as it was changes nothing. */
  scoredBy(): string {
    return [...this.#tallies.values()].map((tally) => tally.scoredBy()).join('\n')
  }

  #apply(event: AttemptEvent): readonly ResponseOutcome[] {
    const over = this.#finished !== null || this.#isLate(event.at)
    switch (event.type) {
      case 'responded':
        return event.body.responses.map((sent) => this.#tallies.get(sent.question)!.take(sent, over))
      case 'finished':
        this.#finished ??= this.#isLate(event.at)
          ? { at: this.#deadline!, reason: 'expired' }
          : { at: event.at, reason: 'submitted' }
        break
      case 'extended':
        if (!over) this.#deadline = event.body.deadline
        break
      case 'graded':
        this.#tallies.get(event.body.question)?.grade(toShare(event.body), event.body.comment)
        break
      case 'overridden':
        this.#override(event.body.question, event.body.score === null ? null : toShare(event.body))
        break
      case 'regraded':
        this.#regrade(event.body)
        break
    }
    return []
  }

  #isLate(at: number): boolean {
    const due = dueOf(this.#deadline, this.#quiz.policy)
    return due !== null && at > due
  }

  #override(question: string | null, share: Fraction | null): void {
    if (question === null) this.#overridden = share
    else this.#tallies.get(question)?.override(share)
  }

  #regrade(regrading: Regrading): void {
    const target = this.#targets.get(regrading.revision)
    if (target === undefined) throw new Error('A log can be replayed only with the revisions that its regrades name.')
    // Attempts at the target itself have its names already: another version's new names are nothing to them.
    const map = regrading.revision === this.#revision ? {} : regrading.map
    for (const tally of this.#tallies.values()) {
      const rule = ruleFor(regrading, tally.question.id)
      if (rule) tally.regrade(rule, graderOf(tally.question, target, map))
    }
  }

  #calibrate(): Calibration[] {
    const answers = [...this.#tallies.values()].map((tally) => tally.judgedAnswer())
    return calibrationOf(answers.filter((answer) => answer !== null))
  }
}

/** How the target of a regrade judges a question that was served; null where it has no such question. */
function graderOf(served: PublicQuestion, { quiz, answerKey }: Revision, map: Regrading['map']): Grader | null {
  const { id, names } = namesThere(map, served.id)
  const question = quiz.questions.find((each) => each.id === id)
  const key = answerKey.questions.find((each) => each.id === id)
  return question && key ? { served, question, key, names } : null
}

function toShare({ score, of }: { readonly score: MilliPoints; readonly of: MilliPoints }): Fraction {
  return of === 0 ? ZERO : new Fraction(score, of)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
