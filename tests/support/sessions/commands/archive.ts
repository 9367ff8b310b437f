import { ROOT_KEY } from '../../host.ts'
import type { Action } from '../step.ts'
import { headersOf, keyFor } from './keys.ts'

/** Archives the quiz. A retry does not undo what came in between. */
export const archive: Action<{ readonly key: string | null }> = {
  name: 'archive',
  make: (_world, picks) => ({ key: keyFor('archive', picks) }),
  call: ({ quiz }, { key }) => ['DELETE', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, ...headersOf(key) }],
  expect(world, { key }) {
    const place = `archive ${key}`
    if (key === null || !world.keys.has(place)) world.archived = true
    if (key !== null) world.keys.set(place, { asked: '', outcome: 'noted', subject: 0 })
    return { status: 204 }
  },
}
