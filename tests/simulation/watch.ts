import type { LogEntry } from '../../src/deps.ts'
import { findCanaries } from '../support/canaries.ts'
import { DRIVER_MESSAGE } from '../support/faults.ts'
import { hold } from './broken.ts'
import { running } from './context.ts'
import type { Row, Statement } from './database.ts'
import { Outbox } from './outbox.ts'
import type { World } from './world.ts'

/** An event as it stands in the log. */
export interface LogRow {
  readonly seq: number
  readonly id: string
  readonly type: string
  readonly at: number
  readonly body: any
}

/** An attempt as its row was when it was last looked at; and its whole log, also of one that has been erased. */
export interface Seen {
  readonly id: string
  readonly quiz: string
  readonly revision: string
  readonly learner: string | null
  readonly startedAt: number
  readonly deadline: number | null
  readonly metadata: Record<string, string>
  readonly log: LogRow[]
  /** How many requests had been made when it ended. */
  endedAfter: number | null
  erased: boolean
}

/** What an accommodation gives. */
export interface Gift {
  readonly factor?: number
  readonly extraSeconds?: number
  readonly unlimited?: boolean
  readonly extraAttempts?: number
}

/**
 * Watches the database from below: after every commit that appends to a log it holds the log to be what it was and more, and
 * after every one that begins an attempt it counts the learner's. What is erased it has seen before.
 */
export class Watch {
  readonly attempts = new Map<string, Seen>()
  readonly #world: World
  readonly #outbox: Outbox
  /** What a learner has ever been given, or may have been, beyond the policy. */
  readonly given = new Map<string, Gift[]>()

  constructor(world: World) {
    this.#world = world
    this.#outbox = new Outbox(world.store)
  }

  /** A batch has been committed. */
  committed(statements: readonly Statement[]): void {
    const appended = new Set<string>()
    let begun = false
    let erased = false
    for (const statement of statements) {
      const { sql, args } = statement
      if (sql.startsWith('update "webhook_deliveries"')) this.#outbox.updated(statement)
      if (sql.startsWith('insert into "attempts"')) begun = true
      if (sql.startsWith('delete from "attempts"')) erased = true
      if (sql.startsWith('insert into "attempt_events"')) appended.add(args.find(isAttemptId) as string)
    }
    if (begun) this.#lookForNew()
    for (const id of appended) this.#lookAtLog(id)
    if (erased) this.#lookForErased()
  }

  #lookForNew(): void {
    const rows = this.#world.store.rows(
      'SELECT id, quiz, revision, learner_id, metadata, started_at, deadline, finished_at FROM attempts',
    )
    for (const row of rows) if (!this.attempts.has(row['id'] as string)) this.#begin(row)
    const named = Map.groupBy(
      rows.filter(({ learner_id }) => learner_id !== null),
      ({ quiz, learner_id }) => `${String(learner_id)} at ${String(quiz)}`,
    )
    for (const [who, theirs] of named) {
      const active = theirs.filter(({ finished_at }) => finished_at === null)
      hold(active.length <= 1, 'a learner has one active attempt at most', () => `${who}: ${active.length}`)
      const [{ quiz, learner_id }] = theirs as [Row]
      const { rules } = this.#world.quizzes.find(({ id }) => id === quiz)!
      const most = (rules.attemptsPerLearner ?? Infinity) + this.#extraAttempts(learner_id as string)
      hold(
        theirs.length <= most,
        'a learner has no more attempts than allowed',
        () => `${who}: ${theirs.length} of ${most}`,
      )
    }
  }

  give(learner: string, gift: Gift): void {
    this.given.set(learner, [...(this.given.get(learner) ?? []), gift])
  }

  #extraAttempts(learner: string): number {
    return Math.max(0, ...(this.given.get(learner) ?? []).map(({ extraAttempts = 0 }) => extraAttempts))
  }

  #begin(row: Row): void {
    this.attempts.set(row['id'] as string, {
      id: row['id'] as string,
      quiz: row['quiz'] as string,
      revision: row['revision'] as string,
      learner: row['learner_id'] as string | null,
      startedAt: row['started_at'] as number,
      deadline: row['deadline'] as number | null,
      metadata: JSON.parse(row['metadata'] ?? '{}'),
      log: [],
      endedAfter: null,
      erased: false,
    })
  }

  /** The log is what it was, and perhaps more. */
  #lookAtLog(id: string): void {
    const seen = this.attempts.get(id)
    if (!seen || seen.erased) return
    const rows = this.#world.store.rows('SELECT * FROM attempt_events WHERE attempt = ? ORDER BY seq', id)
    const log = rows.map(({ seq, id: event, type, at, body }): LogRow => ({
      seq: seq as number,
      id: event as string,
      type: type as string,
      at: at as number,
      body: JSON.parse(body as string),
    }))
    const kept = JSON.stringify(log.slice(0, seen.log.length)) === JSON.stringify(seen.log)
    hold(kept, 'what stands in a log stays as it is (G3)', () => `${id}\n${JSON.stringify([seen.log, log])}`)
    for (const event of log.slice(seen.log.length)) {
      this.#checkNew(seen, event)
      seen.log.push(event)
      if (event.type === 'finished') seen.endedAfter = this.#world.sent.length
    }
  }

  #checkNew({ id, log, startedAt }: Seen, event: LogRow): void {
    const context = running.getStore()
    const describe = () => `${id}: ${JSON.stringify(event)} after ${JSON.stringify(log.at(-1))}, in ${context?.name}`
    const before = log.at(-1)?.at ?? startedAt
    hold(event.seq === log.length + 1, "a log's seq has no gaps", describe)
    hold(event.at >= before, 'time in a log never goes back', describe)
    hold(
      log.every(({ type }) => type !== 'finished') || !['responded', 'finished', 'extended'].includes(event.type),
      'nothing of a learner comes after the end of a log',
      describe,
    )
    if (!context) return
    const { beganAt, isolate } = context
    hold(event.at >= beganAt, 'the time of an event is its server’s (G2)', () => `${describe()} began ${beganAt}`)
    hold(event.at <= Math.max(before, isolate.deps.now()), 'the time of an event is its server’s (G2)', describe)
  }

  #lookForErased(): void {
    const rows = this.#world.store.rows('SELECT id FROM attempts')
    const there = new Set(rows.map(({ id }) => id as string))
    for (const seen of this.attempts.values()) if (!there.has(seen.id)) seen.erased = true
  }

  /** A line of the app's log holds nothing of anyone (S5). */
  logged(entry: LogEntry): void {
    const line = JSON.stringify(entry)
    this.#world.history.digested(line)
    const invariant = 'a line of the log tells nothing secret (S5)'
    refuseSecrets(invariant, line)
    hold(!/learner-\d|It depends|eyJ[\w-]+\.eyJ/.test(line), invariant, () => line)
  }
}

const isAttemptId = (arg: unknown): arg is string => typeof arg === 'string' && arg.startsWith('att_')

/** No key, no explanation, nothing that the driver said. */
export function refuseSecrets(invariant: string, text: string): void {
  hold(findCanaries(text).length === 0, invariant, () => `a key: ${text}`)
  hold(!/Explanation \d/.test(text), invariant, () => `an explanation: ${text}`)
  hold(!text.includes(DRIVER_MESSAGE) && !/overloaded/.test(text), invariant, () => `the driver's words: ${text}`)
}
