import { clamp, exact, type Fraction, ONE, ZERO } from './fraction.ts'
import type { AttemptEvent, AttemptStart, SentResponse } from './log.ts'
import { type MilliPoints, scoreOf, toMilliPoints } from './points.ts'
import { showsVerdictsDuring } from './policy.ts'
import { questionsInOrder } from './order.ts'
import type { AnswerKey, PublicQuestion, PublicQuiz, QuestionKey } from './quiz.ts'
import { canonicalJson } from './same-json.ts'
import { questionType } from './types/registry.ts'

/** `pending` until a person has graded. */
export type Verdict = 'correct' | 'partially-correct' | 'incorrect' | 'pending'
export type Refusal = 'attempt-finished' | 'no-tries-left'

/** A response that counted. */
export interface Try {
  /** 1 for the first try of its question. */
  readonly number: number
  readonly response: unknown
  readonly certainty: number | null
  readonly verdict: Verdict
  readonly score: MilliPoints
}

export interface QuestionOutcome {
  readonly question: PublicQuestion
  /** Every response that counted, in order. Where responses are saves rather than tries, only the last one. */
  readonly tries: readonly Try[]
  /** Nothing can be accepted any more: answered right, out of tries, or the attempt is over. */
  readonly closed: boolean
  /** Null where tries are not counted or not limited. */
  readonly triesLeft: number | null
  readonly score: MilliPoints
  readonly maxScore: MilliPoints
}

/** What became of one response of an event: `try` is the one that it made or repeats, null when it was refused. */
export interface ResponseOutcome {
  readonly question: string
  readonly try: Try | null
  readonly duplicate: boolean
  readonly refused: Refusal | null
}

export interface EventOutcome {
  readonly event: AttemptEvent
  readonly responses: readonly ResponseOutcome[]
}

/** Everything that a log says. */
export interface Outcome {
  /** The last event that was read, 0 for an empty log. */
  readonly seq: number
  readonly finished: { readonly at: number; readonly reason: 'submitted' | 'expired' } | null
  /** In the order in which the attempt shows them. */
  readonly questions: readonly QuestionOutcome[]
  readonly score: MilliPoints
  readonly maxScore: MilliPoints
  /** A person has to grade something that counts: the score is not the last word. */
  readonly pending: boolean
  /** What each event did, by its id; of several with one id only the first did anything. */
  readonly events: ReadonlyMap<string, EventOutcome>
}

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
): Outcome {
  const keys = new Map(answerKey.questions.map((key) => [key.id, key]))
  const tallies = new Map(
    questionsInOrder(quiz, start.id).map((question) => [question.id, new Tally(question, keys.get(question.id), quiz)]),
  )
  const events = new Map<string, EventOutcome>()
  const end = endOf(start, quiz)
  let finished: Outcome['finished'] = null
  for (const event of log) {
    if (events.has(event.id)) continue
    if (event.type === 'finished') {
      const expired = end !== null && event.at > end
      finished ??= expired ? { at: start.deadline!, reason: 'expired' } : { at: event.at, reason: 'submitted' }
      events.set(event.id, { event, responses: [] })
    } else {
      const over = finished !== null || (end !== null && event.at > end)
      const responses = event.body.responses.map((sent) => tallies.get(sent.question)!.take(sent, over))
      events.set(event.id, { event, responses })
    }
  }
  const questions = [...tallies.values()].map((tally) => tally.outcome(finished !== null))
  return {
    seq: log.at(-1)?.seq ?? 0,
    finished,
    questions,
    score: Math.max(0, sum(questions.map((question) => question.score))),
    maxScore: sum(questions.map((question) => question.maxScore)),
    pending: questions.some((question) => question.tries.at(-1)?.verdict === 'pending'),
    events,
  }
}

/** The last moment at which a response is in time, or null. */
export function endOf(start: AttemptStart, quiz: PublicQuiz): number | null {
  return start.deadline === null ? null : start.deadline + quiz.policy.graceSeconds * 1000
}

/** What one question has accepted so far. */
class Tally {
  readonly #question: PublicQuestion
  readonly #key: QuestionKey | undefined
  readonly #quiz: PublicQuiz
  readonly #counted: boolean
  /** What a duplicate would be equal to, by its canonical text: a search must not take longer with every try. */
  readonly #repeatable = new Map<string, Try>()
  readonly #tries: Try[] = []

  constructor(question: PublicQuestion, key: QuestionKey | undefined, quiz: PublicQuiz) {
    this.#question = question
    this.#key = key
    this.#quiz = quiz
    this.#counted = showsVerdictsDuring(quiz.policy)
  }

  take(sent: SentResponse, over: boolean): ResponseOutcome {
    const text = this.#canonicalText(sent)
    const repeated = this.#repeatable.get(text)
    if (repeated) return { question: sent.question, try: repeated, duplicate: true, refused: null }
    if (over) return { question: sent.question, try: null, duplicate: false, refused: 'attempt-finished' }
    if (this.#closed()) return { question: sent.question, try: null, duplicate: false, refused: 'no-tries-left' }
    const accepted = this.#accept(sent)
    if (!this.#counted) this.#repeatable.clear()
    this.#repeatable.set(text, accepted)
    return { question: sent.question, try: accepted, duplicate: false, refused: null }
  }

  outcome(finished: boolean): QuestionOutcome {
    const closed = finished || this.#closed()
    const { tries: allowed } = this.#quiz.policy
    const triesLeft = !this.#counted || allowed === null ? null : closed ? 0 : allowed - this.#tries.length
    return {
      question: this.#question,
      tries: this.#tries,
      closed,
      triesLeft,
      score: this.#tries.at(-1)?.score ?? 0,
      maxScore: toMilliPoints(this.#question.points),
    }
  }

  /** The same for responses that are equal by what is public of their type: the key's own idea of sameness would betray it. */
  #canonicalText({ response, certainty }: SentResponse): string {
    const { content, type } = this.#question
    return canonicalJson([questionType(type).canonical(response, content), certainty ?? null])
  }

  #closed(): boolean {
    if (!this.#counted) return false
    const { tries } = this.#quiz.policy
    return this.#tries.at(-1)?.verdict === 'correct' || (tries !== null && this.#tries.length >= tries)
  }

  #accept(sent: SentResponse): Try {
    const earlier = this.#counted ? this.#tries.length : 0
    // Of saves only the last one counts, and most are never looked at.
    const grade = once(() => this.#grade(sent.response, earlier))
    const accepted: Try = {
      number: earlier + 1,
      response: sent.response,
      certainty: sent.certainty ?? null,
      get verdict() {
        return grade().verdict
      },
      get score() {
        return grade().score
      },
    }
    if (!this.#counted) this.#tries.length = 0
    this.#tries.push(accepted)
    return accepted
  }

  #grade(response: unknown, earlier: number): Pick<Try, 'verdict' | 'score'> {
    const { content, points, type } = this.#question
    if (this.#key === undefined) throw new Error('A response can be graded only with its key.')
    const { key, scoring } = this.#key
    const fraction = questionType(type).grade({ content, key, scoring, response })
    return {
      verdict: verdictOf(fraction),
      score: scoreOf(lastTryScore(fraction ?? ZERO, this.#quiz.policy.penalty, earlier), points),
    }
  }
}

/** What a function gives, asked for once. */
function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => (known ??= { value: compute() }).value
}

function verdictOf(fraction: Fraction | null): Verdict {
  if (fraction === null) return 'pending'
  return fraction.equals(ONE) ? 'correct' : fraction.equals(ZERO) ? 'incorrect' : 'partially-correct'
}

/** Retry scoring "last", after Moodle's "interactive with multiple tries": the last try counts, less a penalty for each earlier one. */
function lastTryScore(fraction: Fraction, penalty: number, earlierTries: number): Fraction {
  return clamp(fraction.sub(exact(penalty).mul(earlierTries)))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
