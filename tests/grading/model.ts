import type { AttemptEvent, SentResponse } from '../../src/grading/log.ts'
import { type Case, KEY } from './arbitrary-logs.ts'

/**
 * The rules of an attempt once more, told as plainly as can be, for three questions and in integers alone: what the fold
 * is held against. It shares no code with it.
 */
export interface Modelled {
  readonly finished: { readonly at: number; readonly reason: string } | null
  readonly score: number
  /** Per event id and question: the number of the try, what refused it, or the try that it repeats. */
  readonly events: Record<
    string,
    { question: string; try: number | null; refused: string | null; duplicate: boolean }[]
  >
  readonly scores: Record<string, number>
}

interface Taken {
  readonly text: string
  readonly right: boolean
  readonly score: number
}

const QUESTIONS = ['single', 'multiple', 'truth'] as const
type QuestionName = (typeof QUESTIONS)[number]

export function model({ policy, points, start, log }: Case): Modelled {
  const end = start.deadline === null ? Infinity : start.deadline + policy.graceSeconds * 1000
  const taken = new Map<string, Taken[]>(QUESTIONS.map((question) => [question, []]))
  const events: Modelled['events'] = {}
  let finished: Modelled['finished'] = null

  const respond = ({ question, response }: SentResponse, at: number) => {
    const earlier = taken.get(question)!
    const text = textOf(response)
    const known = policy.counted ? earlier : earlier.slice(-1)
    const same = known.findIndex((each) => each.text === text)
    if (same !== -1) return { question, try: same + 1, refused: null, duplicate: true }
    const refuse = (refused: string) => ({ question, try: null, refused, duplicate: false })
    if (finished !== null || at > end) return refuse('attempt-finished')
    const isClosed = earlier.at(-1)?.right || (policy.tries !== null && earlier.length >= policy.tries)
    if (policy.counted && isClosed) return refuse('no-tries-left')
    const [got, of] = earned(question as QuestionName, response)
    const penalties = policy.counted ? policy.penalty * earlier.length : 0
    earlier.push({
      text,
      right: got === of,
      score: scoreOf(got, of, penalties, Math.round(points[question as QuestionName] * 1000)),
    })
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
  const scores = Object.fromEntries(QUESTIONS.map((question) => [question, taken.get(question)!.at(-1)?.score ?? 0]))
  return { finished, score: Object.values(scores).reduce((sum, score) => sum + score, 0), events, scores }
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

/** (got / of − penalty) × thousandths, not below 0, rounded half up; the penalty in millionths. */
function scoreOf(got: number, of: number, penalty: number, thousandths: number): number {
  const denominator = BigInt(of) * 1_000_000n
  const numerator = (BigInt(got) * 1_000_000n - BigInt(penalty) * BigInt(of)) * BigInt(thousandths)
  return numerator <= 0n ? 0 : Number((2n * numerator + denominator) / (2n * denominator))
}
