import { bodyOf, MISTAKES, someSaid } from '../support/sessions/commands/responses.ts'
import type { Sent as Said } from '../support/sessions/attempt.ts'
import { firstVersion, type Quiz } from './quizzes.ts'
import { ask, askAgain } from './send.ts'
import type { World } from './world.ts'

/** What learners do. Some have a name, which their LMS calls with a key; two are nobody. */

/** An attempt that a learner can go on with. */
export interface Taken {
  readonly id: string
  readonly quiz: Quiz
  readonly learner: string | null
  token: string
  readonly questions: readonly string[]
  /** What was sent to it, to be sent again. */
  readonly said: Said[]
  finished: boolean
}

const LEARNERS = [...Array.from({ length: 8 }, (_, index) => `learner-${index}`), null, null]
const GONE = 404

export const NAMED_LEARNERS = LEARNERS.filter((learner) => learner !== null)

export const newKey = (world: World, what: string): string => `${what}-${world.sent.length}-0123456789-0123456789`

/** Rather with a key: without one a retry may have a second effect. */
const keyOrNot = (world: World, what: string) => (world.chance.oneIn(6) ? null : newKey(world, what))

export async function actAsLearner(world: World): Promise<void> {
  const act = world.chance.weighed(ACTS)
  await act(world)
}

const ACTS: readonly (readonly [number, (world: World) => Promise<void>])[] = [
  [14, start],
  [3, startTwice],
  [4, submit],
  [44, respond],
  [10, finish],
  [8, resume],
  [3, read],
  [4, mistake],
  [5, repeat],
]

async function start(world: World): Promise<void> {
  const { chance } = world
  const learner = chance.of(LEARNERS)
  await startAt(world, learner === null ? world.quizzes[0]! : chance.of(world.quizzes), learner)
}

/** One learner at two windows: the one begins while the other is done already. */
async function startTwice(world: World): Promise<void> {
  const learner = world.chance.of(NAMED_LEARNERS)
  const quiz = world.quizzes[1]!
  const doAtOnce = async () => {
    const taken = await startAt(world, quiz, learner)
    if (taken) await finishOne(world, taken)
  }
  await Promise.all([startAt(world, quiz, learner), doAtOnce()])
}

async function startAt(world: World, quiz: Quiz, learner: string | null): Promise<Taken | null> {
  const { chance } = world
  const reply = await ask(world, {
    what: `start for ${learner}`,
    method: 'POST',
    path: `/v1/quizzes/${quiz.id}/attempts`,
    token: learner === null ? null : staffToken(world),
    body: learner === null ? {} : { learner: { id: learner }, metadata: { room: chance.of(['1', '2']) } },
    key: keyOrNot(world, 'start'),
    statuses: [200, 201, GONE, 409],
    viewer: 'learner',
  })
  return reply && reply.status < 300 ? take(world, quiz, learner, reply.body) : null
}

function take(world: World, quiz: Quiz, learner: string | null, { attempt, questions, token }: any): Taken {
  const known = world.taken.find(({ id }) => id === attempt.id)
  const ids = questions.map(({ id }: { id: string }) => id)
  const taken = known ?? { id: attempt.id, quiz, learner, token, questions: ids, said: [], finished: false }
  taken.token = token
  if (!known) world.taken.push(taken)
  return taken
}

/** The one-call form. */
async function submit(world: World): Promise<void> {
  const { chance } = world
  const learner = chance.of(LEARNERS)
  const [quiz] = world.quizzes as [Quiz]
  const ids = firstVersion(quiz).map(({ id }) => id)
  await ask(world, {
    what: `submission of ${learner}`,
    method: 'POST',
    path: `/v1/quizzes/${quiz.id}/submissions`,
    token: learner === null ? null : staffToken(world),
    body: {
      ...bodyOf(firstVersion(quiz), someResponses(world, quiz, ids, []), null),
      ...(learner !== null && { learner: { id: learner } }),
    },
    key: keyOrNot(world, 'submit'),
    statuses: [201, GONE, 409],
    viewer: 'learner',
  })
}

/** Rather one that runs, and rather one of the last: so that several speak to the same at once. */
function someTaken({ taken, chance }: World): Taken | null {
  if (taken.length === 0) return null
  const running = taken.filter(({ finished }) => !finished)
  const some = running.length > 0 && !chance.oneIn(8) ? running : taken
  return chance.of(chance.oneIn(2) ? some.slice(-3) : some)
}

async function respond(world: World): Promise<void> {
  const taken = someTaken(world)
  if (!taken) return start(world)
  const responses = someResponses(world, taken.quiz, taken.questions, taken.said)
  taken.said.push(...responses)
  const reply = await ask(world, {
    what: `responses of ${taken.learner}`,
    method: 'POST',
    path: `/v1/attempts/${taken.id}/responses`,
    token: taken.token,
    body: bodyOf(firstVersion(taken.quiz), responses, null),
    key: keyOrNot(world, 'respond'),
    attempt: taken.id,
    statuses: [200, GONE, 409],
    viewer: 'learner',
  })
  if (reply?.status === 200) taken.token = reply.body.token
}

/** To some questions, right or wrong, or what was said before. Never to the one that is kept secret. */
function someResponses(world: World, quiz: Quiz, ids: readonly string[], earlier: readonly Said[]): Said[] {
  const { chance } = world
  const { below: number, of, some, oneIn } = chance
  const questions = firstVersion(quiz).filter(({ id, name }) => ids.includes(id) && name !== 'secret')
  const several = oneIn(3) ? some(questions) : []
  return (several.length > 0 ? several : [of(questions)]).map((question) => {
    const before = earlier.filter(({ name }) => name === question.name)
    if (before.length > 0 && oneIn(5)) return of(before)
    const said =
      question.kind === 'essay' && !oneIn(5)
        ? { text: `It depends ${world.sent.length}` }
        : someSaid(question, { number, of, some, oneIn })
    return {
      name: question.name,
      said,
      ...(quiz.rules.certainty && !oneIn(4) && { certainty: of([1, 2, 3] as const) }),
    }
  })
}

async function finish(world: World): Promise<void> {
  const taken = someTaken(world)
  await (taken ? finishOne(world, taken) : start(world))
}

export async function finishOne(world: World, taken: Taken): Promise<void> {
  const reply = await ask(world, {
    what: `finish of ${taken.learner}`,
    method: 'POST',
    path: `/v1/attempts/${taken.id}/finish`,
    token: taken.token,
    key: keyOrNot(world, 'finish'),
    attempt: taken.id,
    statuses: [200, GONE],
    viewer: 'learner',
  })
  if (reply?.status === 200) taken.finished = true
}

async function resume(world: World): Promise<void> {
  const taken = someTaken(world)
  await (taken ? resumeOne(world, taken) : start(world))
}

export async function resumeOne(world: World, taken: Taken): Promise<void> {
  const reply = await ask(world, {
    what: `resumption of ${taken.learner}`,
    method: 'GET',
    path: `/v1/attempts/${taken.id}`,
    token: taken.token,
    key: null,
    attempt: taken.id,
    statuses: [200, GONE],
    viewer: 'learner',
  })
  if (reply?.status === 200) take(world, taken.quiz, taken.learner, reply.body)
}

async function read(world: World): Promise<void> {
  const path = world.chance.of(['', '/drill', '/drill/questions', '/exam', '/essays/questions'])
  await ask(world, {
    what: 'reading',
    method: 'GET',
    path: `/v1/quizzes${path}`,
    key: null,
    statuses: [200, GONE],
    viewer: 'learner',
  })
}

/** What is no response: refused, and by what is public alone. */
async function mistake(world: World): Promise<void> {
  const taken = someTaken(world)
  if (!taken) return start(world)
  const { chance } = world
  const questions = firstVersion(taken.quiz).filter(({ id }) => taken.questions.includes(id))
  const malformed = bodyOf(questions, [{ name: 'single', said: { picks: ['a'] } }], chance.of(MISTAKES))
  const secret = { responses: [{ question: 'secret', response: { text: chance.of([5, null, {}]) } }] }
  await ask(world, {
    what: `mistake of ${taken.learner}`,
    method: 'POST',
    path: `/v1/attempts/${taken.id}/responses`,
    token: taken.token,
    body: chance.oneIn(2) ? malformed : secret,
    key: keyOrNot(world, 'mistake'),
    attempt: taken.id,
    statuses: [422],
    viewer: 'learner',
  })
}

/** An earlier request again, long after it was answered or given up. */
async function repeat(world: World): Promise<void> {
  const { sent, chance } = world
  const earlier = sent.slice(-60).filter(({ key, what }) => key !== null && !what.startsWith('erasure'))
  if (earlier.length > 0) await askAgain(world, chance.of(earlier))
}

export const staffToken = ({ staff, chance }: World): string => chance.of(staff)
