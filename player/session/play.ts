import { Refused } from '../client/client.ts'
import type { Attempt, Question, Result, RichText } from '../contract.ts'
import { dueAt, STALE_AFTER_MS } from './deadline.ts'
import { Drafts } from './drafts.ts'
import type { Edges } from './edges.ts'
import { givesVerdicts, isClosed, type Known, knownFromResume, updated } from './known.ts'
import { Outbox } from './outbox.ts'
import type { Draft, Run, Waiting } from './records.ts'
import type { Server } from './server.ts'

/** How long a save waits for the next change, in milliseconds. */
const SAVE_AFTER_MS = 600

/** What a response lacks: an answer, its certainty, the right form, or a difference from the one that was tried. */
export type Missing = 'answer' | 'certainty' | 'malformed' | 'change'

interface PlayEdges extends Edges {
  readonly server: Server
  /** Keeps the token with which to go on. */
  keepRun(run: Run): void
  /** The attempt can no longer be continued from here. */
  refuse(refusal: Refused): void
}

/**
 * One attempt being taken: what the server said of it, what is chosen and not sent, and what is sent and not acknowledged. Nothing
 * is lost by a reload, and nothing counts twice.
 */
export class Play {
  known: Known
  /** Whether the attempt is being handed in. */
  isFinishing = false
  /** Whether the time ran out while this was open. */
  isTimeUp = false
  /** Hints that were given here, by question: the server tells the latest alone. */
  readonly hints = new Map<string, RichText[]>()
  /** What was sent and refused, by question. */
  readonly refusals = new Map<string, Refused>()

  readonly #edges: PlayEdges
  readonly #drafts: Drafts
  readonly #outbox: Outbox
  #run: Run
  #isStale = false
  #saving: ReturnType<typeof setTimeout> | undefined
  #refreshing: Promise<void> | null = null
  /** Counts what the server acknowledged: an answer that was under way meanwhile is older than that. */
  #acknowledged = 0

  constructor(run: Run, known: Known, edges: PlayEdges) {
    this.#run = run
    this.known = known
    this.#edges = edges
    const { attempt } = run
    const { questions } = known
    this.#drafts = new Drafts(edges.records, attempt, questions)
    this.#outbox = new Outbox(edges.records, { attempt, questions }, (waiting) => this.#deliver(waiting))
    this.#take(known)
    // What another page was about to save comes after what it had sent.
    this.sendSaves()
    void this.#outbox.send()
  }

  get attempt(): Attempt {
    return this.known.attempt
  }

  get isFinished(): boolean {
    return this.attempt.status === 'finished'
  }

  /** What a question shows as chosen: what is not sent or on its way, else what the server has. */
  draftOf(question: string): Draft {
    const { response, certainty } = this.known.results.get(question)!
    return this.#drafts.get(question) ?? this.#outbox.latestOf(question) ?? { response, certainty }
  }

  /** Whether a question takes no change: it is closed, its try is on its way, or the attempt ends. */
  isLocked(question: string): boolean {
    if (this.isFinishing || isClosed(this.known, question)) return true
    return givesVerdicts(this.known) && this.isWaiting(question)
  }

  isWaiting(question: string): boolean {
    return this.#outbox.latestOf(question) !== undefined
  }

  /** Whether something is chosen that is not sent. */
  hasDraft(question: string): boolean {
    return this.#drafts.get(question) !== undefined
  }

  /** What is missing before what is chosen can be sent; null when nothing is. */
  missingAt(question: Question): Missing | null {
    const { response, certainty } = this.draftOf(question.id)
    const completeness = response === null ? 'blank' : this.#edges.completenessOf(response, question)
    if (completeness === 'malformed') return 'malformed'
    if (completeness === 'blank') return this.#takesBack(question.id) ? null : 'answer'
    if (!givesVerdicts(this.known)) return null
    if (!this.hasDraft(question.id)) return 'change'
    return this.known.quiz.policy.certainty && certainty === null ? 'certainty' : null
  }

  /** Whether something is chosen that is not sent, and could be. */
  canSend(question: Question): boolean {
    return this.hasDraft(question.id) && !this.isLocked(question.id) && this.missingAt(question) === null
  }

  /** Notes what is chosen. Where no verdicts are given it is saved by itself, soon after. */
  choose(question: string, change: Partial<Draft>): void {
    if (this.isLocked(question)) return
    const { response, certainty } = this.draftOf(question)
    this.#drafts.set(question, { response, certainty, ...change })
    this.refusals.delete(question)
    if (!givesVerdicts(this.known)) {
      clearTimeout(this.#saving)
      this.#saving = setTimeout(() => this.sendDrafts(), SAVE_AFTER_MS)
    }
    this.#changed()
  }

  /** Sends what is chosen at a question. */
  submit(question: Question): void {
    if (!this.canSend(question)) return
    const { response, certainty } = this.#drafts.get(question.id)!
    const key = this.#edges.randomKey()
    this.#outbox.add({ key, order: this.#edges.now(), question: question.id, response: response!, certainty })
    this.#drafts.drop((id) => id === question.id)
    this.#changed()
    void this.#outbox.send()
  }

  /** Sends everything that is chosen and could be sent. */
  sendDrafts(): void {
    clearTimeout(this.#saving)
    for (const question of this.known.questions) this.submit(question)
  }

  /** Saves are sent when a question is left; a try is only when the learner says so. */
  sendSaves(): void {
    if (!givesVerdicts(this.known)) this.sendDrafts()
  }

  /** A blank save takes an answer back that is there; a blank try is nothing that anybody wants to make. */
  #takesBack(question: string): boolean {
    return !givesVerdicts(this.known) && this.#drafts.get(question)?.response != null && this.#hasAnswer(question)
  }

  #hasAnswer(question: string): boolean {
    return this.isWaiting(question) || this.known.results.get(question)!.response !== null
  }

  /** Ends the attempt, once all that was given is acknowledged. */
  async finish(): Promise<void> {
    if (this.isFinishing || this.isFinished) return
    this.sendSaves()
    this.isFinishing = true
    this.#changed()
    try {
      await this.#outbox.send()
      if (this.isFinished) return
      const { attempt, token } = this.#run
      const ended = await this.#edges.server.ask((client) => client.finish(attempt, token))
      this.#keepToken(ended.token)
      this.#acknowledged += 1
      this.#take(updated(this.known, ended.attempt, ended.results, ended.receipt))
      this.#edges.tellOthers(attempt)
    } catch (error) {
      this.#edges.refuse(asRefusal(error))
    }
  }

  /** Asks how the attempt stands. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null))
    return this.#refreshing
  }

  /** Another tab has changed the attempt: it is asked for when somebody looks. */
  async markStale(isVisible: boolean): Promise<void> {
    this.#isStale = true
    if (isVisible) await this.refresh()
  }

  /** The page is looked at again, after however long: also the review may have grown. */
  async wakeUp(): Promise<void> {
    if (this.#isStale || this.#edges.server.sinceContact > STALE_AFTER_MS) await this.refresh()
    this.tick()
  }

  /** How long the attempt may still take, in milliseconds; null without a deadline. */
  get timeLeft(): number | null {
    const { deadline } = this.attempt
    return deadline ? Date.parse(deadline) - this.#edges.server.time : null
  }

  /** Looks at the clock: to be called every second while there is a deadline. */
  tick(): void {
    const left = this.timeLeft
    if (left === null || this.isFinished || this.isFinishing) return
    const due = dueAt(left, this.#edges.server.sinceContact)
    if (due.ask) void this.refresh()
    if (due.sendDrafts) this.sendDrafts()
    if (!due.finish) return
    this.isTimeUp = true
    void this.finish()
  }

  /** What is to be saved is sent now, and nothing after it; what is not acknowledged stays in the records. */
  close(): void {
    clearTimeout(this.#saving)
    this.sendSaves()
  }

  async #refresh(): Promise<void> {
    const { attempt, token } = this.#run
    const before = this.#acknowledged
    try {
      const resumed = await this.#edges.server.ask((client) => client.resume(attempt, token))
      if (before !== this.#acknowledged) return await this.#refresh()
      this.#isStale = false
      this.#take(knownFromResume(resumed))
      // It may have been asked whether the time is up.
      this.tick()
    } catch (error) {
      this.#edges.refuse(asRefusal(error))
    }
  }

  /** Sends one response, and takes in what came of it. */
  async #deliver(sent: Waiting): Promise<void> {
    if (this.isFinished) return
    const { attempt, token } = this.#run
    try {
      const answer = await this.#edges.server.ask((client) => client.submit(attempt, token, sent))
      this.#keepToken(answer.token)
      this.#acknowledge(sent, answer.attempt, answer.results)
    } catch (error) {
      await this.#takeRefusal(sent, asRefusal(error))
    }
  }

  async #takeRefusal(sent: Waiting, refusal: Refused): Promise<void> {
    if (refusal.status === 401 || refusal.status === 404) return this.#edges.refuse(refusal)
    this.refusals.set(sent.question, refusal)
    if (refusal.problem.code === 'attempt-finished') {
      this.#outbox.forget(sent)
      await this.refresh()
    } else if (refusal.results) {
      this.#acknowledge(sent, this.attempt, refusal.results)
    } else {
      this.#outbox.forget(sent)
      this.#drafts.set(sent.question, { response: sent.response, certainty: sent.certainty })
      this.#changed()
    }
  }

  #acknowledge(sent: Waiting, attempt: Attempt, results: readonly Result[]): void {
    this.#acknowledged += 1
    this.#outbox.forget(sent)
    this.#take(updated(this.known, attempt, results))
    for (const result of results) this.#edges.emit({ type: 'answered', attempt, result })
    this.#edges.tellOthers(attempt.id)
  }

  /** What the server said, in place of what was known. */
  #take(known: Known): void {
    const wasActive = !this.isFinished
    this.known = known
    for (const { question, hint } of known.results.values()) if (hint) this.#keepHint(question, hint)
    if (this.isFinished) {
      clearTimeout(this.#saving)
      this.#outbox.clear()
      if (wasActive) this.#edges.emit({ type: 'finished', attempt: known.attempt, receipt: known.receipt })
    }
    this.#drafts.drop((question) => isClosed(known, question))
    this.#changed()
  }

  #keepHint(question: string, hint: RichText): void {
    const hints = this.hints.get(question) ?? []
    if (!hints.some(({ html }) => html === hint.html)) this.hints.set(question, [...hints, hint])
  }

  #keepToken(token: string): void {
    this.#run = { attempt: this.#run.attempt, token }
    this.#edges.keepRun(this.#run)
  }

  #changed(): void {
    this.#edges.emit({ type: 'changed' })
  }
}

/** What is no refusal is a mistake of this program: it is not to be hidden. */
export function asRefusal(error: unknown): Refused {
  if (error instanceof Refused) return error
  throw error
}
