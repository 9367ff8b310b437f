import { ROOT_KEY } from '../../host.ts'
import { type Action, chooser } from '../step.ts'
import { ABSENT, learnerId, standing } from '../world.ts'
import { headersOf, keyFor } from './keys.ts'

interface EraseRequest {
  readonly learner: string
  readonly key: string | null
}

/** Erases a learner. A retry does not erase what began since. */
export const erase: Action<EraseRequest> = {
  name: 'erase',
  make: (world, picks) => ({
    learner: learnerId(world, chooser(picks).of(['ada', 'ben'])),
    key: keyFor('erase', picks),
  }),
  call: (_world, { learner, key }) => ['DELETE', `/v1/learners/${learner}`, { token: ROOT_KEY, ...headersOf(key) }],
  expect(world, { learner, key }) {
    const place = `erase ${learner} ${key}`
    if (key !== null && world.keys.has(place)) return { status: 204 }
    const theirs = standing(world).filter((attempt) => attempt.learner === learner)
    if (theirs.length === 0) return ABSENT
    for (const attempt of theirs) attempt.erased = true
    if (key !== null) world.keys.set(place, { asked: '', outcome: 'noted', subject: 0 })
    return { status: 204 }
  },
}
