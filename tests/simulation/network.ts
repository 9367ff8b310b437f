import { running } from './context.ts'
import type { World } from './world.ts'

/** Receivers of webhooks, each with its own way to misbehave. */
export interface Receiver {
  readonly host: string
  readonly events: readonly string[]
  /** Null for every quiz. */
  readonly quizzes: readonly string[] | null
  /** Staff disable it, enable it, and have it say that it is gone. */
  readonly isMoody: boolean
  readonly fates: readonly (readonly [weight: number, Fate])[]
}

type Fate = 'well' | '500' | '429' | '410' | 'unreachable' | 'answer lost' | 'timeout' | 'slow'

const EVERY_EVENT = [
  'attempt.started',
  'attempt.finished',
  'attempt.passed',
  'attempt.graded',
  'attempt.regraded',
  'quiz.published',
]

export const RECEIVERS: readonly Receiver[] = [
  {
    host: 'lms.school.org',
    events: EVERY_EVENT,
    quizzes: null,
    isMoody: false,
    fates: [
      [90, 'well'],
      [3, 'answer lost'],
      [3, '500'],
      [4, 'slow'],
    ],
  },
  {
    host: 'grades.school.org',
    events: ['attempt.finished'],
    quizzes: ['exam'],
    isMoody: false,
    fates: [
      [50, 'well'],
      [15, 'answer lost'],
      [10, '429'],
      [10, 'timeout'],
      [15, 'slow'],
    ],
  },
  {
    host: 'flaky.school.org',
    events: ['attempt.finished', 'attempt.graded', 'attempt.regraded'],
    quizzes: ['drill', 'essays'],
    isMoody: false,
    fates: [
      [30, 'well'],
      [25, '500'],
      [15, 'unreachable'],
      [15, 'timeout'],
      [15, 'answer lost'],
    ],
  },
  {
    host: 'moody.school.org',
    events: ['attempt.finished', 'attempt.passed'],
    quizzes: null,
    isMoody: true,
    fates: [
      [60, 'well'],
      [4, '410'],
      [20, '500'],
      [16, 'slow'],
    ],
  },
]

/** A try, as it reached its receiver. */
export interface Received {
  readonly host: string
  readonly id: string
  readonly text: string
}

const patience = new WeakMap<AbortSignal, AbortController>()

/** Patience ends when a simulation says so. */
export function withPatience(): AbortSignal {
  const controller = new AbortController()
  patience.set(controller.signal, controller)
  return controller.signal
}

const SLOWEST_MS = 120_000

/** A request that leaves the app: it waits for its turn, and then for what becomes of it. */
export async function sendOut(world: World, url: string, init: RequestInit): Promise<Response> {
  const { scheduler, chance, clock, counts, received } = world
  const host = new URL(url).hostname
  const context = running.getStore() ?? null
  const fate = world.calm ? 'well' : chance.weighed(RECEIVERS.find((each) => each.host === host)!.fates)
  await scheduler.hold(`a call to ${host}`, context)
  counts.add('deliveries tried')
  if (fate !== 'well') counts.add(`receivers: ${fate}`)
  if (fate === 'unreachable') throw new Error('ECONNREFUSED')
  received.push({ host, id: new Headers(init.headers).get('webhook-id')!, text: init.body as string })
  if (fate === 'slow') await scheduler.hold(`the answer of ${host}`, context, clock.now + chance.below(SLOWEST_MS))
  if (fate === 'answer lost') throw new Error('ECONNRESET')
  if (fate === 'timeout') {
    patience.get(init.signal!)!.abort(new DOMException('Time is up.', 'TimeoutError'))
    return new Promise(() => {})
  }
  if (fate === '429') return new Response(null, { status: 429, headers: { 'Retry-After': '120' } })
  if (fate === '500' || fate === '410') return new Response(null, { status: Number(fate) })
  return new Response(null, { status: 204 })
}
