import { describe, expect, it } from 'vitest'
import { alike, WRONG_AND_HALF } from '../support/every-type-alike.ts'
import { stumbleOnEveryType } from '../support/every-type-play.ts'
import { everyTypeTwins } from '../support/every-type-twins.ts'
import { START } from '../support/host.ts'
import {
  afterTheEnd,
  answer,
  begin,
  end,
  lookAround,
  type Playing,
  respond,
  resume,
  stumble,
  submit,
} from '../support/play.ts'
import { answerEveryTypeSurely, answerSurely, leaveBlank, submitSurely } from '../support/policy-play.ts'
import type { Json } from '../support/quiz-document.ts'
import { differenceAmong, firstDifference, recordAll, type Session, withoutTotals } from '../support/transcript.ts'
import { SILENT, twins } from '../support/twins.ts'

/** Non-interference where a policy asks for certainty, draws, or counts tries otherwise: see `non-interference.test.ts`. */

async function untilTheEnd(session: Session): Promise<Playing> {
  await lookAround(session)
  const playing = await begin(session)
  await stumble(playing)
  await answerSurely(playing)
  await answer(playing)
  session.host.clock.now += 60_000
  return playing
}

const CERTAINTY = { certainty: true, feedback: 'deferred' }
const SILENTLY_SURE = { certainty: true, ...SILENT }

describe('where a learner says how certain an answer is, no answer depends on what is secret', () => {
  it.each([
    { name: 'a deferred quiz', policy: CERTAINTY },
    { name: 'a quiz without feedback', policy: { certainty: true, feedback: 'never', shuffle: { questions: true } } },
    { name: 'a deferred quiz that does not ask', policy: { feedback: 'deferred' } },
  ])('in $name, before it is finished', async ({ policy }) => {
    expect(await differenceAmong(twins(policy), async (session) => void (await untilTheEnd(session)))).toBeNull()
  })

  it('in a quiz that releases nothing, even when it is finished or taken in one call', async () => {
    expect(
      await differenceAmong(twins(SILENTLY_SURE), async (session) => {
        const playing = await untilTheEnd(session)
        await end(playing)
        await answerSurely(playing)
        await submitSurely(session)
      }),
    ).toBeNull()
  })

  it('of any type', async () => {
    expect(
      await differenceAmong(everyTypeTwins(SILENTLY_SURE), async (session) => {
        const playing = await begin(session)
        await answerEveryTypeSurely(playing)
        await end(playing)
        await answerEveryTypeSurely(playing)
      }),
    ).toBeNull()
  })

  it('and where the total alone is told, it is the total alone', async () => {
    const [first, ...others] = await recordAll(twins({ certainty: true, feedback: 'never' }), async (session) => {
      await end(await untilTheEnd(session))
      await submitSurely(session)
    })
    for (const other of others) {
      expect(firstDifference(first!, other)).not.toBeNull()
      expect(firstDifference(withoutTotals(first!), withoutTotals(other))).toBeNull()
    }
  })
})

/** Questions of a section that is drawn from are worth the same. */
const ofEqualPoints = (documents: readonly Json[]): Json[] =>
  documents.map((document) => ({
    ...document,
    questions: (document['questions'] as Json[]).map((question) => ({ ...question, points: 2 })),
  }))

/** The same with the author's order of the questions turned, which a shuffle takes away. */
const inAnyOrder = (documents: readonly Json[]): Json[] =>
  documents.map((document, index) => {
    const questions = document['questions'] as Json[]
    return { ...document, questions: [...questions.slice(index), ...questions.slice(0, index)] }
  })

describe('where questions are drawn, which ones come says nothing of what is secret', () => {
  it.each([1, 3])('%i of four, to the end of a quiz that releases nothing', async (count) => {
    const documents = ofEqualPoints(twins({ draw: { one: count }, ...SILENT }))
    expect(
      await differenceAmong(documents, async (session) => {
        for (let round = 0; round < 2; round++) await end(await untilTheEnd(session))
        await submit(session)
      }),
    ).toBeNull()
  })

  it('nor of the order in which the author has them, where the policy shuffles', async () => {
    const policy = { draw: { one: 3 }, feedback: 'deferred', shuffle: { questions: true } }
    const documents = inAnyOrder(ofEqualPoints(twins(policy)))
    expect(await differenceAmong(documents, async (session) => void (await untilTheEnd(session)))).toBeNull()
  })

  it('with certainty, and of any type', async () => {
    const documents = ofEqualPoints(everyTypeTwins({ draw: { one: 9 }, ...SILENTLY_SURE }))
    expect(
      await differenceAmong(documents, async (session) => {
        for (let round = 0; round < 2; round++) {
          const { questions } = await session.send('POST', `/v1/quizzes/${session.quiz}/attempts`)
          expect(questions).toHaveLength(9)
          const playing = await begin(session)
          await answerEveryTypeSurely(playing)
          await end(playing)
        }
      }),
    ).toBeNull()
  })
})

const NINE = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2]
const RETRIES: Json[] = [
  { tries: 9, penalty: 0.1 },
  { tries: 9, penalty: 0.1, retryScoring: 'best' },
  { retryScoring: 'declining', tryPoints: NINE },
  { tries: 9, penalty: 0.1, retryScoring: 'per-part' },
]

describe('however tries are scored', () => {
  it.each(RETRIES)('no answer depends on what is secret before the first response that counts: %o', async (policy) => {
    expect(
      await differenceAmong(everyTypeTwins(policy), async (session) => {
        await lookAround(session)
        await stumbleOnEveryType(await begin(session))
      }),
    ).toBeNull()
  })

  it('a blank says nothing where it is no try: not before a response, and not in a request that is refused', async () => {
    expect(
      await differenceAmong(everyTypeTwins({ tries: 3, retryScoring: 'best' }), async (session) => {
        await lookAround(session)
        const playing = await begin(session)
        await leaveBlank(playing)
        await stumbleOnEveryType(playing)
        await leaveBlank(playing)
      }),
    ).toBeNull()
  })

  it.each(RETRIES)('a response says what it earns, and not which answer of the key it met: %o', async (policy) => {
    const statuses: string[] = []
    const documents = alike().map((document) => ({ ...document, policy }))
    expect(
      await differenceAmong(documents, async (session) => {
        const playing = await begin(session)
        for (const round of [0, 1, 0, 1] as const) {
          const responses = Object.entries(WRONG_AND_HALF).map(([question, sent]) => ({
            question,
            response: sent[round],
          }))
          const { results } = await respond(playing, responses)
          statuses.push(...results.map(({ status }: { status: string }) => status))
          await leaveBlank(playing)
        }
        await resume(playing)
      }),
    ).toBeNull()
    expect(new Set(statuses)).toEqual(new Set(['incorrect', 'partially-correct']))
  })
})

describe('where a quiz closes', () => {
  const closesAt = new Date(START + 3_600_000).toISOString()
  const afterIt = START + 3_600_000 + 61_000

  async function play(session: Session, closed: boolean): Promise<void> {
    const playing = await begin(session)
    await answer(playing)
    await end(playing)
    await submit(session)
    session.host.clock.now = closed ? afterIt : afterIt - 1001
    await resume(playing)
    await afterTheEnd(playing)
    await session.send('POST', `/v1/attempts/${playing.attempt}/finish`, { token: playing.token })
  }

  it('nothing that its review keeps for the close is told by what comes before', async () => {
    const review = { during: [], finished: [], closed: ['verdict', 'score', 'feedback', 'explanation', 'answer'] }
    const documents = twins({ review, closesAt, graceSeconds: 60 })
    expect(await differenceAmong(documents, (session) => play(session, false))).toBeNull()
    // The client itself objects to what comes then.
    await expect(differenceAmong(documents, (session) => play(session, true))).rejects.toThrow('too early')
  })

  it('nothing is told by its close where that releases nothing', async () => {
    const documents = twins({ ...SILENT, closesAt, graceSeconds: 60 })
    expect(await differenceAmong(documents, (session) => play(session, true))).toBeNull()
  })
})
