import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { Client } from './client/client.ts'
import { controlFor } from './controls/registry.ts'
import type { Question } from './contract.ts'
import { randomKey, readToken, Tabs } from './session/browser.ts'
import type { SessionEvent } from './session/edges.ts'
import { givesVerdicts } from './session/known.ts'
import { browserMemory } from './session/memory.ts'
import type { Play } from './session/play.ts'
import { Records } from './session/records.ts'
import { QuizSession } from './session/session.ts'
import { warningBetween } from './session/warnings.ts'
import { directionOf, stringsFor } from './strings/strings.ts'
import { styles } from './styles/styles.ts'
import { finishDialog } from './views/finish-dialog.ts'
import { formatFor } from './views/format.ts'
import { intro } from './views/intro.ts'
import { outline } from './views/outline.ts'
import { overview } from './views/overview.ts'
import { connectionNotice, problemView, startProblem } from './views/problem.ts'
import { questionView } from './views/question.ts'
import { topBar } from './views/top-bar.ts'
import type { Place, View } from './views/view.ts'

/** The server that this script comes from. */
const HOME = new URL(import.meta.url).origin

/**
 * `<answerkey-quiz quiz="devops-deep-dive">`: a quiz of an Answerkey server, to take. Attributes: `quiz`; `api`, the server's
 * origin, by default that of this script; `token`, for an attempt that a backend started; `lang`, else the quiz's own. Events:
 * `answerkey-loaded`, `answerkey-answered`, `answerkey-finished`. Slots: `header`, `footer`.
 */
export class AnswerkeyQuiz extends LitElement {
  static override styles = styles
  static override properties = {
    quiz: {},
    api: {},
    token: {},
    lang: { reflect: true },
    place: { state: true },
    isOutlineOpen: { state: true },
    isAsking: { state: true },
    advice: { state: true },
    announcement: { state: true },
  }

  declare quiz: string | null
  declare api: string | null
  declare token: string | null
  declare private place: Place
  declare private isOutlineOpen: boolean
  declare private isAsking: boolean
  declare private advice: string | null
  /** What a screen reader is to read out: a new object is read again, though the words are the same. */
  declare private announcement: { readonly words: string }

  #session: QuizSession | null = null
  #records: Records | null = null
  #tabs: Tabs | null = null
  #ticking: ReturnType<typeof setInterval> | undefined
  #lastLeft = Number.POSITIVE_INFINITY
  #wasLost = false
  #wasUp = false
  /** What is to have the focus as soon as it is there, by its id. */
  #focusNext: string | null = null
  #hadFocus = false
  #isTokenBroken = false

  constructor() {
    super()
    this.place = 'overview'
    this.isOutlineOpen = false
    this.isAsking = false
    this.advice = null
    this.announcement = { words: '' }
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('visibilitychange', this.#look)
    window.addEventListener('online', this.#look)
    window.addEventListener('pagehide', this.#leave)
    if (this.hasUpdated) this.#open()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('visibilitychange', this.#look)
    window.removeEventListener('online', this.#look)
    window.removeEventListener('pagehide', this.#leave)
    this.#close()
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement)
    if (this.isConnected && ['quiz', 'api', 'token'].some((name) => changed.has(name))) this.#open()
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('place')) this.#showPlace()
    const dialog = this.renderRoot.querySelector('dialog')
    if (dialog && !dialog.open && this.isConnected) dialog.showModal()
    // The button that was pressed may be gone with all around it: the focus goes to the heading of what came instead.
    if (this.#hadFocus && !this.shadowRoot!.activeElement) this.#focusNext ??= 'heading'
    const target = this.#focusNext && this.renderRoot.querySelector<HTMLElement>(`#${this.#focusNext}`)
    if (!target) return
    this.#focusNext = null
    // What happens by itself does not take the focus from elsewhere on the page.
    const isFree = [document.body, null].includes(document.activeElement as HTMLElement | null)
    if (isFree || this.shadowRoot!.activeElement) target.focus()
  }

  /** A long outline scrolls by itself, and not with the page. */
  #showPlace(): void {
    const nav = this.renderRoot.querySelector('nav')
    const current = nav?.querySelector<HTMLElement>('[aria-current]')
    if (nav && current) nav.scrollTop = current.offsetTop - nav.clientHeight / 2
  }

  /** The server's, without a slash at its end. */
  get #origin(): string {
    return (this.api || HOME).replace(/\/+$/, '')
  }

  #open(): void {
    this.#close()
    this.#wasLost = false
    this.#wasUp = false
    const api = this.#origin
    const given = this.token ? readToken(this.token) : null
    this.#isTokenBroken = Boolean(this.token) && given === null
    const quiz = this.quiz || given?.quiz
    if (!quiz || this.#isTokenBroken) return
    this.#records = new Records(browserMemory(), api, quiz)
    this.#tabs = new Tabs((attempt) => void this.#session?.hearFromOthers(attempt, !document.hidden))
    this.#session = new QuizSession(quiz, given, new Client(api), {
      records: this.#records,
      now: () => Date.now(),
      randomKey,
      completenessOf: (response, question) => controlFor(question).completenessOf(response, question),
      tellOthers: (attempt) => this.#tabs?.tell(attempt),
      emit: (event) => this.#hear(event),
    })
    this.#ticking = setInterval(() => this.#tick(), 1000)
    void this.#session.open()
  }

  #close(): void {
    clearInterval(this.#ticking)
    this.#session?.close()
    this.#tabs?.close()
    this.#session = null
  }

  readonly #look = (): void => {
    if (document.hidden) this.#leave()
    else void this.#session?.wakeUp()
  }

  /** The page may not come back: what is to be saved is sent now. */
  readonly #leave = (): void => this.#session?.play?.sendSaves()

  #hear(event: SessionEvent): void {
    this.requestUpdate()
    this.#tellConnection()
    this.#tellTimeUp()
    if (event.type === 'changed') return this.#settle()
    const { type, ...detail } = event
    if (event.type === 'answered') this.#showAnswered(event.result.question)
    if (event.type === 'finished') this.#go('overview')
    this.dispatchEvent(new CustomEvent(`answerkey-${type}`, { detail, bubbles: true, composed: true }))
  }

  #announce(words: string): void {
    this.announcement = { words }
  }

  #tellConnection(): void {
    const isLost = this.#session?.server.connection.isLost ?? false
    if (isLost === this.#wasLost) return
    this.#wasLost = isLost
    const { problem: say } = this.#view.strings
    this.#announce(isLost ? say.lost : say.back)
  }

  #tellTimeUp(): void {
    const isUp = this.#session?.play?.isTimeUp ?? false
    if (isUp && !this.#wasUp) this.#announce(this.#view.strings.time.up)
    this.#wasUp = isUp
  }

  /** After each change: the place has to be one of this attempt. */
  #settle(): void {
    const play = this.#session?.play
    if (!play || play.isFinishing || play.isFinished) this.isAsking = false
    if (!play) {
      this.place = 'overview'
      return
    }
    const { place } = this
    const here = place === 'overview' ? undefined : play.known.questions.find(({ id }) => id === place.question)
    if (here && play.missingAt(here) === null) this.advice = null
    if (here || play.isFinished) return
    const remembered = this.#records!.place(play.attempt.id)
    const { questions, results } = play.known
    const first =
      questions.find(({ id }) => id === remembered) ??
      questions.find(({ id }) => results.get(id)!.status === 'unanswered') ??
      questions[0]!
    this.#goTo(play, first.id)
  }

  /** Where a learner is, the next page shows too. */
  #goTo(play: Play, question: string): void {
    this.place = { question }
    this.#records!.keepPlace(play.attempt.id, question)
  }

  #showAnswered(question: string): void {
    const { place } = this
    const play = this.#session!.play!
    if (!givesVerdicts(play.known)) this.#announce(this.#view.strings.quiz.saved)
    else if (place !== 'overview' && place.question === question) this.#focusNext = 'verdict'
    else {
      const number = play.known.questions.findIndex(({ id }) => id === question) + 1
      const { strings } = this.#view
      this.#announce(
        `${strings.quiz.shortQuestion(number)}, ${strings.status[play.known.results.get(question)!.status]}`,
      )
    }
  }

  #go(place: Place): void {
    const play = this.#session?.play
    play?.sendSaves()
    if (play && place !== 'overview') this.#goTo(play, place.question)
    else this.place = place
    this.isOutlineOpen = false
    this.advice = null
    this.#focusNext = 'heading'
  }

  /** What was pressed is gone afterwards, unless the step was refused: the focus goes on to what came in its place. */
  async #lead(step: Promise<void>): Promise<void> {
    await step
    if (this.#session?.refusal) return
    this.#focusNext = 'heading'
    this.requestUpdate()
  }

  #check(question: Question): void {
    const play = this.#session!.play!
    const { quiz: say } = this.#view.strings
    if (!givesVerdicts(play.known)) return play.sendSaves()
    if (play.isLocked(question.id)) return
    const missing = play.missingAt(question)
    this.advice = missing && say.missing[missing === 'answer' && question.type === 'ordering' ? 'order' : missing]
    play.submit(question)
  }

  #tick(): void {
    const play = this.#session?.play
    const left = play?.timeLeft ?? null
    if (!play || left === null || play.isFinished) return
    play.tick()
    const warning = warningBetween(this.#lastLeft, left)
    this.#lastLeft = left
    const { strings, format } = this.#view
    if (warning !== null) this.#announce(strings.time.remaining(format.duration(warning)))
    this.requestUpdate()
  }

  get #view(): View {
    const author = this.#session?.quiz?.language ?? 'en'
    const { strings, language } = stringsFor(this.lang || author)
    return {
      strings,
      language,
      format: formatFor(language, strings),
      content: { language: author, direction: directionOf(author) },
    }
  }

  override render(): TemplateResult {
    const view = this.#view
    return html`<div class="frame" part="frame" lang=${view.language} dir=${directionOf(view.language)}>
      <slot name="header"></slot>
      ${this.#main(view)}
      <slot name="footer"></slot>
      <div class="unseen" role="status">${keyed(this.announcement, html`<p>${this.announcement.words}</p>`)}</div>
    </div>`
  }

  #main(view: View): TemplateResult {
    const session = this.#session
    const { strings } = view
    if (session === null) {
      const words = this.#isTokenBroken ? strings.problem.badToken : strings.problem.noQuiz
      return html`<section class="problem" part="problem" role="alert"><p>${words}</p></section>`
    }
    const { phase, quiz, play, refusal, server } = session
    const isLost = server.connection.isLost
    const notice = isLost ? connectionNotice(view, play !== null, () => server.connection.wake()) : nothing
    if (phase === 'refused' && refusal) {
      const restart = session.mayStartOver && this.#records!.run() ? () => void session.startOver() : null
      return problemView(view, refusal, { restart, retry: () => void session.open() })
    }
    if (phase === 'playing' && play) return this.#playing(view, session, play, notice)
    if ((phase === 'intro' || phase === 'starting') && quiz) {
      return html`${notice} ${startProblem(view, refusal, quiz)}
      ${intro(view, quiz, phase === 'starting', () => void this.#lead(session.start()))}`
    }
    return html`${notice}
      <p class="loading" role="status">${strings.intro.loading}</p>`
  }

  #playing(view: View, session: QuizSession, play: Play, notice: unknown): TemplateResult {
    const { place } = this
    const go = (to: Place) => this.#go(to)
    const ask = () => (this.isAsking = true)
    const question =
      place === 'overview' ? null : (play.known.questions.find(({ id }) => id === place.question) ?? null)
    return html`${topBar(view, play)} ${notice}
      ${play.isFinishing && !play.isFinished ? html`<p class="warning" role="status">${view.strings.finish.working}</p>` : nothing}
      <div class="layout" part="layout">
        ${outline(view, play, {
          place,
          isOpen: this.isOutlineOpen,
          toggle: () => (this.isOutlineOpen = !this.isOutlineOpen),
          go,
          finish: ask,
        })}
        ${
          question
            ? questionView(view, play, question, {
                advice: this.advice,
                go,
                check: (checked) => this.#check(checked),
                finish: ask,
              })
            : overview(view, play, {
                look: () => go({ question: play.known.questions[0]!.id }),
                verifyAt: play.known.receipt && `${this.#origin}/verify#receipt=${play.known.receipt}`,
                download: () => download(play),
                startOver: session.mayStartOver ? () => void this.#lead(session.startOver()) : null,
              })
        }
      </div>
      ${
        this.isAsking
          ? finishDialog(view, play, { confirm: () => void play.finish(), closed: () => (this.isAsking = false) })
          : nothing
      }`
  }
}

/** Gives the receipt as a file. */
function download({ known: { attempt, receipt } }: Play): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([receipt!], { type: 'application/jwt' }))
  link.download = `receipt-${attempt.id}.jwt`
  link.click()
  URL.revokeObjectURL(link.href)
}
