import { expect } from 'vitest'
import { ROOT_KEY } from '../../host.ts'
import type { Attempt } from '../attempt.ts'
import { type Action, chooser } from '../step.ts'
import {
  ABSENT,
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
  type Remembered,
  REUSED,
  type World,
} from '../world.ts'
import { keyFor } from './keys.ts'

export interface StartRequest {
  readonly as: 'anyone' | 'staff'
  readonly learner: string | null
  readonly metadata: Record<string, string>
  readonly key: string | null
}

/** Starts an attempt: anyone for nobody, staff for a named learner or nobody. */
export const start: Action<StartRequest> = {
  name: 'start',
  make(world, picks): StartRequest {
    const { oneIn, of } = chooser(picks)
    const isStaff = world.rules.access === 'restricted' ? !oneIn(8) : oneIn(2)
    const named = isStaff ? !oneIn(6) : oneIn(10)
    return {
      as: isStaff ? 'staff' : 'anyone',
      learner: named ? learnerId(world, of(['ada', 'ben'])) : null,
      metadata: isStaff && oneIn(4) ? { room: of(['1', '2']) } : {},
      key: keyFor('start', picks),
    }
  },
  call: ({ quiz }, { as, learner, metadata, key }) => [
    'POST',
    `/v1/quizzes/${quiz}/attempts`,
    {
      token: as === 'staff' ? ROOT_KEY : null,
      body: {
        ...(learner !== null && { learner: { id: learner } }),
        ...(Object.keys(metadata).length > 0 && { metadata }),
      },
      ...(key !== null && { headers: { 'Idempotency-Key': key } }),
    },
  ],
  expect(world, request) {
    const { as, learner, metadata, key } = request
    if (as === 'anyone' && learner !== null) return refuse(403, 'learner-not-allowed')
    const place = `start ${as} ${key}`
    const asked = JSON.stringify([learner, metadata])
    const known = key === null ? undefined : rememberedAttempt(world, place)
    if (known) {
      if (known.asked !== asked) return REUSED
      return shown(world, world.attempts[known.subject]!, known.outcome === 'made' ? 201 : 200)
    }
    const remember = ({ number: subject }: Attempt, outcome: Remembered['outcome']) => {
      if (key !== null) world.keys.set(place, { asked, outcome, subject })
    }
    const refused = mayBegin(world, request)
    if (refused) return refused
    const active = learner === null ? undefined : activeOf(world, learner)
    if (active && !found(world, active).finished) {
      remember(active, 'noted')
      return shown(world, active, 200)
    }
    if (isClosed(world)) return refuse(409, 'quiz-closed')
    if (learner !== null && !mayHaveMore(world, learner)) return refuse(409, 'no-attempts-left')
    const attempt = begin(world, { learner, metadata, oneCall: false })
    remember(attempt, 'made')
    return shown(world, attempt, 201)
  },
}

/** What a request with this key came to; an attempt that is gone takes its keys with it. */
export function rememberedAttempt({ keys, attempts }: World, place: string): Remembered | undefined {
  const known = keys.get(place)
  return known && !attempts[known.subject]!.erased ? known : undefined
}

/** Who may not begin at all, whatever there is already. */
export function mayBegin(
  { rules, archived }: World,
  { as, learner }: Pick<StartRequest, 'as' | 'learner'>,
): Expected | null {
  if (as === 'anyone' && (rules.access === 'restricted' || archived)) return ABSENT
  if (archived) return refuse(409, 'quiz-closed')
  return rules.access === 'restricted' && learner === null ? INVALID : null
}

function shown(world: World, attempt: Attempt, status: number): Expected {
  found(world, attempt)
  return {
    status,
    check({ body, headers }) {
      learn(
        world,
        attempt,
        body.questions.map(({ id }: any) => id),
        body.attempt.id,
      )
      expect(headers.get('Location')).toContain(`/v1/attempts/${attempt.id}`)
      checkWhole(world, attempt, body)
    },
  }
}
