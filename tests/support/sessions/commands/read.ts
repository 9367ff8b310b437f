import { expect } from 'vitest'
import { ROOT_KEY } from '../../host.ts'
import { type Action, chooser } from '../step.ts'
import { ABSENT, checkWhole, found } from '../world.ts'
import { finish, type OwnRequest } from './finish.ts'

/** A learner comes back with nothing but a token. */
export const resume: Action<OwnRequest> = {
  name: 'resume',
  make: (world, picks) => finish.make(world, picks),
  call: ({ attempts }, { attempt, token }) => ['GET', `/v1/attempts/${attempts[attempt]!.id}`, { token }],
  expect(world, { attempt: number }) {
    const attempt = world.attempts[number]!
    if (attempt.erased) return ABSENT
    found(world, attempt)
    return { status: 200, check: ({ body }) => checkWhole(world, attempt, body) }
  },
}

export const staffRead: Action<{ readonly attempt: number }> = {
  name: 'staff read',
  make: ({ attempts }, picks) => (attempts.length === 0 ? null : { attempt: chooser(picks).of(attempts).number }),
  call: ({ attempts }, { attempt }) => ['GET', `/v1/attempts/${attempts[attempt]!.id}`, { token: ROOT_KEY }],
  expect(world, { attempt: number }) {
    const attempt = world.attempts[number]!
    if (attempt.erased) return ABSENT
    found(world, attempt)
    return {
      status: 200,
      check({ body }) {
        expect(body.token).toBeNull()
        checkWhole(world, attempt, body, 'staff')
        const { score, calibration } = body.attempt
        if (attempt.overridden || calibration !== null) return
        const thousandths = body.attempt.questions.map((question: any) => Math.round((question.score ?? 0) * 1000))
        expect(thousandths.reduce((sum: number, each: number) => sum + each, 0)).toBe(Math.round(score * 1000))
      },
    }
  },
}
