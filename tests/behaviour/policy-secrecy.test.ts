import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start } from '../support/actions.ts'
import { everyType } from '../support/every-type.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { secretsIn, secretsOf } from '../support/secrets.ts'
import { SPECIMENS } from '../support/specimens.ts'

/** Every secret comes when it is released, and neither before nor beside it, however tries are counted and scored. */

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const ids = SPECIMENS.map(({ question }) => question)
const told = (question: string, ...places: readonly string[]) => secretsOf(question, '', ...places)
const all = (places: (specimen: (typeof SPECIMENS)[number]) => readonly string[]) =>
  SPECIMENS.flatMap((specimen) => told(specimen.question, ...places(specimen))).toSorted()
const responses = (of: (specimen: (typeof SPECIMENS)[number]) => Json): Json[] =>
  SPECIMENS.map((specimen) => ({ question: specimen.question, response: of(specimen) }))

/** Wrong and not blank, which would be no try where the best one counts. */
const NOT_BLANK: Json = { match: { pairs: { n: '3' } }, words: { text: 'else' }, cloze: { blanks: { tool: 'else' } } }
const wrongAgain = ({ question, wrong }: (typeof SPECIMENS)[number]) =>
  (NOT_BLANK[question] ?? wrong[1].response) as Json

const BLANKS: Json[] = [
  { question: 'match', response: { pairs: {} } },
  { question: 'words', response: { text: ' ' } },
  { question: 'cloze', response: { blanks: {} } },
  { question: 'multiple', response: { choices: [] } },
]

describe.each<Json>([
  { tries: 4, penalty: 0.25, retryScoring: 'best' },
  { tries: 4, penalty: 0.25, retryScoring: 'per-part' },
  { retryScoring: 'declining', tryPoints: [1, 0.5, 0.25, 0] },
])('with %o', (policy) => {
  it('nothing comes before a response that counts, one hint after each wrong try, and the rest at the close', async () => {
    const run = await start(host, await publish(host, everyType(policy)))
    expect(secretsIn(run.started)).toEqual([])
    expect(secretsIn(await run.resume())).toEqual([])
    const send = async (of: (specimen: (typeof SPECIMENS)[number]) => Json) =>
      secretsIn(await run.respondAll(responses(of), { releases: ids }))
    expect(await send(({ wrong: [first] }) => first.response)).toEqual(all(() => ['incorrect', 'hint-1']))
    expect(await send(({ partly }) => partly.response)).toEqual(all(() => ['partly', 'hint-2']))
    expect(await send(wrongAgain)).toEqual(all(() => ['incorrect']))
    const closed = all(({ entries, answerSecrets, right }) => [
      'correct',
      'explanation',
      ...entries,
      ...answerSecrets,
      ...(right.matched ?? []),
    ])
    expect(await send(({ right }) => right.response)).toEqual(closed)
    expect(secretsIn(await run.resume({ releases: ids }))).toEqual(closed)
  })
})

describe('a blank that is no try', () => {
  it('brings no secret before a try, and after one no more than the try did', async () => {
    const policy = { tries: 4, retryScoring: 'best' }
    const run = await start(host, await publish(host, everyType(policy)))
    expect(secretsIn(await run.respondAll(BLANKS))).toEqual([])
    const sent = await run.respond('words', { text: 'something else' }, { releases: ['words'] })
    expect(secretsIn(sent)).toEqual(told('words', 'incorrect', 'hint-1'))
    for (let time = 0; time < 3; time++) {
      expect(secretsIn(await run.respondAll(BLANKS, { releases: ['words'] }))).toEqual(secretsIn(sent))
    }
    // It left the question unanswered, and unanswered questions keep their answers.
    expect(
      secretsIn(await run.finish({ releases: ['words'] })).filter((secret) => !secret.startsWith('words')),
    ).toEqual([])
  })
})

describe('with certainty', () => {
  it.each([1, 2, 3])('of %i nothing comes before the finish of a deferred quiz', async (certainty) => {
    const run = await start(host, await publish(host, everyType({ certainty: true, feedback: 'deferred' })))
    for (const of of [
      (specimen: (typeof SPECIMENS)[number]) => specimen.wrong[0].response,
      (specimen: (typeof SPECIMENS)[number]) => specimen.right.response,
    ]) {
      const sent = responses(of).map((response) => ({ ...response, certainty }))
      expect(secretsIn(await run.respondAll(sent))).toEqual([])
    }
    expect(secretsIn(await run.resume())).toEqual([])
    const closed = all(({ entries, answerSecrets, right }) => [
      'correct',
      'explanation',
      ...entries,
      ...answerSecrets,
      ...(right.matched ?? []),
    ])
    expect(secretsIn(await run.finish({ releases: ids }))).toEqual(closed)
  })
})

describe('a question that was not drawn', () => {
  it('brings no secret to anyone with the attempt, not even where unanswered questions are reviewed', async () => {
    const names = ['q1', 'q2', 'q3', 'q4', 'q5']
    const everything = ['verdict', 'score', 'feedback', 'explanation', 'answer', 'unanswered']
    const policy = { draw: { one: 2 }, feedback: 'deferred', review: { finished: everything } }
    const document = quizDocument({ questions: names.map((id) => singleChoice(id)), policy })
    const run = await start(host, await publish(host, document))
    const held: string[] = run.started.body.questions.map(({ id }: Json) => id)
    expect(held).toHaveLength(2)
    await run.respond(held[0]!, { choice: 'a' })
    const staff = { token: ROOT_KEY, releases: 'everything' } as const
    const answers = [
      await run.finish({ releases: held }),
      await run.resume({ releases: held }),
      await run.resume(staff),
    ]
    for (const answer of answers) {
      expect(new Set(secretsIn(answer).map((secret) => secret.split(':')[0]))).toEqual(new Set(held))
    }
  })
})
