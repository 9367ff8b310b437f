import { type Certainty, type JudgedAnswer, markWithCertainty, MAX_CERTAINTY } from './certainty.ts'
import { type Fraction, ONE, ZERO } from './fraction.ts'
import { type Grader, identityOf, judge, type Judgement } from './grader.ts'
import type { SentResponse } from './log.ts'
import { type MilliPoints, scoreOf, toMilliPoints } from './points.ts'
import { type Policy, showsVerdictsDuring } from './policy.ts'
import type { PublicQuestion, QuestionKey } from './quiz.ts'
import type { RegradeRule } from './regrading.ts'
import { greatest, type JudgedTry, shareOf } from './retry-scoring.ts'
import type { RichText } from './rich-text.ts'
import { canonicalJson } from './same-json.ts'
import { questionType } from './types/registry.ts'

/** `pending` until a person has graded. */
export type Verdict = 'correct' | 'partially-correct' | 'incorrect' | 'pending'
export type Refusal = 'attempt-finished' | 'no-tries-left'

/** A response that counted, as it stands by the key in force. */
export interface Try {
  /** 1 for the first try of its question. */
  readonly number: number
  readonly response: unknown
  readonly certainty: Certainty | null
  readonly verdict: Verdict
  /** What the question's tries come to, up to this one. */
  readonly score: MilliPoints
  /** What a person said when grading it. */
  readonly comment: RichText | null
}

/** What became of one response of an event: `try` is the one that it made or repeats, null when it was refused or blank. */
export interface ResponseOutcome {
  readonly question: string
  readonly try: Try | null
  readonly duplicate: boolean
  readonly refused: Refusal | null
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
  /** The same without certainty, which can triple it: what passing is measured by. */
  readonly points: MilliPoints
  /** A person has to grade it, and it counts. */
  readonly pending: boolean
  /** No key can grade the last response: a person does, or did. */
  readonly gradedByPerson: boolean
  /** What explains it: of several keys in force the last. */
  readonly grader: Grader
}

/** A try as it was accepted; what it is worth depends on the key in force. */
interface Accepted {
  readonly sent: SentResponse
  readonly certainty: Certainty | null
  readonly judgements: Map<Grader, Judgement>
  /** What a person gave: a share of what there was to have. */
  given: { readonly share: Fraction; readonly comment: RichText | null } | null
}

/** What one question has accepted so far, and by which keys and words of staff it is scored. */
export class Tally {
  readonly question: PublicQuestion
  readonly #policy: Policy
  readonly #counted: boolean
  /** What a duplicate would be equal to, by its canonical text: a search must not take longer with every try. */
  readonly #repeatable = new Map<string, Try>()
  #accepted: Accepted[] = []
  #tries: Try[] = []
  /** The keys in force: of several the one that gives more. */
  #graders: readonly Grader[]
  #points: MilliPoints
  #credit: 'earned' | 'full' | 'dropped' = 'earned'
  #overridden: Fraction | null = null
  /** It was closed once, and nothing that staff do opens it again. */
  #shut = false

  constructor(question: PublicQuestion, key: QuestionKey | undefined, policy: Policy) {
    this.question = question
    this.#graders = [{ served: question, question, key, names: {} }]
    this.#points = toMilliPoints(question.points)
    this.#policy = policy
    this.#counted = showsVerdictsDuring(policy)
  }

  take(sent: SentResponse, over: boolean): ResponseOutcome {
    const came = { question: sent.question, duplicate: false, refused: null }
    const certainty = this.#policy.certainty ? (sent.certainty ?? 1) : null
    const text = this.#canonicalText(sent.response, certainty)
    const repeated = this.#repeatable.get(text)
    if (repeated) return { ...came, try: repeated, duplicate: true }
    if (over) return { ...came, try: null, refused: 'attempt-finished' }
    if (this.#closed()) return { ...came, try: null, refused: 'no-tries-left' }
    if (this.#isNoTry(sent.response)) return { ...came, try: null }
    const made = this.#accept({ sent, certainty, judgements: new Map(), given: null })
    if (!this.#counted) this.#repeatable.clear()
    this.#repeatable.set(text, made)
    return { ...came, try: made }
  }

  /** A person's word on the last try, if it is one that waits for a person. */
  grade(share: Fraction, comment: RichText | null): void {
    const last = this.#accepted.at(-1)
    if (last === undefined || this.#fractionOf(last) !== null) return
    this.#shut ||= this.#closed()
    last.given = { share, comment }
  }

  /** A person's word on the score, whatever the keys say; null takes it back. */
  override(share: Fraction | null): void {
    this.#overridden = share
  }

  /** Scores what was accepted anew, and what will be. Full credit and dropping take of the target its points alone. */
  regrade(rule: RegradeRule, target: Grader | null): void {
    this.#shut ||= this.#closed()
    if (target) this.#points = toMilliPoints(target.question.points)
    if (rule === 'full-credit') this.#credit = 'full'
    else if (rule === 'drop-question') this.#credit = 'dropped'
    else if (target) this.#gradeBy(target, rule)
  }

  outcome(finished: boolean): QuestionOutcome {
    const closed = finished || this.#closed()
    const { tries: allowed } = this.#policy
    const last = this.#accepted.at(-1)
    return {
      question: this.question,
      tries: this.#tries,
      closed,
      triesLeft: !this.#counted || allowed === null ? null : closed ? 0 : allowed - this.#tries.length,
      score: this.#scoreOf(this.#accepted),
      maxScore: this.#maxScore(),
      points: this.#credit === 'dropped' ? 0 : this.#points,
      pending: this.#credit === 'earned' && this.#tries.at(-1)?.verdict === 'pending',
      gradedByPerson: last !== undefined && this.#fractionOf(last) === null,
      grader: this.#graders.at(-1)!,
    }
  }

  /** The answer that counts, where a key has judged it and the learner said how certain it was. */
  judgedAnswer(): JudgedAnswer | null {
    const last = this.#accepted.at(-1)
    const fraction = last && last.given === null ? this.#fractionOf(last) : null
    if (!last?.certainty || fraction === null || this.#credit === 'dropped') return null
    return { certainty: last.certainty, fraction, points: this.#points }
  }

  /** What scores it, as a text: a regrade that leaves this as it was changes nothing. */
  scoredBy(): string {
    return canonicalJson([this.#credit, this.#points, this.#graders.map(identityOf)])
  }

  #gradeBy(target: Grader, rule: 'new-key' | 'best-of-both'): void {
    const both = rule === 'best-of-both'
    this.#credit = both && this.#credit === 'full' ? 'full' : 'earned'
    const others = this.#graders.filter((grader) => identityOf(grader) !== identityOf(target))
    this.#graders = both ? [...others, target] : [target]
  }

  #accept(accepted: Accepted): Try {
    if (!this.#counted) [this.#accepted, this.#tries] = [[], []]
    this.#accepted.push(accepted)
    const all = this.#accepted
    const number = all.length
    const [verdict, score] = [() => this.#verdictOf(accepted), () => this.#scoreOf(all.slice(0, number))]
    const made: Try = {
      number,
      response: accepted.sent.response,
      certainty: accepted.certainty,
      // Asked for, and so computed, only where it is shown: of saves most never are.
      get verdict() {
        return verdict()
      },
      get score() {
        return score()
      },
      get comment() {
        return accepted.given?.comment ?? null
      },
    }
    this.#tries.push(made)
    return made
  }

  /** The same for responses that are equal by what is public of their type: the key's own idea of sameness would betray it. */
  #canonicalText(response: unknown, certainty: Certainty | null): string {
    const { content, type } = this.question
    return canonicalJson([questionType(type).canonical(response, content), certainty])
  }

  /** In Moodle's adaptive mode a blank is no try: it costs nothing, and counts for nothing. */
  #isNoTry(response: unknown): boolean {
    return this.#policy.retryScoring === 'best' && questionType(this.question.type).isBlank(response)
  }

  #closed(): boolean {
    if (!this.#counted) return false
    const { tries } = this.#policy
    const last = this.#accepted.at(-1)
    if (this.#shut || (tries !== null && this.#accepted.length >= tries)) return true
    return last !== undefined && this.#judgedVerdict(last) === 'correct'
  }

  #verdictOf(accepted: Accepted): Verdict {
    const isLast = accepted === this.#accepted.at(-1)
    if (isLast && this.#overridden) return verdictOf(this.#overridden)
    const verdict = this.#judgedVerdict(accepted)
    return verdict === 'pending' && this.#credit === 'full' ? 'correct' : verdict
  }

  #judgedVerdict(accepted: Accepted): Verdict {
    return verdictOf(accepted.given?.share ?? this.#fractionOf(accepted))
  }

  /** By the key that gives most. */
  #fractionOf(accepted: Accepted): Fraction | null {
    const fractions = this.#graders.map((grader) => this.#judge(accepted, grader).fraction)
    return fractions.includes(null) ? null : greatest(fractions.filter((fraction) => fraction !== null))
  }

  #judge({ sent, judgements }: Accepted, grader: Grader): Judgement {
    const known = judgements.get(grader)
    if (known) return known
    const judgement = judge(grader, sent.response)
    judgements.set(grader, judgement)
    return judgement
  }

  /** What the first tries, or all of them, come to. */
  #scoreOf(tries: readonly Accepted[]): MilliPoints {
    const max = this.#maxScore()
    if (this.#overridden) return scoreOf(this.#overridden, max)
    if (this.#credit !== 'earned') return max
    const last = tries.at(-1)
    if (last === undefined) return 0
    if (this.#policy.certainty && last.given === null) return this.#markOf(last)
    return scoreOf(greatest(this.#graders.map((grader) => shareOf(this.#judgedBy(grader, tries), this.#policy))), max)
  }

  #judgedBy(grader: Grader, tries: readonly Accepted[]): JudgedTry[] {
    return tries.map((each) => ({ ...this.#judge(each, grader), given: each.given?.share ?? null }))
  }

  /** Certainty goes with one try, and can cost points. */
  #markOf(accepted: Accepted): MilliPoints {
    const fraction = this.#fractionOf(accepted)
    return fraction === null ? 0 : scoreOf(markWithCertainty(fraction, accepted.certainty ?? 1), this.#points)
  }

  #maxScore(): MilliPoints {
    if (this.#credit === 'dropped') return 0
    return this.#policy.certainty ? this.#points * MAX_CERTAINTY : this.#points
  }
}

function verdictOf(fraction: Fraction | null): Verdict {
  if (fraction === null) return 'pending'
  return fraction.equals(ONE) ? 'correct' : fraction.equals(ZERO) ? 'incorrect' : 'partially-correct'
}
