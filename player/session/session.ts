import type { Client, Refused } from '../client/client.ts'
import type { QuizSummary } from '../contract.ts'
import type { Edges } from './edges.ts'
import { type Known, knownFromResume, knownFromStart } from './known.ts'
import { asRefusal, Play } from './play.ts'
import type { Run } from './records.ts'
import { Server } from './server.ts'

/** Where a learner is with a quiz. While `playing` there is an attempt, finished ones included. */
export type Phase = 'loading' | 'refused' | 'intro' | 'starting' | 'playing'

/** A learner with a quiz, without anything that shows it: from what the quiz is to an attempt at it, and on to the next. */
export class QuizSession {
  phase: Phase = 'loading'
  /** Known before the attempt is. */
  quiz: QuizSummary | null = null
  play: Play | null = null
  /** What the server said no to, in the phase `refused` or to a start. */
  refusal: Refused | null = null
  /** One from an opening to the next: what was under way before then is never heard of. */
  server: Server

  readonly #edges: Edges
  readonly #client: Client
  readonly #id: string
  /** An attempt that a backend started: its token is the page's to keep. */
  readonly #given: Run | null
  /** The attempt that is played, or about to be. */
  #mine: string | undefined
  #opened: Promise<void> = Promise.resolve()

  /** Takes the id of the quiz, and the run at it when the page brings one. */
  constructor(quiz: string, given: Run | null, client: Client, edges: Edges) {
    this.#id = quiz
    this.#given = given
    this.#edges = edges
    this.#client = client
    this.server = this.#connect()
  }

  /** Continues the attempt that this browser knows, or shows what the quiz is. */
  open(): Promise<void> {
    this.#opened = this.#open()
    return this.#opened
  }

  async #open(): Promise<void> {
    this.#leave()
    const run = this.#given ?? this.#edges.records.run()
    this.#mine = run?.attempt
    if (run === null) return this.#introduce()
    try {
      const resumed = await this.server.ask((client) => client.resume(run.attempt, run.token))
      this.#begin({ attempt: run.attempt, token: resumed.token ?? run.token }, knownFromResume(resumed))
    } catch (error) {
      const refusal = asRefusal(error)
      if (this.#given) return this.#refuse(refusal)
      this.#edges.records.forgetRun()
      this.#mine = undefined
      await this.#introduce()
    }
  }

  async start(): Promise<void> {
    if (this.phase !== 'intro') return
    this.refusal = null
    this.#enter('starting')
    const key = this.#edges.records.startKey(() => this.#edges.randomKey())
    try {
      const started = await this.server.ask((client) => client.start(this.#id, key))
      this.#begin({ attempt: started.attempt.id, token: started.token }, knownFromStart(started))
    } catch (error) {
      this.refusal = asRefusal(error)
      this.#edges.records.forgetStartKey()
      this.#enter('intro')
    }
  }

  get mayStartOver(): boolean {
    return this.#given === null
  }

  /** Leaves an attempt behind, for another one. */
  async startOver(): Promise<void> {
    if (!this.mayStartOver) return
    const left = this.play?.attempt.id
    this.#edges.records.forgetRun()
    if (left) this.#edges.tellOthers(left)
    await this.open()
  }

  /** Another tab has changed an attempt, left it or begun it; null where it may be any. */
  async hearFromOthers(attempt: string | null, isVisible: boolean): Promise<void> {
    const mine = this.#mine
    const current = (this.#given ?? this.#edges.records.run())?.attempt
    if (mine !== current && (attempt === null || [mine, current].includes(attempt))) return this.open()
    if (mine !== attempt) return
    await this.#opened
    await this.play?.markStale(isVisible)
  }

  /** The page is looked at again, or the network is back. */
  async wakeUp(): Promise<void> {
    this.server.connection.wake()
    await this.play?.wakeUp()
  }

  /** Ends all that goes on; what waits stays in the records. */
  close(): void {
    this.play?.close()
    this.server.connection.close()
  }

  async #introduce(): Promise<void> {
    try {
      this.#load(await this.server.ask((client) => client.readQuiz(this.#id)))
      this.#enter('intro')
    } catch (error) {
      this.#refuse(asRefusal(error))
    }
  }

  #begin(run: Run, known: Known): void {
    const keepRun = (next: Run) => {
      if (this.#given === null) this.#edges.records.keepRun(next)
    }
    keepRun(run)
    this.#mine = run.attempt
    this.#load(known.quiz)
    const { server } = this
    this.play = new Play(run, known, { ...this.#edges, server, keepRun, refuse: (refusal) => this.#refuse(refusal) })
    this.#enter('playing')
    this.#edges.tellOthers(run.attempt)
  }

  /** A quiz is told of once, and again when it is another revision that is played. */
  #load(quiz: QuizSummary): void {
    const isNews = this.quiz?.revision !== quiz.revision
    this.quiz = quiz
    if (isNews) this.#edges.emit({ type: 'loaded', quiz })
  }

  #connect(): Server {
    return new Server(
      this.#client,
      () => this.#edges.now(),
      () => this.#changed(),
    )
  }

  #refuse(refusal: Refused): void {
    this.refusal = refusal
    this.#enter('refused')
  }

  #leave(): void {
    this.close()
    this.server = this.#connect()
    this.play = null
    this.refusal = null
    this.#enter('loading')
  }

  #enter(phase: Phase): void {
    this.phase = phase
    this.#changed()
  }

  #changed(): void {
    this.#edges.emit({ type: 'changed' })
  }
}
