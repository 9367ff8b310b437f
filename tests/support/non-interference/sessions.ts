import * as fc from 'fast-check'
import type { SigningJwks } from '../../../src/tokens/key-set.ts'
import { savingPolicies, tryingPolicies } from '../arbitrary-policy.ts'
import { alike, WRONG_AND_HALF } from '../every-type-alike.ts'
import { START } from '../host.ts'
import type { Json } from '../quiz-document.ts'
import { firstDifference, record, type Session, type Transcript, withoutTotals } from '../transcript.ts'
import { SILENT } from '../twins.ts'
import { act, type Action, actionsFor, type Attempts, type Offered } from './actions.ts'
import { type TwinQuiz, twinQuizzes } from './twin-quiz.ts'

/** Two quizzes, and what is done with both: nothing that comes back may differ, but for totals where those are released. */
export interface TwinSession {
  readonly kind: string
  readonly quiz: TwinQuiz
  readonly actions: readonly Action[]
  readonly tellsTotals: boolean
}

/** A quiz that closes long after the session; its review says nothing before. */
const CLOSING = {
  review: { during: [], finished: [], closed: ['verdict', 'score', 'feedback', 'explanation', 'answer', 'unanswered'] },
  closesAt: new Date(START + 30 * 86_400_000).toISOString(),
}

interface Kind extends Offered {
  readonly policies: fc.Arbitrary<Json>
  readonly tellsTotals?: boolean
}

const KINDS: Readonly<Record<string, Kind>> = {
  'nothing is ever told': { policies: savingPolicies(SILENT), answers: true, ends: true },
  'all is told at the close': { policies: savingPolicies(CLOSING), answers: true, ends: true },
  'all is told at the end, which does not come': {
    policies: savingPolicies({ feedback: 'deferred' }),
    answers: true,
    ends: false,
  },
  'totals are told at the end': {
    policies: savingPolicies({ feedback: 'never' }),
    answers: true,
    ends: true,
    tellsTotals: true,
  },
  'verdicts are told at once, and nothing counts': { policies: tryingPolicies(), answers: false, ends: false },
}

const ALIKE = 'verdicts are told at once, and are the same'
export const KINDS_OF_SESSIONS: readonly string[] = [...Object.keys(KINDS), ALIKE]

const generated = fc
  .constantFrom(...Object.entries(KINDS))
  .chain(([kind, { policies, tellsTotals = false, ...offered }]) =>
    policies.chain(twinQuizzes).chain((quiz) =>
      fc.record({
        kind: fc.constant(kind),
        quiz: fc.constant(quiz),
        actions: actionsFor(quiz, offered),
        tellsTotals: fc.constant(tellsTotals),
      }),
    ),
  )

/** A response is told to be wrong or half right, which it is in both: and not why. Two tries a question stay below any limit. */
const alikeQuestions = Object.entries(WRONG_AND_HALF).map(([id, responses]) => ({ id, responses }))
const plainTries = {
  tries: fc.constantFrom(3, 9, null),
  penalty: fc.constantFrom(0, 0.1, 1),
  retryScoring: fc.constantFrom('last', 'best', 'per-part'),
}
const alikePolicies = fc.oneof(
  fc.record(plainTries, { requiredKeys: ['tries'], noNullPrototype: true }),
  fc.constantFrom(
    { retryScoring: 'declining', tryPoints: [1, 0.5, 0.2] },
    { tries: 9, review: { during: ['verdict'] } },
    { tries: 9, review: { during: ['verdict', 'score', 'feedback'] } },
  ),
)
const alikeSessions = alikePolicies.chain((policy) => {
  const [one, other] = alike().map((document) => ({ ...document, policy }))
  const quiz: TwinQuiz = { documents: [one!, other!], questions: alikeQuestions }
  return actionsFor(quiz, { answers: true, ends: false }).map((actions) => ({
    kind: ALIKE,
    quiz,
    actions,
    tellsTotals: false,
  }))
})

const sessions: fc.Arbitrary<TwinSession> = fc.oneof(
  { weight: 5, arbitrary: generated },
  { weight: 1, arbitrary: alikeSessions },
)

/** The session of a number: the same whenever it is asked for. */
export function sessionOf(number: number): TwinSession {
  return fc.sample(sessions, { seed: number, numRuns: 1 })[0]!
}

export interface Compared {
  readonly kind: string
  readonly requests: number
  /** How many responses counted. */
  readonly saved: number
  readonly difference: string | null
}

export async function compare(
  { kind, quiz, actions, tellsTotals }: TwinSession,
  signingKeys: SigningJwks,
): Promise<Compared> {
  const play = async (session: Session) => {
    const started = await session.send('POST', `/v1/quizzes/${session.quiz}/attempts`)
    if (!started.token) throw new Error(`A quiz of the session was not taken: ${JSON.stringify(started)}`)
    const first = { ...session, attempt: started.attempt.id, token: started.token }
    const attempts: Attempts = { all: [first], current: 0, stale: started.token }
    for (const action of actions) await act(attempts, action)
  }
  const [document, twin] = quiz.documents
  const seen = (transcript: Transcript) => (tellsTotals ? withoutTotals(transcript) : transcript)
  const one = await record(document, signingKeys, play)
  const other = await record(twin, signingKeys, play)
  const { exchanges } = one
  return {
    kind,
    requests: exchanges.length + other.exchanges.length,
    saved: exchanges.filter(({ request, status }) => request.endsWith('/responses') && status === 200).length,
    difference: firstDifference(seen(one), seen(other)),
  }
}
