import { ROOT_KEY } from './ground.ts'
import { SCOPES } from '../../src/services/_authorise.ts'
import { Broken, hold } from './broken.ts'
import { SKEW_MS } from './isolates.ts'
import { finishOne, NAMED_LEARNERS, newKey, resumeOne, staffToken, type Taken } from './learners.ts'
import { RECEIVERS } from './network.ts'
import { changed, documentOf, firstVersion, type Quiz } from './quizzes.ts'
import { ask, type Asked, type Reply } from './send.ts'
import type { World } from './world.ts'

/** What the two members of staff do, and how they set everything up. */

const GONE = 404

/** Two keys, four receivers, three quizzes. */
export async function setUp(world: World): Promise<void> {
  for (const name of ['ada', 'ben']) {
    const { body } = await insist(world, 'POST', '/v1/keys', { name, scopes: SCOPES }, ROOT_KEY)
    world.staff.push(body.secret)
  }
  for (const { host, events, quizzes } of RECEIVERS) {
    const { body } = await insist(world, 'POST', '/v1/webhooks', { url: `https://${host}/hooks`, events, quizzes })
    world.webhooks.set(host, body.id)
  }
  for (const quiz of world.quizzes) await publish(world, quiz)
}

async function insist(world: World, method: string, path: string, body: object, token = staffToken(world)) {
  const asked = { what: 'setting up', method, path, token, body, key: newKey(world, 'set-up') }
  const reply = await ask(world, { ...asked, statuses: [201], viewer: 'staff' })
  if (!reply) throw new Broken('setting up', `${method} ${path}`)
  return reply
}

export async function actAsStaff(world: World): Promise<void> {
  const act = world.chance.weighed(ACTS)
  await act(world)
}

const ACTS: readonly (readonly [number, (world: World) => Promise<unknown>])[] = [
  [10, (world) => publish(world, world.chance.of(world.quizzes))],
  [3, archive],
  [12, extend],
  [6, extendAtTheEnd],
  [6, speakAtTheEnd],
  [5, extendAll],
  [12, override],
  [20, grade],
  [12, regrade],
  [5, accommodate],
  [4, erase],
  [12, tendWebhooks],
  [8, readAttempt],
  [4, readLists],
]

/** What staff ask for; for jobs, publications and what has no attempt as well. */
function staffAsk(world: World, asked: Omit<Asked, 'token' | 'key' | 'viewer'>): Promise<Reply | null> {
  const key = asked.method === 'GET' || world.chance.oneIn(8) ? null : newKey(world, 'staff')
  return ask(world, { ...asked, token: staffToken(world), key, viewer: 'staff' })
}

async function publish(world: World, quiz: Quiz): Promise<void> {
  const { chance, began } = world
  const [title, latest] = [...quiz.publications].at(-1) ?? [null, null]
  const isSame = title !== null && chance.oneIn(5)
  const questions = latest === null ? firstVersion(quiz) : isSame ? latest : changed(latest, chance)
  const name = isSame ? title : `Publication ${world.sent.length} of ${quiz.id}`
  quiz.publications.set(name, questions)
  await staffAsk(world, {
    what: `publication of ${quiz.id}`,
    method: 'PUT',
    path: `/v1/quizzes/${quiz.id}`,
    body: documentOf(quiz, name, questions, began),
    statuses: [200, 201],
  })
}

async function archive(world: World): Promise<void> {
  const quiz = world.chance.of(world.quizzes)
  await staffAsk(world, {
    what: `archiving of ${quiz.id}`,
    method: 'DELETE',
    path: `/v1/quizzes/${quiz.id}`,
    statuses: [204],
  })
  // Nobody could start any more.
  await publish(world, quiz)
}

const EXTENSIONS = [
  { extraSeconds: 30 },
  { extraSeconds: 600 },
  { factor: 1.5 },
  { factor: 1.333 },
  { factor: 1 },
  { unlimited: true },
]

const LONG_EXTENSIONS = [{ extraSeconds: 1200 }, { unlimited: true }]
const LONGEST_WAIT_MS = 1_200_000

function someAttempt({ taken, chance }: World, isFor: (taken: Taken) => boolean = () => true): Taken | undefined {
  const some = taken.filter(isFor)
  return some.length === 0 ? undefined : chance.of(chance.oneIn(2) ? some.slice(-4) : some)
}

const isTimed = ({ finished, quiz }: Taken) => !finished && quiz.rules.timeLimitSeconds !== null

async function extend(world: World): Promise<void> {
  const taken = someAttempt(world, isTimed)
  if (taken) await extendOne(world, taken)
}

async function extendOne(world: World, taken: Taken, extension: object = world.chance.of(EXTENSIONS)): Promise<void> {
  await staffAsk(world, {
    what: 'extension',
    method: 'POST',
    path: `/v1/attempts/${taken.id}/extensions`,
    body: { ...extension, reason: `Extension ${world.sent.length}` },
    attempt: taken.id,
    statuses: [200, GONE, 409, 422],
  })
}

/** An attempt whose time is up by some clocks, and not by others: one gives it more time while others look at it. */
async function extendAtTheEnd(world: World): Promise<void> {
  const { watch, chance, clock, scheduler } = world
  const runs = ({ id }: Taken) => {
    const { deadline, endedAfter } = watch.attempts.get(id)!
    return endedAfter === null && deadline !== null && deadline > clock.now
  }
  const taken = someAttempt(world, (each) => isTimed(each) && runs(each))
  if (!taken) return
  const end = watch.attempts.get(taken.id)!.deadline!
  const moment = end - SKEW_MS + chance.below(2 * SKEW_MS)
  await scheduler.hold('a wait for the end', null, Math.min(moment, clock.now + LONGEST_WAIT_MS))
  const look = () => resumeOne(world, taken)
  await Promise.all([look(), extendOne(world, taken, chance.of(LONG_EXTENSIONS)), look(), look()])
}

/** Staff have their say while the learner is about to be done. */
async function speakAtTheEnd(world: World): Promise<void> {
  const taken = someAttempt(world, ({ finished }) => !finished)
  if (!taken) return
  const speak = world.chance.oneIn(2) ? overrideOne : gradeOne
  await Promise.all([finishOne(world, taken), speak(world, taken), speak(world, taken)])
}

async function extendAll(world: World): Promise<void> {
  await staffAsk(world, {
    what: 'extension for all',
    method: 'POST',
    path: `/v1/quizzes/${world.chance.of(['exam', 'exam', 'essays'])}/extensions`,
    body: { ...world.chance.of(EXTENSIONS), reason: `Extension ${world.sent.length}` },
    statuses: [202],
  })
}

async function override(world: World): Promise<void> {
  const taken = someAttempt(world)
  if (taken) await overrideOne(world, taken)
}

async function overrideOne(world: World, taken: Taken): Promise<void> {
  const { chance } = world
  const question = chance.oneIn(3) ? {} : { question: chance.of(taken.questions) }
  await staffAsk(world, {
    what: 'override',
    method: 'POST',
    path: `/v1/attempts/${taken.id}/overrides`,
    body: { ...question, score: chance.of([0, 0.5, 1, 2, null]), reason: `Override ${world.sent.length}` },
    attempt: taken.id,
    statuses: [200, GONE, 422],
  })
}

const hasEssay = ({ said }: Taken) => said.some(({ name }) => name === 'essay')

async function grade(world: World): Promise<void> {
  const taken = someAttempt(world, hasEssay)
  if (taken) await gradeOne(world, taken)
}

async function gradeOne(world: World, taken: Taken): Promise<void> {
  const { chance } = world
  await staffAsk(world, {
    what: 'grade',
    method: 'POST',
    path: `/v1/attempts/${taken.id}/grades`,
    body: { question: 'essay', score: chance.of([0, 0.5, 1, 2.5]), ...(chance.oneIn(2) && { comment: 'Well said.' }) },
    attempt: taken.id,
    statuses: [200, GONE, 422],
  })
}

const RULES = ['new-key', 'new-key', 'best-of-both', 'full-credit', 'drop-question']

async function regrade(world: World): Promise<void> {
  const { chance, sent } = world
  const quiz = chance.of(world.quizzes)
  const published = sent
    .filter(({ method, path }) => method === 'PUT' && path.endsWith(`/${quiz.id}`))
    .flatMap(({ replies }) => replies.map(({ body }) => body.revision as string))
  if (published.length === 0) return
  const rule = chance.of(RULES)
  const all = rule.startsWith('new') || rule.startsWith('best')
  await staffAsk(world, {
    what: `regrade of ${quiz.id}`,
    method: 'POST',
    path: `/v1/quizzes/${quiz.id}/regrades`,
    body: {
      revision: chance.oneIn(2) ? published.at(-1) : chance.of(published),
      rule,
      ...((!all || chance.oneIn(3)) && { questions: chance.of([['single'], ['multiple', 'pairs'], ['essay']]) }),
      dryRun: chance.oneIn(5),
      reason: `Regrade ${sent.length}`,
    },
    statuses: [202],
  })
}

/** Some few learners are given more. */
async function accommodate(world: World): Promise<void> {
  const { chance, watch } = world
  const learner = chance.of(NAMED_LEARNERS.slice(0, 3))
  if (chance.oneIn(3)) {
    await staffAsk(world, {
      what: `taking accommodations from ${learner}`,
      method: 'DELETE',
      path: `/v1/learners/${learner}/accommodations`,
      statuses: [204, GONE],
    })
    return
  }
  const gives = chance.of([{ factor: 1.5 }, { extraSeconds: 300 }, { unlimited: true }, { extraAttempts: 1 }])
  watch.give(learner, gives)
  await staffAsk(world, {
    what: `accommodations for ${learner}`,
    method: 'PUT',
    path: `/v1/learners/${learner}/accommodations`,
    body: { rules: [{ quiz: chance.of([null, 'exam']), ...gives, reason: 'A note' }] },
    statuses: [200],
  })
}

async function erase(world: World): Promise<void> {
  const { chance, watch } = world
  const learner = chance.of(NAMED_LEARNERS)
  const theirs = [...watch.attempts.values()].filter((seen) => seen.learner === learner && !seen.erased)
  const reply = await staffAsk(world, {
    what: `erasure of ${learner}`,
    method: 'DELETE',
    path: `/v1/learners/${learner}`,
    statuses: [204, GONE],
  })
  if (reply?.status !== 204) return
  const left = theirs.filter(({ erased }) => !erased).map(({ id }) => id)
  hold(left.length === 0, 'an erased learner’s attempts are gone', () => `${learner}: ${left.join()}`)
}

async function tendWebhooks(world: World): Promise<void> {
  const { chance, webhooks, received } = world
  const { host, isMoody } = chance.of(RECEIVERS)
  const path = `/v1/webhooks/${webhooks.get(host)}`
  const told = received.filter((one) => one.host === host)
  const does = chance.below(4)
  if (does === 0 && told.length > 0) {
    const { id } = chance.of(told)
    const statuses = [202, GONE]
    await staffAsk(world, { what: 'redelivery', method: 'POST', path: `${path}/deliveries/${id}/redeliver`, statuses })
  } else if (does === 1) {
    await staffAsk(world, { what: 'rotation', method: 'POST', path: `${path}/rotations`, statuses: [200, 201] })
  } else if (does === 2 && chance.oneIn(3)) {
    const body = { since: new Date(world.clock.now - 300_000).toISOString() }
    await staffAsk(world, { what: 'replay', method: 'POST', path: `${path}/replay`, body, statuses: [202] })
  } else {
    const body = isMoody ? { disabled: chance.oneIn(3) } : { description: `Change ${world.sent.length}` }
    await staffAsk(world, { what: `change of ${host}`, method: 'PATCH', path, body, statuses: [200] })
  }
}

async function readAttempt(world: World): Promise<void> {
  const taken = someAttempt(world)
  if (!taken) return
  await staffAsk(world, {
    what: 'staff’s reading',
    method: 'GET',
    path: `/v1/attempts/${taken.id}`,
    attempt: taken.id,
    statuses: [200, GONE],
  })
}

async function readLists(world: World): Promise<void> {
  const path = world.chance.of(['/v1/quizzes/exam/attempts', '/v1/quizzes/drill/grades', '/v1/quizzes/essays/attempts'])
  await staffAsk(world, { what: 'list', method: 'GET', path, statuses: [200] })
}
