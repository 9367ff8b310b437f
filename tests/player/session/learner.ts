import { Client } from '../../../player/client/client.ts'
import type { Question } from '../../../player/contract.ts'
import type { SessionEvent } from '../../../player/session/edges.ts'
import type { Memory } from '../../../player/session/memory.ts'
import type { Play } from '../../../player/session/play.ts'
import { Records, type Run } from '../../../player/session/records.ts'
import { QuizSession } from '../../../player/session/session.ts'
import { publish } from '../../support/actions.ts'
import { PUBLIC_URL, type TestHost } from '../../support/host.ts'
import { quizDocument } from '../../support/quiz-document.ts'
import { Network } from './network.ts'

/** One page of a browser, without the page: a session on a host, with a memory that other pages share. */
export interface Learner {
  readonly session: QuizSession
  readonly play: Play
  readonly network: Network
  readonly memory: Map<string, string>
  /** This machine's clock, which need not be the server's. */
  readonly clock: { now: number }
  readonly events: SessionEvent[]
  question(id: string): Question
  /** Resolves as soon as it holds: looked at after whatever happens in the session. */
  until(holds: () => boolean): Promise<void>
  /** Another page on the same memory. It hears of the others, and they of it. */
  tab(): Learner
  /** The page is gone, without a word. */
  close(): void
}

interface Options {
  readonly quiz?: string
  readonly given?: Run | null
  readonly memory?: Map<string, string>
  readonly tabs?: Set<(attempt: string) => void>
  readonly clock?: { now: number }
}

export function createLearner(host: TestHost, options: Options = {}): Learner {
  const { quiz = 'basics', given = null, memory = new Map(), tabs = new Set() } = options
  const clock = options.clock ?? { now: host.clock.now }
  const network = new Network(async (request) => host.app.fetch(request))
  const events: SessionEvent[] = []
  const watchers = new Set<() => void>()
  let keys = 0
  const hear = (attempt: string) => void session.hearFromOthers(attempt, true)
  const session = new QuizSession(quiz, given, new Client(PUBLIC_URL, network.fetch), {
    records: new Records(memoryOn(memory), PUBLIC_URL, quiz),
    now: () => clock.now,
    randomKey: () => `key-of-the-learner-${memory.size}-${tabs.size}-${keys++}`,
    completenessOf: (response) => ('text' in response && response.text === '' ? 'blank' : 'complete'),
    tellOthers: (attempt) => [...tabs].filter((other) => other !== hear).forEach((tell) => tell(attempt)),
    emit(event) {
      events.push(event)
      for (const look of watchers) look()
    },
  })
  tabs.add(hear)
  return {
    session,
    get play() {
      return session.play!
    },
    network,
    memory,
    clock,
    events,
    question: (id) => session.play!.known.questions.find((question) => question.id === id)!,
    async until(holds) {
      if (holds()) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const look = () => holds() && resolve()
      watchers.add(look)
      await promise
      watchers.delete(look)
    },
    tab: () => createLearner(host, { ...options, memory, tabs, clock }),
    close() {
      tabs.delete(hear)
      session.close()
    },
  }
}

/** A learner who has begun an attempt at a quiz of three questions with this policy. */
export async function startLearner(host: TestHost, policy: object = {}, options: Options = {}): Promise<Learner> {
  const quiz = await publish(host, quizDocument({ policy }))
  const learner = createLearner(host, { quiz, ...options })
  await learner.session.open()
  await learner.session.start()
  return learner
}

function memoryOn(memory: Map<string, string>): Memory {
  return {
    get: (name) => memory.get(name) ?? null,
    set: (name, value) => void memory.set(name, value),
    remove: (name) => void memory.delete(name),
    names: (prefix) => [...memory.keys()].filter((name) => name.startsWith(prefix)),
  }
}
