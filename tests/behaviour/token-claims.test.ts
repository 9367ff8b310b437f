import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start, startFor } from '../support/actions.ts'
import { createHost, PUBLIC_URL, START, type TestHost } from '../support/host.ts'
import { decodeJwt } from '../support/jwt.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'

const DAY = 86_400_000

let host: TestHost
let quiz: string

beforeAll(async () => {
  host = await createHost()
  quiz = await publish(host, quizDocument({ policy: { feedback: 'deferred' } }))
})

const said = (token: string) => decodeJwt(token).payload

const times = (token: string) => ({ iat: said(token)['iat'], exp: said(token)['exp'] })

/** The progress in the tokens of a start, of a right answer and of the end. */
async function progressUnder(policy: Json): Promise<unknown[]> {
  const run = await start(host, await publish(host, quizDocument({ policy })))
  const answered = await run.respond('single', { choice: 'b' }, { releases: ['single'] })
  const finished = await run.finish({ releases: ['single'] })
  return [run.token, answered.body.token, finished.body.token].map((token) => said(token)['progress'])
}

describe('the time of a token', () => {
  it('is thirty days from the answer that brought it, whatever the deadline', async () => {
    for (const policy of [{}, { timeLimitSeconds: 60 }, { timeLimitSeconds: 60 * 86_400 }]) {
      const clock = { now: START + 345 }
      const later = await createHost({ clock, signingKeys: host.signingKeys })
      const run = await start(
        later,
        await publish(later, quizDocument({ policy: { feedback: 'deferred', ...policy } })),
      )
      expect(times(run.token)).toEqual({ iat: START / 1000, exp: START / 1000 + 2_592_000 })
      clock.now += 50_000
      const saved = (await run.respond('single', { choice: 'a' })).body.token
      expect(times(saved)).toEqual({ iat: START / 1000 + 50, exp: START / 1000 + 50 + 2_592_000 })
    }
  })

  it('is over exactly at its end, with a code of its own', async () => {
    const clock = { now: START }
    const later = await createHost({ clock, signingKeys: host.signingKeys })
    const run = await start(later, await publish(later))
    clock.now = START + 30 * DAY - 1
    const fresh = (await run.resume()).body.token
    clock.now = START + 30 * DAY
    for (const answer of [await run.resume(), await run.respond('single', { choice: 'a' }), await run.finish()]) {
      expect(answer).toMatchObject({ status: 401, body: { code: 'token-expired' } })
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"')
    }
    // Whoever was there in the meantime goes on with what that brought.
    expect((await run.resume({ token: fresh })).status).toBe(200)
  })
})

describe('an old token', () => {
  it('goes on with the attempt, and gets today’s state', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { tries: 2 } })))
    const releases = ['single', 'truth']
    const first = (await run.respond('single', { choice: 'a' }, { releases })).body.token
    await run.respond('truth', { choice: 'true' }, { token: first, releases })
    const resumed = await run.resume({ releases })
    expect(resumed.body.attempt).toMatchObject({ answeredCount: 2, score: 1 })
    expect(decodeJwt(resumed.body.token).payload['progress']).toEqual({ answered: 2, total: 3, score: 1 })
    const second = await run.respond('single', { choice: 'b' }, { releases })
    expect(second.body.results[0]).toMatchObject({ try: 2, status: 'correct', triesLeft: 0 })
    const after = await run.respond('single', { choice: 'c' }, { token: first, releases })
    expect(after).toMatchObject({ status: 409, body: { code: 'no-tries-left' } })
  })
})

describe('a token says', () => {
  const claims = ['aud', 'exp', 'iat', 'iss', 'jti', 'progress', 'quiz', 'rev', 'sub']

  it('which attempt it is of and how far that is, and nothing else', async () => {
    const run = await start(host, quiz)
    const { header, payload } = decodeJwt(run.token)
    expect(header).toEqual({ alg: 'ES256', typ: 'progress+jwt', kid: host.signingKeys.keys[0]!.kid })
    expect(Object.keys(payload).toSorted()).toEqual(claims)
    expect(payload).toMatchObject({
      iss: PUBLIC_URL,
      aud: PUBLIC_URL,
      sub: run.id,
      quiz,
      rev: run.started.body.attempt.revision,
      progress: { answered: 0, total: 3 },
    })
    expect(Object.keys(payload['progress'] as Json)).toEqual(['answered', 'total'])
  })

  it('nothing of the learner whom it is given to', async () => {
    const run = await startFor(host, quiz, 'a-learner', {
      body: { learner: { id: 'a-learner', name: 'A Name' }, metadata: { course: 'A-Course' } },
    })
    expect(Object.keys(said(run.token)).toSorted()).toEqual(claims)
    expect(JSON.stringify(said(run.token))).not.toMatch(/a-learner|a name|a-course/i)
  })

  it('the score where the learner may see it, and only there', async () => {
    const without = { answered: 1, total: 3 }
    const none = { answered: 0, total: 3 }
    const scored = { ...without, score: 1 }
    expect(await progressUnder({})).toEqual([{ ...none, score: 0 }, scored, scored])
    expect(await progressUnder({ feedback: 'deferred' })).toEqual([none, without, scored])
    expect(await progressUnder({ feedback: 'never' })).toEqual([none, without, scored])
    const verdicts = { review: { during: ['verdict'], finished: ['verdict', 'answer'] } }
    expect(await progressUnder(verdicts)).toEqual([none, without, without])
  })

  it('something new each time', async () => {
    const run = await start(host, quiz)
    const tokens = [run.token, (await run.resume()).body.token, (await run.resume()).body.token]
    expect(new Set(tokens.map((token) => said(token)['jti'])).size).toBe(3)
  })
})
