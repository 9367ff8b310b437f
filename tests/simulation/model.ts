import {
  askedOf,
  type Attempt,
  closeWhereDone,
  end,
  isLate,
  reply,
  type Reply,
  write,
} from '../support/sessions/attempt.ts'
import type { ModelQuestion, Said } from '../support/sessions/questions.ts'
import { ratio } from '../support/sessions/rational.ts'
import { judgeOf, maxScoreOf, scoredBy, standingOf, waitsForPerson } from '../support/sessions/scoring.ts'
import { hold } from './broken.ts'
import type { LogRow, Seen } from './watch.ts'
import type { World } from './world.ts'

/**
 * An attempt as the model of sessions has it, which shares nothing with the product, led through a log event by event: each
 * was decided on what stood before it, and must be what could be decided there.
 */
export class Model {
  readonly attempt: Attempt
  /** What each event came to, as far as the log has been read. */
  readonly lines: Line[] = []
  readonly #targets: ReadonlyMap<string, readonly ModelQuestion[]>
  readonly #ids = new Set<string>()

  constructor(world: World, seen: Seen, asked: readonly string[], targets: Model['targets']) {
    const { rules } = world.quizzes.find(({ id }) => id === seen.quiz)!
    const served = targets.get(seen.revision)!
    this.#targets = targets
    this.attempt = {
      number: 0,
      id: seen.id,
      rules,
      revision: 0,
      learner: seen.learner,
      metadata: seen.metadata,
      startedAt: seen.startedAt,
      startDeadline: seen.deadline,
      deadline: seen.deadline,
      finished: null,
      asked: asked.map((id) => askedOf(served.find((question) => question.id === id)!)),
      overridden: null,
      log: [],
      tokens: [],
      receipts: [],
      erased: false,
    }
  }

  get targets() {
    return this.#targets
  }

  take(event: LogRow): void {
    const counted = !this.#ids.has(event.id)
    this.#ids.add(event.id)
    const replies = counted ? this.#apply(event) : []
    if (event.type !== 'finished' || !counted) write(this.attempt, event.type)
    this.lines.push({ event, counted, replies })
  }

  #apply(event: LogRow): readonly Reply[] {
    const { attempt } = this
    const { body, at, type } = event
    switch (type) {
      case 'responded':
        return body.responses.map((sent: any) =>
          reply(attempt, { name: sent.question, said: toSaid(sent.response), certainty: sent.certainty }, at),
        )
      case 'finished':
        end(attempt, at)
        return []
      case 'extended':
        this.#extend(event)
        return []
      case 'graded':
        this.#grade(event)
        return []
      case 'overridden':
        this.#override(event)
        return []
      default:
        hold(this.regrade(body), 'a regrade is logged where it changes something', () => describe(attempt, event))
        return []
    }
  }

  #extend(event: LogRow): void {
    const { attempt } = this
    const { deadline, startedAt, finished } = attempt
    const { extension, deadline: moved } = event.body
    const isOver = finished !== null || isLate(attempt, event.at)
    hold(!isOver && deadline !== null, 'an extension is for what runs', () => describe(attempt, event))
    const expected = extension.unlimited
      ? null
      : extension.extraSeconds === undefined
        ? startedAt + Math.ceil(((deadline - startedAt) * Math.round(extension.factor * 1000)) / 1000)
        : deadline + extension.extraSeconds * 1000
    hold(moved === expected, 'an extension adds to the deadline as it stands (G4)', () => describe(attempt, event))
    attempt.deadline = moved
  }

  #grade(event: LogRow): void {
    const { attempt } = this
    const { question, score, of, comment } = event.body
    const asked = attempt.asked.find(({ served }) => served.id === question)!
    const fits = waitsForPerson(asked) && of === maxScoreOf(asked, attempt.rules) && score <= of
    hold(fits, 'a grade is for what waits for it', () => describe(attempt, event))
    asked.entries.at(-1)!.given = { share: ratio(score, of), comment: comment?.markdown ?? null }
    closeWhereDone(attempt, asked)
  }

  #override(event: LogRow): void {
    const { attempt } = this
    const { question, score, of } = event.body
    const asked = question === null ? null : attempt.asked.find(({ served }) => served.id === question)!
    const max = asked ? maxScoreOf(asked, attempt.rules) : standingOf(attempt).maxScore
    const fits = score === null || (of === max && score <= max)
    hold(fits, 'an override is a share of what there is to have', () => describe(attempt, event))
    const target = asked ?? attempt
    target.overridden = score === null ? null : ratio(score, of)
  }

  /** Whether a regrade changes what scores the attempt, as it stands; does it, unless it is only to be tried. */
  regrade(regrading: any, { only = false } = {}): boolean {
    const { attempt } = this
    const target = this.#targets.get(regrading.revision)!
    const before = scoredBy(attempt)
    const chosen = attempt.asked.filter(({ served }) => ruleFor(regrading, served.id) !== null)
    for (const { served, regraded } of chosen) {
      const question = target.find(({ id }) => id === served.id)
      ;(regraded as any[]).push({
        rule: ruleFor(regrading, served.id)!,
        judge: question ? judgeOf(question) : null,
      })
    }
    const differs = scoredBy(attempt) !== before
    if (only) for (const { regraded } of chosen) (regraded as any[]).pop()
    else for (const asked of chosen) closeWhereDone(attempt, asked)
    return differs
  }
}

interface Line {
  readonly event: LogRow
  readonly counted: boolean
  readonly replies: readonly Reply[]
}

function ruleFor({ rule, questions }: any, id: string) {
  if (questions && !questions.includes(id)) return null
  return typeof rule === 'string' ? rule : (rule[id] ?? null)
}

export function toSaid({ choice, choices, pairs, text }: any): Said {
  if (text !== undefined) return { text }
  if (choice !== undefined) return { picks: [choice] }
  return { picks: choices ?? Object.entries(pairs).map((pair) => pair.join('>')) }
}

const describe = ({ id, deadline }: Attempt, event: LogRow) =>
  `${id} with the deadline ${deadline}: ${JSON.stringify(event)}`
