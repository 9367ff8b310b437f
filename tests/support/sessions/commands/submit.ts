import { ROOT_KEY } from '../../host.ts'
import { askedOf, type Attempt, end, reply, type Sent, write } from '../attempt.ts'
import type { ModelQuestion } from '../questions.ts'
import { type Action, chooser } from '../step.ts'
import { toldNow } from '../view.ts'
import {
  activeOf,
  begin,
  checkWhole,
  type Expected,
  found,
  INVALID,
  isClosed,
  learn,
  learnerId,
  mayHaveMore,
  refuse,
  REUSED,
  type World,
} from '../world.ts'
import { headersOf, keyFor } from './keys.ts'
import { bodyOf, type Mistake, MISTAKES, someResponses } from './responses.ts'
import { mayBegin, rememberedAttempt, type StartRequest } from './start.ts'

interface SubmitRequest extends Omit<StartRequest, 'metadata'> {
  readonly sent: readonly Sent[]
  readonly mistake: Mistake | null
  /** The revision in whose names it was written. */
  readonly revision: number
}

/** Start, respond and finish in one call. */
export const submit: Action<SubmitRequest> = {
  name: 'submit',
  make(world, picks) {
    const choose = chooser(picks)
    const isStaff = world.rules.access === 'restricted' ? !choose.oneIn(8) : choose.oneIn(2)
    const mistakes = MISTAKES.filter((mistake) => mistake !== 'nothing')
    return {
      as: isStaff ? 'staff' : 'anyone',
      learner: isStaff && !choose.oneIn(6) ? learnerId(world, choose.of(['ada', 'ben'])) : null,
      sent: someResponses(questionsOf(world, world.current).map(askedOf), world.rules, choose),
      mistake: choose.oneIn(12) ? choose.of(mistakes) : null,
      revision: world.current,
      key: keyFor('submit', picks),
    }
  },
  call(world, { as, learner, sent, mistake, revision, key }) {
    const token = as === 'staff' ? ROOT_KEY : null
    const body = {
      ...bodyOf(questionsOf(world, revision), sent, mistake),
      ...(learner && { learner: { id: learner } }),
    }
    return ['POST', `/v1/quizzes/${world.quiz}/submissions`, { token, body, ...headersOf(key) }]
  },
  expect(world, request) {
    const { as, learner, sent, key } = request
    const place = `submit ${as} ${key}`
    const asked = JSON.stringify([learner, sent])
    // What cannot be read as responses at all is refused before anything is asked.
    if (request.mistake === 'another' || request.mistake === 'unasked') return INVALID
    const known = key === null ? undefined : rememberedAttempt(world, place)
    if (known) {
      const isSame = known.asked === asked && request.mistake === null
      return isSame ? shown(world, world.attempts[known.subject]!) : REUSED
    }
    const refused = mayBegin(world, request) ?? mayBeDone(world, request)
    if (refused) return refused
    const attempt = begin(world, { learner, metadata: {}, oneCall: true })
    const replies = sent.map((each) => reply(attempt, each, world.now))
    write(attempt, 'responded', { replies, told: toldNow(attempt, replies) })
    end(attempt, world.now)
    if (key !== null) world.keys.set(place, { asked, outcome: 'made', subject: attempt.number })
    return shown(world, attempt)
  },
}

function mayBeDone(world: World, { learner, sent, mistake, revision }: SubmitRequest): Expected | null {
  const { rules } = world
  if (rules.timeLimitSeconds !== null || rules.draws) return refuse(403, 'start-required')
  if (isClosed(world)) return refuse(409, 'quiz-closed')
  if (mistake !== null || !isUnderstood(world, sent, revision)) return INVALID
  const active = learner === null ? undefined : activeOf(world, learner)
  if (active && !found(world, active).finished) return refuse(409, 'attempt-active')
  return learner !== null && !mayHaveMore(world, learner) ? refuse(409, 'no-attempts-left') : null
}

/** Whether the current revision calls everything that is named as the other one does. */
function isUnderstood(world: World, sent: readonly Sent[], revision: number): boolean {
  return sent.every(({ name, said }) => {
    const [then, now] = [revision, world.current].map((each) => questionsOf(world, each).find((q) => q.name === name)!)
    const namesSomething = 'picks' in said && said.picks.length > 0
    return then!.id === now!.id && (then!.suffix === now!.suffix || !namesSomething)
  })
}

const questionsOf = ({ revisions }: World, number: number): readonly ModelQuestion[] => revisions[number]!.questions

function shown(world: World, attempt: Attempt): Expected {
  return {
    status: 201,
    check({ body }) {
      learn(
        world,
        attempt,
        body.results.map(({ question }: any) => question),
        body.attempt.id,
      )
      checkWhole(world, attempt, body)
    },
  }
}
