import { expect } from 'vitest'
import { type Attempt, closeWhereDone, isLate, type Rule, write } from './attempt.ts'
import { judgeOf, passes, scoredBy, standingOf } from './scoring.ts'
import { found, standing, type World } from './world.ts'
import { points, time } from './view.ts'

/** Work on many attempts, as the model sees it. */

export interface Regrading {
  /** The number of the target. */
  readonly target: number
  readonly rule: Rule | Readonly<Record<string, Rule>>
  readonly questions: readonly string[] | null
  readonly map: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface Extension {
  readonly extraSeconds?: number
  readonly factor?: number
  readonly unlimited?: true
}

interface Figures {
  readonly score: number
  readonly maxScore: number
  readonly passed: boolean | null
}

export interface Job {
  readonly number: number
  id: string
  readonly createdAt: number
  readonly does:
    | {
        readonly kind: 'regrade'
        readonly regrading: Regrading
        readonly dryRun: boolean
        readonly revisions: readonly number[]
      }
    | { readonly kind: 'extension'; readonly extension: Extension }
  /** The number of the last attempt that is done. */
  reached: number
  finishedAt: number | null
  attempts: number
  touched: number
  readonly compared: { readonly before: Figures; readonly after: Figures }[]
  readonly changes: Map<number, { readonly before: Figures; readonly after: Figures }>
}

export function addJob(world: World, does: Job['does']): Job {
  const job: Job = {
    number: world.jobs.length,
    id: '',
    createdAt: world.now,
    does,
    reached: -1,
    finishedAt: null,
    attempts: 0,
    touched: 0,
    compared: [],
    changes: new Map(),
  }
  world.jobs.push(job)
  return job
}

const PAGE = 25

/** How many attempts jobs get to behind the answer to a call that began one. */
export const FIRST_RUN = 50

/** Carries jobs on, the oldest first, over so many attempts. */
export function carryOn(world: World, limit: number): void {
  let left = limit
  while (left > 0) {
    const job = world.jobs.find(({ finishedAt }) => finishedAt === null)
    if (!job) return
    const size = Math.min(PAGE, left)
    const page = attemptsFor(world, job).slice(0, size)
    for (const attempt of page) step(world, job, attempt)
    job.reached = page.at(-1)?.number ?? job.reached
    if (page.length < size) job.finishedAt = world.now
    left -= Math.max(1, page.length)
  }
}

function attemptsFor(world: World, { does, reached, createdAt }: Job): Attempt[] {
  return standing(world).filter(
    (attempt) => attempt.number > reached && (does.kind === 'regrade' || ranAt(attempt, createdAt)),
  )
}

/** Whether an attempt had begun by then, and was neither finished nor out of time. */
function ranAt(attempt: Attempt, moment: number): boolean {
  const { startedAt, finished } = attempt
  return startedAt <= moment && (finished === null || finished.at >= moment) && !isLate(attempt, moment)
}

function step(world: World, job: Job, attempt: Attempt): void {
  if (job.does.kind === 'regrade') {
    if (job.does.revisions.includes(attempt.revision)) regrade(world, job, job.does, found(world, attempt))
    return
  }
  found(world, attempt)
  job.attempts += 1
  if (extend(world, attempt, job.does.extension) !== 'extended') return
  write(attempt, 'extended')
  job.touched += 1
}

/** Moves the deadline of an attempt that has one and runs. */
export function extend(world: World, attempt: Attempt, { extraSeconds, factor, unlimited }: Extension): string {
  const { deadline, startedAt, finished } = attempt
  if (finished || isLate(attempt, world.now)) return 'over'
  if (deadline === null) return 'endless'
  if (unlimited) attempt.deadline = null
  else if (extraSeconds !== undefined) attempt.deadline = deadline + extraSeconds * 1000
  else {
    const product = BigInt(Math.round(factor! * 1e6)) * BigInt(deadline - startedAt)
    attempt.deadline = startedAt + Number((product + 999_999n) / 1_000_000n)
  }
  return 'extended'
}

export function ruleFor({ rule, questions }: Regrading, id: string): Rule | null {
  if (questions !== null && !questions.includes(id)) return null
  return typeof rule === 'string' ? rule : (rule[id] ?? null)
}

function regrade(
  world: World,
  job: Job,
  { regrading, dryRun }: Extract<Job['does'], { kind: 'regrade' }>,
  attempt: Attempt,
): void {
  const scored = scoredBy(attempt)
  const before = figures(attempt)
  const target = world.revisions[regrading.target]!
  const changed = attempt.asked.filter(({ served, regraded }) => {
    const rule = ruleFor(regrading, served.id)
    const names = regrading.map[served.id] ?? {}
    const question = target.questions.find(({ id }) => id === (names[served.id] ?? served.id))
    if (rule) regraded.push({ rule, judge: question ? judgeOf(question, names) : null })
    return rule !== null
  })
  const after = figures(attempt)
  const differs = scoredBy(attempt) !== scored
  if (!differs || dryRun) for (const { regraded } of changed) regraded.pop()
  else {
    for (const asked of changed) closeWhereDone(attempt, asked)
    write(attempt, 'regraded')
  }
  job.attempts += 1
  job.touched += Number(differs)
  if (attempt.finished) job.compared.push({ before, after })
  if (JSON.stringify(before) !== JSON.stringify(after)) job.changes.set(attempt.number, { before, after })
}

function figures(attempt: Attempt): Figures {
  const { score, maxScore } = standingOf(attempt)
  return { score, maxScore, passed: attempt.finished ? passes(attempt) : null }
}

/** Holds a job that is shown to the model's. */
export function checkJob(world: World, job: Job, shown: any): void {
  const { changes, compared, does, touched, attempts, finishedAt } = job
  expect(shown).toMatchObject({
    quiz: world.quiz,
    status: finishedAt === null ? 'running' : 'done',
    createdAt: time(job.createdAt),
    finishedAt: time(finishedAt),
    attempts,
  })
  if (does.kind === 'extension') {
    expect(shown.extended).toBe(touched)
    return
  }
  const mean = (which: 'before' | 'after') =>
    compared.length === 0
      ? null
      : points(Math.round(compared.reduce((sum, each) => sum + each[which].score, 0) / compared.length))
  expect(shown).toMatchObject({
    dryRun: does.dryRun,
    revision: world.revisions[does.regrading.target]!.id,
    regraded: touched,
    becamePassed: compared.filter(({ before, after }) => before.passed !== true && after.passed === true).length,
    becameFailed: compared.filter(({ before, after }) => before.passed === true && after.passed !== true).length,
    meanBefore: mean('before'),
    meanAfter: mean('after'),
  })
  if (shown.changes === undefined) return
  const listed = standing(world).flatMap(({ number, id, learner }) => {
    const change = changes.get(number)
    if (!change) return []
    const { before, after } = change
    return [
      {
        attempt: id,
        learner: learner === null ? null : { id: learner },
        before: inPoints(before),
        after: inPoints(after),
      },
    ]
  })
  expect(shown.changes).toEqual(listed)
}

function inPoints({ score, maxScore, passed }: Figures): Figures {
  return { score: points(score), maxScore: points(maxScore), passed }
}
