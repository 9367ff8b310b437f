import * as fc from 'fast-check'
import { expect } from 'vitest'
import { newQuizId } from '../actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../host.ts'
import { withJwtsDecoded } from '../jwt.ts'
import { attemptRow, pointerOf } from '../rows.ts'
import type { Attempt } from './attempt.ts'
import { archive } from './commands/archive.ts'
import { around } from './commands/around.ts'
import { erase } from './commands/erase.ts'
import { finish } from './commands/finish.ts'
import { extendAll, readJob, regrade } from './commands/jobs.ts'
import { publish } from './commands/publish.ts'
import { resume, staffRead } from './commands/read.ts'
import { repeat } from './commands/repeat.ts'
import { respond } from './commands/respond.ts'
import { extend, grade, override } from './commands/staff-words.ts'
import { start } from './commands/start.ts'
import { submit } from './commands/submit.ts'
import { carryOn } from './jobs.ts'
import { countsTries, type Rules, rules } from './policies.ts'
import { firstQuestions } from './questions.ts'
import { workOn } from './real.ts'
import { passes, standingOf } from './scoring.ts'
import { type Action, passTime, perform, type Picks, type Session, Step } from './step.ts'
import { lineView } from './view.ts'
import { checkWhole, found, standing, type World } from './world.ts'

/** Sessions at random: a quiz and some twenty calls and events, which the system and the model are both taken through. */

const picks: fc.Arbitrary<Picks> = fc.record({
  numbers: fc.array(fc.nat(10_000), { minLength: 12, maxLength: 12 }),
  host: fc.nat(5),
  withKey: fc.boolean(),
  fault: fc.oneof(
    { weight: 7, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.record({ when: fc.constantFrom('before', 'after'), batch: fc.integer({ min: 1, max: 4 }) }),
    },
  ),
  holdJobs: fc.nat(2).map((pick) => pick === 0),
})

/** Where the session has nothing yet that the call could be about, something is answered, or an attempt starts. */
const step = (action: Action<any>) =>
  picks.map(
    (each) =>
      new Step('send', each, (world) => {
        for (const instead of [action, respond, start]) {
          const request: unknown = instead.make(world, each)
          if (request !== null) return { action: instead, request }
        }
        return null
      }),
  )

const COMMANDS = {
  start: step(start),
  respond: step(respond),
  finish: step(finish),
  submit: step(submit),
  resume: step(resume),
  staffRead: step(staffRead),
  extend: step(extend),
  extendAll: step(extendAll),
  grade: step(grade),
  override: step(override),
  regrade: step(regrade),
  readJob: step(readJob),
  publish: step(publish),
  archive: step(archive),
  erase: step(erase),
  repeat: picks.map((each) => new Step('repeat', each, repeat)),
  ...around,
}
type Weights = Readonly<Partial<Record<keyof typeof COMMANDS, number>>>

/** What sessions are about: a bit of everything, or much of a few things, which get further then. */
const SESSIONS: Readonly<Record<string, Weights>> = {
  everything: {
    start: 4,
    respond: 20,
    finish: 2,
    submit: 3,
    resume: 3,
    staffRead: 3,
    repeat: 7,
    extend: 3,
    extendAll: 2,
    grade: 4,
    override: 4,
    regrade: 6,
    readJob: 2,
    publish: 4,
    archive: 1,
    erase: 2,
    wait: 3,
    waitForEnd: 2,
    anotherIsolate: 1,
    rotation: 1,
    timer: 1,
    work: 3,
    workWithFault: 2,
  },
  taking: { start: 1, respond: 24, resume: 1, repeat: 4, grade: 1, finish: 1, waitForEnd: 1 },
  regrading: {
    start: 1,
    respond: 12,
    regrade: 9,
    publish: 1,
    grade: 3,
    override: 2,
    finish: 1,
    work: 2,
    workWithFault: 1,
  },
  running: {
    start: 8,
    submit: 6,
    finish: 4,
    publish: 4,
    archive: 3,
    erase: 3,
    repeat: 10,
    waitForEnd: 2,
    anotherIsolate: 2,
  },
}

const commands = fc.oneof(
  ...Object.values(SESSIONS).map((weights) => {
    const weighted = Object.entries(weights).map(([name, weight]) => ({
      weight,
      arbitrary: COMMANDS[name as keyof typeof COMMANDS] as fc.Arbitrary<fc.AsyncCommand<World, Session>>,
    }))
    // As many long ones as short ones: the bias for few steps would leave most sessions without an answer.
    return fc.noBias(fc.commands([fc.oneof(...weighted)], { maxCommands: 24, size: 'max' }))
  }),
)

/** Plays so many sessions of a seed against one database, and says how many it has played. */
export async function playSessions(seed: number, numRuns: number): Promise<number> {
  const host = await createHost()
  let played = 0
  await fc.assert(
    fc.asyncProperty(rules, commands, async (rule, steps) => {
      await play(host, rule, steps)
      played += 1
    }),
    { seed, numRuns },
  )
  return played
}

async function play(host: TestHost, rule: Rules, steps: Iterable<fc.AsyncCommand<World, Session>>): Promise<void> {
  host.clock.now += 1000
  host.faults.clear()
  const world: World = {
    rules: rule,
    began: host.clock.now,
    quiz: newQuizId(),
    now: host.clock.now,
    revisions: [],
    current: -1,
    archived: false,
    attempts: [],
    keys: new Map(),
    jobs: [],
  }
  const session: Session = { hosts: [host], jwks: { set: null }, sent: [] }
  await publishFirst(world, session)
  try {
    await fc.asyncModelRun(() => ({ model: world, real: session }), steps)
    await checkEnd(world, session)
  } finally {
    host.clock.now = world.now
    for (const each of session.hosts) each.faults.clear()
    await workOn(session, 0, 1000).catch(() => {})
  }
}

/** The quiz, which has had another key before: a regrade has somewhere to go from the beginning. */
async function publishFirst(world: World, session: Session): Promise<void> {
  const right = firstQuestions(world.rules.points, world.rules)
  const wrong = right.map((question) => ({
    ...question,
    right: OTHER_KEYS[question.name] ?? question.right,
    version: 2,
  }))
  for (const questions of [wrong, right]) await perform(world, session, publish, { questions, key: null }, QUIET)
}

const OTHER_KEYS: Readonly<Record<string, readonly string[]>> = {
  single: ['a'],
  multiple: ['p', 's'],
  pairs: ['x>k', 'y>k', 'z>m'],
  left: ['b'],
  other: ['s', 't'],
}

const QUIET = { host: 0, fault: null, holdJobs: false }

/** Nothing is lost: the log, the row and the replay of every attempt say what the model says, and so do the jobs. */
async function checkEnd(world: World, session: Session): Promise<void> {
  passTime(world, session, 1)
  carryOn(world, 1000)
  await workOn(session, 0, 1000)
  for (const { number } of world.jobs) await perform(world, session, readJob, { job: number }, QUIET)
  const pointer = await pointerOf(session.hosts[0]!.deps.db, world.quiz)
  const { id } = world.revisions[world.current]!
  expect(pointer).toMatchObject({ revision: id, archivedAt: world.archived ? expect.any(Number) : null })
  const fresh = await session.hosts[0]!.isolate()
  for (const attempt of standing(world)) {
    if (attempt.id === '') continue
    await perform(world, session, staffRead, { attempt: attempt.number }, QUIET)
    await checkLog(session.hosts[0]!, attempt)
    await checkRow(session.hosts[0]!, attempt)
    await checkReplay(world, attempt, session.hosts[0]!, fresh)
  }
}

async function checkLog(host: TestHost, attempt: Attempt): Promise<void> {
  const { body } = await host.client.call('GET', `/v1/attempts/${attempt.id}/events?limit=200`, {
    token: ROOT_KEY,
    releases: 'everything',
  })
  const lines = body.events.map(({ seq, type, counted, responses, after }: any) => ({
    seq,
    type,
    counted,
    responses,
    after,
  }))
  expect(lines).toEqual(attempt.log.map(lineView))
  const tries = body.events.flatMap(({ responses }: any) =>
    responses.filter((each: any) => each.try !== null && !each.duplicate).map(({ question }: any) => question),
  )
  const { tries: most } = attempt.rules
  if (!countsTries(attempt.rules) || most === null) return
  for (const { served } of attempt.asked)
    expect(tries.filter((id: string) => id === served.id).length).toBeLessThanOrEqual(most)
}

async function checkRow(host: TestHost, attempt: Attempt): Promise<void> {
  const { finished, log, rules: rule, deadline, startDeadline } = attempt
  const row = await attemptRow(host.deps.db, attempt.id)
  const { score, maxScore } = standingOf(attempt)
  expect(row).toMatchObject({
    learnerId: attempt.learner,
    startedAt: attempt.startedAt,
    deadline: startDeadline,
    due: deadline === null ? null : deadline + rule.graceSeconds * 1000,
    finishedAt: finished?.at ?? null,
    settled: finished ? log.length : null,
    score: finished ? score : null,
    passed: finished ? passes(attempt) : null,
    ...(finished && { maxScore }),
  })
}

async function checkReplay(world: World, attempt: Attempt, host: TestHost, fresh: TestHost): Promise<void> {
  const [token] = attempt.tokens
  if (token === undefined) return
  const texts: string[] = []
  for (const each of [host, fresh]) {
    const { text, body } = await each.client.call('GET', `/v1/attempts/${attempt.id}`, {
      token,
      releases: 'everything',
    })
    checkWhole(world, found(world, attempt), body)
    // A token's own id is random.
    texts.push(withJwtsDecoded(text).replaceAll(/"jti":"[^"]*"/g, ''))
  }
  expect(texts[1]).toBe(texts[0])
}
