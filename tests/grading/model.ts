import type { AttemptEvent, SentResponse } from '../../src/grading/log.ts'
import { type Case, type CasePolicy, KEY } from './arbitrary-logs.ts'

/**
 * The rules of an attempt once more, told as plainly as can be, for three questions and in integers alone: what the fold
 * is held against. It shares no code with it.
 */
export interface Modelled {
  readonly finished: { readonly at: number; readonly reason: string } | null
  readonly score: number
  readonly maxScore: number
  /** Per event id and question: the number of the try, what refused it, or the try that it repeats. */
  readonly events: Record<
    string,
    { question: string; try: number | null; refused: string | null; duplicate: boolean }[]
  >
  readonly scores: Record<string, number>
  /** Per certainty: how many answers were given with it, and how many of them were right. Null where nobody asks. */
  readonly sure: [count: number, right: number][] | null
}

interface Taken {
  readonly text: string
  readonly got: number
  readonly of: number
  readonly certainty: 1 | 2 | 3
}

const QUESTIONS = ['single', 'multiple', 'truth'] as const
type QuestionName = (typeof QUESTIONS)[number]

export function model({ policy, points, start, log }: Case): Modelled {
  const end = start.deadline === null ? Infinity : start.deadline + policy.graceSeconds * 1000
  const taken = new Map<string, Taken[]>(QUESTIONS.map((question) => [question, []]))
  const events: Modelled['events'] = {}
  let finished: Modelled['finished'] = null

  const respond = ({ question, response, certainty = 1 }: SentResponse, at: number) => {
    const earlier = taken.get(question)!
    const text = `${policy.certainty ? certainty : ''}${textOf(response)}`
    const known = policy.counted ? earlier : earlier.slice(-1)
    const same = known.findIndex((each) => each.text === text)
    if (same !== -1) return { question, try: same + 1, refused: null, duplicate: true }
    const refuse = (refused: string) => ({ question, try: null, refused, duplicate: false })
    if (finished !== null || at > end) return refuse('attempt-finished')
    const isRight = earlier.length > 0 && earlier.at(-1)!.got === earlier.at(-1)!.of
    const isClosed = isRight || (policy.tries !== null && earlier.length >= policy.tries)
    if (policy.counted && isClosed) return refuse('no-tries-left')
    if (policy.retryScoring === 'best' && textOf(response) === '') {
      return { question, try: null, refused: null, duplicate: false }
    }
    const [got, of] = earned(question as QuestionName, response)
    earlier.push({ text, got, of, certainty })
    return { question, try: policy.counted ? earlier.length : 1, refused: null, duplicate: false }
  }

  const take = (event: AttemptEvent) => {
    if (event.type === 'responded') return event.body.responses.map((sent) => respond(sent, event.at))
    finished ??= event.at > end ? { at: start.deadline!, reason: 'expired' } : { at: event.at, reason: 'submitted' }
    return []
  }

  for (const event of log) if (!(event.id in events)) events[event.id] = take(event)
  // Of saves the last one stands, so its number is always 1.
  if (!policy.counted) for (const each of Object.values(events).flat()) if (each.duplicate) each.try = 1
  const tries = (question: QuestionName) => (policy.counted ? taken.get(question)! : taken.get(question)!.slice(-1))
  const thousandths = (question: QuestionName) => Math.round(points[question] * 1000)
  const scores = Object.fromEntries(
    QUESTIONS.map((question) => [question, scoreOf(tries(question), policy, thousandths(question))]),
  )
  const most = QUESTIONS.reduce((sum, question) => sum + thousandths(question), 0)
  return {
    finished,
    score: Math.max(
      0,
      Object.values(scores).reduce((sum, score) => sum + score, 0),
    ),
    maxScore: policy.certainty ? 3 * most : most,
    events,
    scores,
    sure: policy.certainty ? sureness(QUESTIONS.flatMap((question) => tries(question).slice(-1))) : null,
  }
}

function textOf(response: unknown): string {
  const { choice, choices } = response as { choice?: string; choices?: string[] }
  return choice ?? [...choices!].toSorted().join()
}

/** What a response earns, as a number of parts and how many there are. */
function earned(question: QuestionName, response: unknown): [got: number, of: number] {
  const { choice, choices } = response as { choice?: string; choices?: string[] }
  if (question !== 'multiple') return [choice === KEY[question] ? 1 : 0, 1]
  const right = choices!.filter((each) => KEY.multiple.includes(each)).length
  return [Math.max(0, right - (choices!.length - right)), KEY.multiple.length]
}

const MILLION = 1_000_000

/** What the tries of one question come to, in millionths of a part, and then in thousandths of a point, half up. */
function scoreOf(tries: readonly Taken[], policy: CasePolicy, thousandths: number): number {
  const last = tries.at(-1)
  if (last === undefined) return 0
  if (policy.certainty && last.got === 0) return 0 - { 1: 0, 2: 2, 3: 6 }[last.certainty] * thousandths
  const millionths = policy.certainty ? last.got * last.certainty * MILLION : worthOf(tries, policy)
  const denominator = BigInt(last.of) * BigInt(MILLION)
  const numerator = BigInt(millionths) * BigInt(thousandths)
  return Number((2n * numerator + denominator) / (2n * denominator))
}

function worthOf(tries: readonly Taken[], { penalty, retryScoring, tryPoints, counted }: CasePolicy): number {
  const less = ({ got, of }: Taken, index: number) => Math.max(0, got * MILLION - (counted ? index : 0) * penalty * of)
  const all = tries.map(less)
  if (retryScoring === 'last') return all.at(-1)!
  if (retryScoring === 'best') return Math.max(...all)
  let [worth, best] = [0, 0]
  tries.forEach(({ got }, index) => {
    if (got > best) {
      worth += (got - best) * tryPoints[index]!
      best = got
    }
  })
  return worth
}

function sureness(answers: readonly Taken[]): [number, number][] {
  return [1, 2, 3].map((certainty) => {
    const given = answers.filter((answer) => answer.certainty === certainty)
    return [given.length, given.filter(({ got, of }) => got === of).length]
  })
}
