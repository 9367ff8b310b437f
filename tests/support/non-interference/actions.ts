import * as fc from 'fast-check'
import { nearMisses } from '../../grading/arbitrary-questions.ts'
import { BOUNDLESS_NUMBERS, NO_OBJECTS, NO_REQUEST_KEYS, NO_TEXTS, NOT_JSON } from '../hostile-bodies.ts'
import { type Playing } from '../play.ts'
import type { Json } from '../quiz-document.ts'
import type { TwinQuiz } from './twin-quiz.ts'

/** One thing that a learner does, well-meaning or not. */
export interface Action {
  readonly what:
    | 'look'
    | 'start'
    | 'switch'
    | 'respond'
    | 'raw'
    | 'resume'
    | 'finish'
    | 'submit'
    | 'wait'
    | 'stale'
    | 'intrude'
  readonly number?: number
  readonly responses?: readonly unknown[]
  readonly raw?: string | Uint8Array<ArrayBuffer>
  readonly key?: string
}

export interface Offered {
  /** Whether responses count at all before the end. */
  readonly answers: boolean
  readonly ends: boolean
}

const SECRETS = ['a', 'b', 'c'].map((letter) => letter.repeat(24))
const key = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constantFrom(...SECRETS) },
  { weight: 1, arbitrary: fc.constantFrom(...NO_REQUEST_KEYS) },
)
const CERTAINTIES: readonly unknown[] = [1, 2, 3, 3]
const NO_CERTAINTIES: readonly unknown[] = [0, 4, '2', null, 1.5]
const RAW = [...NOT_JSON.map(([, raw]) => raw), ...NO_OBJECTS].concat(
  NO_TEXTS.map((text) => `{"responses":[{"question":"q-0","response":{"text":"${text}"}}]}`),
  BOUNDLESS_NUMBERS.map((number) => `{"responses":[{"question":"q-0","response":{"number":${number}}}]}`),
)

/** Most say how certain they are where they are asked, and nothing where they are not. */
function answersTo({ questions, documents }: TwinQuiz): fc.Arbitrary<Json[]> {
  const asks = Object(documents[0]['policy'])['certainty'] === true
  const certainty = fc.oneof(
    { weight: 12, arbitrary: asks ? fc.constantFrom(undefined, ...CERTAINTIES) : fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...CERTAINTIES, ...NO_CERTAINTIES) },
  )
  return fc
    .subarray([...questions], { minLength: 1 })
    .chain((some) =>
      fc.tuple(
        ...some.map(({ id, responses }) =>
          fc
            .record({ question: fc.constant(id), response: fc.constantFrom(...responses), certainty })
            .map(({ certainty: sure, ...rest }) => (sure === undefined ? rest : { ...rest, certainty: sure })),
        ),
      ),
    )
}

/** Of which one is malformed, so that nothing counts: what is left of a response to none, or to one that is not there. */
function malformedAnswers(quiz: TwinQuiz): fc.Arbitrary<unknown[]> {
  const absent = { question: 'q-9', response: { choice: 'a' } }
  return answersTo(quiz).chain(([first, ...others]) =>
    nearMisses(first).map((broken) => [
      broken,
      ...others.filter((each) => each['question'] !== first!['question']),
      absent,
    ]),
  )
}

export function actionsFor(quiz: TwinQuiz, { answers, ends }: Offered): fc.Arbitrary<Action[]> {
  const action = (what: Action['what'], rest: fc.Arbitrary<Omit<Action, 'what'>> = fc.constant({})) =>
    rest.map((each) => ({ what, ...each }))
  const responses = malformedAnswers(quiz)
  const some = [
    { weight: 3, arbitrary: action('respond', fc.record({ responses, key })) },
    {
      weight: 2,
      arbitrary: action(
        'raw',
        fc.constantFrom(...RAW).map((raw) => ({ raw })),
      ),
    },
    { weight: 1, arbitrary: action('look') },
    { weight: 1, arbitrary: action('start', fc.record({ key })) },
    {
      weight: 1,
      arbitrary: action(
        'switch',
        fc.nat(3).map((number) => ({ number })),
      ),
    },
    { weight: 2, arbitrary: action('resume') },
    { weight: 1, arbitrary: action('stale') },
    { weight: 1, arbitrary: action('intrude') },
    {
      weight: 1,
      arbitrary: action(
        'wait',
        fc.integer({ min: 1, max: ends ? 4000 : 25 }).map((number) => ({ number })),
      ),
    },
  ]
  if (answers) some.push({ weight: 12, arbitrary: action('respond', fc.record({ responses: answersTo(quiz), key })) })
  if (ends) {
    some.push({ weight: 1, arbitrary: action('finish') })
    some.push({ weight: 1, arbitrary: action('submit', fc.record({ responses: answersTo(quiz), key })) })
  }
  return fc.array(fc.oneof(...some), { minLength: 6, maxLength: 16 })
}

/** The attempts of a session: the first is there from the start. */
export interface Attempts {
  readonly all: Playing[]
  current: number
  /** The first token of all. */
  readonly stale: string
}

const JSON_TYPE = { 'Content-Type': 'application/json' }
/** What the quizzes hold is no canary. */
export async function act(
  attempts: Attempts,
  { what, number = 0, responses, raw, key: secret }: Action,
): Promise<void> {
  const playing = attempts.all[attempts.current]!
  const { send, quiz, attempt, token, host } = playing
  const path = `/v1/attempts/${attempt}`
  const headers: Record<string, string> = secret === undefined ? {} : { 'Idempotency-Key': secret }
  if (what === 'look') for (const suffix of ['', '/questions']) await send('GET', `/v1/quizzes/${quiz}${suffix}`)
  if (what === 'wait') host.clock.now += number * 1000
  if (what === 'switch') attempts.current = number % attempts.all.length
  if (what === 'start') {
    const body = await send('POST', `/v1/quizzes/${quiz}/attempts`, { headers })
    if (body.token) attempts.all.push({ ...playing, attempt: body.attempt.id, token: body.token })
  }
  if (what === 'respond') {
    const body = await send('POST', `${path}/responses`, { token, headers, body: { responses } })
    playing.token = body?.token ?? token
  }
  if (what === 'raw') await send('POST', `${path}/responses`, { token, rawBody: raw!, headers: JSON_TYPE })
  if (what === 'resume') {
    await send('HEAD', path, { token })
    await send('GET', path, { token })
  }
  if (what === 'finish') await send('POST', `${path}/finish`, { token })
  if (what === 'submit') await send('POST', `/v1/quizzes/${quiz}/submissions`, { headers, body: { responses } })
  if (what === 'stale') await send('GET', `/v1/attempts/${attempts.all[0]!.attempt}`, { token: attempts.stale })
  if (what === 'intrude')
    await send('POST', `${path}/responses`, { token: attempts.all.at(-1)!.token, body: { responses: [] } })
}
