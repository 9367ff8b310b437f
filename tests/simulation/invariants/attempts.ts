import { isDeepStrictEqual } from 'node:util'
import type { ModelQuestion } from '../../support/sessions/questions.ts'
import { passes, standingOf } from '../../support/sessions/scoring.ts'
import { closesAtOf } from '../../support/sessions/policies.ts'
import { hold } from '../broken.ts'
import { Model } from '../model.ts'
import type { Seen } from '../watch.ts'
import type { World } from '../world.ts'
import { type Answer, answersAbout, isTrue } from './answers.ts'
import type { Rested } from './everything.ts'
import { type Notice, noticesOf } from './notices.ts'

/** What there is to tell of each attempt, by its id. */
export type Told = ReadonlyMap<string, readonly Notice[]>

/** Leads the model through every log, and holds to it what was answered on the way and what the row says in the end. */
export function checkAttempts(
  world: World,
  { attempts }: Rested,
  targets: ReadonlyMap<string, readonly ModelQuestion[]>,
): Told {
  const rows = new Map(attempts.map((row) => [row['id'] as string, row]))
  const told = new Map<string, readonly Notice[]>()
  const answers = answersAbout(world)
  const regrades = regradesOf(world)
  for (const [index, seen] of [...world.watch.attempts.values()].entries()) {
    const mine = answers.get(seen.id) ?? []
    const asked = mine.map(({ body }) => body?.questions ?? body?.attempt?.questions).find((ids) => ids !== undefined)
    // Nobody was ever told of it, and it is gone.
    if (!asked) continue
    const ids = asked.map(({ id }: { id: string }) => id)
    const model = new Model(world, seen, ids, targets)
    const open = new Set(mine)
    const undone = new Set(seen.erased ? [] : regrades.filter(({ since, quiz }) => quiz === seen.quiz && index < since))
    const look = () => {
      for (const answer of open) if (isTrue(world, model, answer)) open.delete(answer)
      for (const one of undone) if (!model.regrade(one.body, { only: true })) undone.delete(one)
    }
    look()
    for (const event of seen.log) {
      model.take(event)
      for (const one of undone) if (one.id === event.id) undone.delete(one)
      look()
    }
    const [wrong] = open
    hold(
      wrong === undefined,
      'an answer says what is released of the attempt as it stood, and no more (S2, G3)',
      () =>
        `${describeAnswer(wrong!)}\nThe log of ${seen.id}:\n${seen.log.map((event) => JSON.stringify(event)).join('\n')}`,
    )
    hold(undone.size === 0, 'a regrade comes to every attempt', () => `${seen.id}: ${JSON.stringify([...undone])}`)
    checkDeadline(world, seen)
    const row = rows.get(seen.id)
    if (row) checkRow(model, seen, row)
    told.set(seen.id, noticesOf(world, seen, ids, targets))
  }
  return told
}

/** Regrades that are to come to every attempt that was there before. */
function regradesOf(world: World) {
  return world.sent.flatMap(({ path, replies, body, since }) => {
    const [first] = replies
    if (!path.endsWith('/regrades') || first?.status !== 202 || (body as any).dryRun) return []
    return [{ id: first.body.id as string, quiz: path.split('/')[3]!, body: body as any, since }]
  })
}

function describeAnswer({ sent, from, to, status, body }: Answer): string {
  return `${sent.number} ${sent.what}, sent ${sent.times} times, the log going from ${from} to ${to}: ${status}\n${JSON.stringify(body)}`
}

function checkRow({ attempt }: Model, { id, log }: Seen, row: Record<string, any>): void {
  const { finished, deadline, rules } = attempt
  const { score, maxScore } = standingOf(attempt)
  const passed = passes(attempt)
  const expected = {
    finished_at: finished?.at ?? null,
    settled: finished ? log.length : null,
    announced: finished ? log.length : 0,
    score: finished ? score : null,
    max_score: finished ? maxScore : row['max_score'],
    passed: finished && passed !== null ? Number(passed) : null,
    due: deadline === null ? null : deadline + rules.graceSeconds * 1000,
  }
  const said = Object.fromEntries(Object.keys(expected).map((name) => [name, row[name]]))
  hold(
    isDeepStrictEqual(said, expected),
    'the row of an attempt says what its log comes to',
    () => `${id}\n${JSON.stringify(said)}\n${JSON.stringify(expected)}`,
  )
}

/** As the policy gives it, or as the learner's accommodations did at some time. */
function checkDeadline({ quizzes, began, watch }: World, seen: Seen): void {
  const { rules } = quizzes.find(({ id }) => id === seen.quiz)!
  const closesAt = closesAtOf(rules, began)
  const gifts = [{}, ...(watch.given.get(seen.learner ?? '') ?? [])]
  const deadlines = gifts.map(({ factor = 1, extraSeconds = 0, unlimited = false }: any) => {
    const limit = rules.timeLimitSeconds
    const end = limit === null || unlimited ? null : seen.startedAt + (limit * factor + extraSeconds) * 1000
    return end === null || closesAt === null ? (end ?? closesAt) : Math.min(end, closesAt)
  })
  const isOneCall = seen.deadline === null && rules.timeLimitSeconds === null
  hold(
    isOneCall || deadlines.includes(seen.deadline),
    'a deadline is what the policy gives (G4)',
    () => `${JSON.stringify(seen)} ${deadlines.join()}`,
  )
}
