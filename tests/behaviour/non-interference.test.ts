import { describe, expect, it } from 'vitest'
import { anyRequest, sequence } from '../support/any-request.ts'
import { ROOT_KEY } from '../support/host.ts'
import {
  afterTheEnd,
  answer,
  begin,
  end,
  lookAround,
  respond,
  resume,
  stumble,
  submit,
  untilTheEnd,
} from '../support/play.ts'
import type { Json } from '../support/quiz-document.ts'
import {
  differenceAmong,
  firstDifference,
  type Play,
  recordAll,
  type Session,
  withoutTotals,
} from '../support/transcript.ts'
import { SILENT, twins } from '../support/twins.ts'

/**
 * Whatever is secret, a learner gets the same: quizzes that differ in nothing public are taken by the same requests on
 * hosts with the same clock and randomness, and every byte that comes back is compared.
 */

describe('until release, no answer depends on what is secret', () => {
  it.each([
    { name: 'a deferred quiz', policy: { feedback: 'deferred' } },
    { name: 'a quiz without feedback', policy: { feedback: 'never' } },
    {
      name: 'a deferred quiz that shuffles its questions',
      policy: { feedback: 'deferred', shuffle: { questions: true } },
    },
    { name: 'a deferred quiz with a time limit', policy: { feedback: 'deferred', timeLimitSeconds: 600 } },
  ])('in $name, before it is finished', async ({ policy }) => {
    expect(await differenceAmong(twins(policy), async (session) => void (await untilTheEnd(session)))).toBeNull()
  })

  it('in a quiz that releases nothing, even when it is finished or taken in one call', async () => {
    expect(
      await differenceAmong(twins(SILENT), async (session) => {
        await end(await untilTheEnd(session))
        await submit(session)
        await submit(session, 'b')
      }),
    ).toBeNull()
  })

  it('in a quiz that releases nothing, even when its time is up', async () => {
    expect(
      await differenceAmong(twins({ ...SILENT, timeLimitSeconds: 600, graceSeconds: 5 }), async (session) => {
        const playing = await untilTheEnd(session)
        session.host.clock.now += 600_000
        await afterTheEnd(playing)
        await submit(session)
      }),
    ).toBeNull()
  })

  it('in a deferred quiz, after the deadline and within the grace', async () => {
    const policy = { feedback: 'deferred', timeLimitSeconds: 600, graceSeconds: 60 }
    expect(
      await differenceAmong(twins(policy), async (session) => {
        const playing = await begin(session)
        await answer(playing)
        session.host.clock.now += 660_000
        await answer(playing)
      }),
    ).toBeNull()
  })

  it.each([
    { name: 'one try', policy: {} },
    { name: 'three tries', policy: { tries: 3 } },
    { name: 'any number of tries and a time limit', policy: { tries: null, timeLimitSeconds: 600 } },
  ])('in a quiz with immediate feedback and $name, before the first answer', async ({ policy }) => {
    expect(
      await differenceAmong(twins(policy), async (session) => {
        await lookAround(session)
        await stumble(await begin(session))
      }),
    ).toBeNull()
  })

  it('when the quiz is restricted and staff start the attempt', async () => {
    expect(
      await differenceAmong(twins({ feedback: 'deferred' }, { access: 'restricted' }), async (session) => {
        const { send, quiz } = session
        await lookAround(session)
        const named = { token: ROOT_KEY, body: { learner: { id: 'l-1', name: 'L' } } }
        const { attempt, token } = await send('POST', `/v1/quizzes/${quiz}/attempts`, named)
        const playing = { ...session, attempt: attempt.id, token }
        await answer(playing)
        await send('POST', `/v1/quizzes/${quiz}/attempts`, named)
        await stumble(playing)
      }),
    ).toBeNull()
  })

  it('when the database fails', async () => {
    expect(
      await differenceAmong(twins({ feedback: 'deferred' }), async (session) => {
        const playing = await begin(session)
        const { faults } = session.host
        for (const choice of ['a', 'b', 'c', 'd']) {
          faults.before(1)
          await respond(playing, [{ question: 'single', response: { choice } }])
          faults.after(1)
          await respond(playing, [{ question: 'multiple', response: { choices: ['p', 't'] } }])
          await resume(playing)
        }
      }),
    ).toBeNull()
  })

  it('when staff publish and archive: ids and answers come from the injected randomness', async () => {
    expect(
      await differenceAmong(twins({}), async ({ send, quiz }) => {
        const path = `/v1/quizzes/${quiz}`
        await send('GET', `${path}/revisions`, { token: ROOT_KEY })
        await send('GET', path, { token: ROOT_KEY })
        await send('DELETE', path, { token: ROOT_KEY })
        await send('GET', path)
        await send('POST', `${path}/attempts`)
      }),
    ).toBeNull()
  })

  it('whatever is sent, in whatever order', async () => {
    const next = sequence(20_260_105)
    for (let round = 0; round < 5; round++) {
      const requests = Array.from({ length: 16 }, () => next())
      expect(
        await differenceAmong(twins(SILENT), async (session) => {
          const playing = await begin(session)
          for (const request of requests) await anyRequest(playing, request)
        }),
      ).toBeNull()
    }
  })
})

async function toTheEnd(session: Session): Promise<void> {
  await end(await untilTheEnd(session))
  await submit(session)
}

describe('what a quiz without feedback tells at its end', () => {
  it('is the total alone: everything else is independent of what is secret', async () => {
    const [first, ...others] = await recordAll(twins({ feedback: 'never' }), toTheEnd)
    for (const other of others) {
      expect(firstDifference(first!, other)).not.toBeNull()
      expect(firstDifference(withoutTotals(first!), withoutTotals(other))).toBeNull()
    }
  })
})

/** Differ in which of the options that are never chosen is right, and in the explanation. */
const alike = (policy: Json) => {
  const [document] = twins(policy)
  const questions = document!['questions'] as Json[]
  const change = (single: string, multiple: string) => ({
    ...document,
    questions: questions.map((question) => {
      const explanation = `${String(question['explanation'])} ${single.repeat(50)}`
      if (question['id'] === 'multiple') return { ...question, explanation, key: { choices: [...multiple] } }
      return question['id'] === 'truth' ? question : { ...question, explanation, key: { choice: single } }
    }),
  })
  return [change('b', 'pqr'), change('c', 'pqs'), change('d', 'pst')]
}
const during = ['verdict', 'score', 'feedback']
const wrongOnce: Play = async (session) => {
  const playing = await begin(session)
  const releases = ['single', 'multiple', 'fixed']
  const { send, attempt, token } = playing
  const path = `/v1/attempts/${attempt}`
  const sendResponses = (responses: Json[]) =>
    send('POST', `${path}/responses`, { token, body: { responses }, releases })
  const wrong = { question: 'single', response: { choice: 'a' } }
  const partly = { question: 'multiple', response: { choices: ['p'] } }
  await sendResponses([wrong])
  await sendResponses([partly])
  await sendResponses([wrong, partly])
  await sendResponses([wrong, { question: 'multiple', response: { choices: ['z'] } }])
  await send('GET', path, { token, releases })
  await send('HEAD', path, { token, releases })
}

describe('a wrong answer', () => {
  it('says no more than that it is wrong while tries remain: the feedback is on the option that was chosen', async () => {
    expect(await differenceAmong(alike({ tries: 3 }), wrongOnce)).toBeNull()
  })

  it('on the last try of a quiz that keeps the answer says no more, and other answers then say nothing', async () => {
    expect(
      await differenceAmong(alike({ tries: 1, review: { during, finished: during } }), async (session) => {
        await wrongOnce(session)
        const playing = await begin(session)
        const { send, attempt, token } = playing
        const releases = ['single', 'multiple']
        for (const choice of ['a', 'b', 'c', 'd']) {
          const responses = [{ question: 'single', response: { choice } }]
          await send('POST', `/v1/attempts/${attempt}/responses`, { token, body: { responses }, releases })
        }
        for (const choices of ['p', 'pqr', 'pqs', 'pst']) {
          const responses = [{ question: 'multiple', response: { choices: [...choices] } }]
          await send('POST', `/v1/attempts/${attempt}/responses`, { token, body: { responses }, releases })
        }
      }),
    ).toBeNull()
  })
})
