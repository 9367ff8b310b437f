import { end } from '../attempt.ts'
import { type Action, chooser } from '../step.ts'
import { ABSENT, checkWhole } from '../world.ts'
import { someTaken } from './respond.ts'

export interface OwnRequest {
  readonly attempt: number
  readonly token: string
}

export const finish: Action<OwnRequest> = {
  name: 'finish',
  make(world, picks) {
    const choose = chooser(picks)
    const attempt = someTaken(world, choose)
    return attempt && { attempt: attempt.number, token: choose.of(attempt.tokens) }
  },
  call: ({ attempts }, { attempt, token }) => ['POST', `/v1/attempts/${attempts[attempt]!.id}/finish`, { token }],
  expect(world, { attempt: number }) {
    const attempt = world.attempts[number]!
    if (attempt.erased) return ABSENT
    end(attempt, world.now)
    return { status: 200, check: ({ body }) => checkWhole(world, attempt, body) }
  },
}
