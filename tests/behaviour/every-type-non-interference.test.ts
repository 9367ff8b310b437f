import { describe, expect, it } from 'vitest'
import { alike, WRONG_AND_HALF } from '../support/every-type-alike.ts'
import { answerEveryType, MALFORMED, stumbleOnEveryType, submitEveryType } from '../support/every-type-play.ts'
import { everyTypeTwins, TWIN_QUESTIONS } from '../support/every-type-twins.ts'
import { afterTheEnd, begin, end, lookAround, respond, resume } from '../support/play.ts'
import type { Json } from '../support/quiz-document.ts'
import {
  differenceAmong,
  firstDifference,
  type Play,
  recordAll,
  type Session,
  withoutTotals,
} from '../support/transcript.ts'
import { SILENT } from '../support/twins.ts'

/** Non-interference for every type and every scoring method: see `non-interference.test.ts`. */

async function untilTheEnd(session: Session) {
  await lookAround(session)
  const playing = await begin(session)
  await answerEveryType(playing)
  await resume(playing)
  return playing
}

describe('until release, no answer depends on what is secret, whatever the type and the method', () => {
  it.each([
    { name: 'a deferred quiz', policy: { feedback: 'deferred' } },
    { name: 'a quiz without feedback', policy: { feedback: 'never', shuffle: { questions: true } } },
    { name: 'a deferred quiz with a time limit', policy: { feedback: 'deferred', timeLimitSeconds: 600 } },
  ])('in $name, before it is finished', async ({ policy }) => {
    expect(
      await differenceAmong(everyTypeTwins(policy), async (session) => void (await untilTheEnd(session))),
    ).toBeNull()
  })

  it('where the order of the author is kept, but for items and for the options of a matching', async () => {
    const documents = everyTypeTwins({ feedback: 'deferred', shuffle: { options: false } }).map((document) => ({
      ...document,
      questions: (document['questions'] as Json[])
        .filter(({ id }) => TWIN_QUESTIONS.includes(id as string))
        .map((question) => ({ ...question, shuffle: false })),
    }))
    expect(await differenceAmong(documents, async (session) => void (await untilTheEnd(session)))).toBeNull()
  })

  it('in a quiz that releases nothing, even when it is finished or taken in one call', async () => {
    expect(
      await differenceAmong(everyTypeTwins(SILENT), async (session) => {
        const playing = await untilTheEnd(session)
        await end(playing)
        await answerEveryType(playing)
        for (const round of [0, 1, 2, 3]) await submitEveryType(session, round)
      }),
    ).toBeNull()
  })

  it('in a quiz that releases nothing, even when its time is up', async () => {
    expect(
      await differenceAmong(everyTypeTwins({ ...SILENT, timeLimitSeconds: 600 }), async (session) => {
        const playing = await untilTheEnd(session)
        session.host.clock.now += 600_001
        await answerEveryType(playing)
        await afterTheEnd(playing)
      }),
    ).toBeNull()
  })

  it('in a quiz with immediate feedback, before the first answer that counts', async () => {
    expect(
      await differenceAmong(everyTypeTwins({ tries: 3 }), async (session) => {
        await lookAround(session)
        await stumbleOnEveryType(await begin(session))
      }),
    ).toBeNull()
  })
})

describe('a malformed response', () => {
  it('of any type is the same 422 whatever is right, before an answer and beside one', async () => {
    const transcripts = await recordAll(everyTypeTwins({ feedback: 'deferred' }), async (session) => {
      const playing = await begin(session)
      await stumbleOnEveryType(playing)
      await answerEveryType(playing)
      await stumbleOnEveryType(playing)
      await resume(playing)
    })
    const [first, ...others] = transcripts
    for (const other of others) expect(firstDifference(first!, other)).toBeNull()
    const statuses = first!.exchanges
      .filter(({ request }) => request.endsWith('/responses'))
      .map(({ status }) => status)
    const count = Object.values(MALFORMED).flat().length
    expect(statuses.slice(0, count)).toEqual(Array.from({ length: count }, () => 422))
    expect(statuses.slice(-count)).toEqual(Array.from({ length: count }, () => 422))
    expect(new Set(statuses.slice(count, -count))).toEqual(new Set([200]))
  })
})

describe('what a quiz without feedback tells at its end', () => {
  it('is the total alone, whatever the type and the method', async () => {
    const [first, ...others] = await recordAll(everyTypeTwins({ feedback: 'never' }), async (session) => {
      await end(await untilTheEnd(session))
      await submitEveryType(session, 0)
    })
    for (const other of others) {
      expect(firstDifference(first!, other)).not.toBeNull()
      expect(firstDifference(withoutTotals(first!), withoutTotals(other))).toBeNull()
    }
  })
})

describe('while tries remain', () => {
  it('a response says what it earns: not which answer of the key it met, and nothing of any entry', async () => {
    const statuses: unknown[] = []
    const play: Play = async (session) => {
      const playing = await begin(session)
      for (const round of [0, 1, 0, 1] as const) {
        const responses = Object.entries(WRONG_AND_HALF).map(([question, sent]) => ({
          question,
          response: sent[round],
        }))
        const { results } = await respond(playing, responses)
        statuses.push(...results.map(({ status }: Json) => status))
      }
      for (const text of ['It depends.', ' ']) await respond(playing, [{ question: 'essay', response: { text } }])
      await resume(playing)
    }
    expect(await differenceAmong(alike(), play)).toBeNull()
    const [incorrect, half] = ['incorrect', 'partially-correct'].map((status) =>
      Object.keys(WRONG_AND_HALF).map(() => status),
    )
    // Two rounds, each sent twice, to each of the two quizzes.
    const rounds = [...incorrect!, ...half!, ...incorrect!, ...half!]
    expect(statuses).toEqual([...rounds, ...rounds])
  })
})
