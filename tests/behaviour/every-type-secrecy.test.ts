import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start } from '../support/actions.ts'
import { findCanaries } from '../support/canaries.ts'
import { everyType } from '../support/every-type.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import type { Json } from '../support/quiz-document.ts'
import { secretsIn, secretsOf } from '../support/secrets.ts'
import { SPECIMENS } from '../support/specimens.ts'

/** Every secret of every type comes when it is released, and neither before nor beside it. */

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const STAFF = { token: ROOT_KEY, releases: 'everything' } as const
const ids = SPECIMENS.map(({ question }) => question)
const told = (question: string, ...places: readonly string[]) => secretsOf(question, '', ...places)

/** Words that belong to keys alone: no question has them, and no response. */
const KEY_WORDS = [
  'dependsOn',
  'answers',
  'wildcard',
  'pattern',
  'tolerance',
  'factor',
  'fraction',
  'weight',
  'normaliser',
  'maxEdits',
  'caseSensitive',
  'scoring',
  'method',
  'samples',
]
const keyWordsIn = (text: string) => KEY_WORDS.filter((word) => text.includes(`"${word}"`))

describe('a secret of any type', () => {
  it('would be found: staff read each of them in the document', async () => {
    const quiz = await publish(host, everyType())
    const [revision] = (await host.client.call('GET', `/v1/quizzes/${quiz}/revisions`, STAFF)).body.revisions
    const read = await host.client.call('GET', `/v1/quizzes/${quiz}/revisions/${revision.revision}`, STAFF)
    const sent = findCanaries(JSON.stringify(everyType())).map(({ question, place }) => `${question}: ${place}`)
    expect(secretsIn(read)).toEqual([...new Set(sent)].toSorted())
    expect(secretsIn(read)).toEqual(
      expect.arrayContaining([
        ...told('number', 'value', 'tolerance', 'min'),
        ...told('size', 'value', 'factor'),
        ...told('words', 'text', 'wildcard', 'pattern', 'sample', 'wrong-feedback'),
        ...told('cloze', 'text', 'pattern', 'value', 'kinds-k', 'pattern-feedback'),
        ...told('match', 'prompts-n', 'options-3'),
        ...told('essay', 'sample', 'half-sample'),
      ]),
    )
    expect(keyWordsIn(read.text)).toEqual(KEY_WORDS)
  })

  it('is nowhere before a question is answered', async () => {
    for (const policy of [{}, { tries: null }, { feedback: 'deferred' }, { feedback: 'never' }]) {
      const quiz = await publish(host, everyType(policy))
      const run = await start(host, quiz)
      const paths = ['', '/questions'].map((path) => `/v1/quizzes/${quiz}${path}`)
      const answers = [run.started, await run.resume()]
      for (const path of paths) answers.push(await host.client.call('GET', path))
      for (const answer of answers) {
        expect(secretsIn(answer)).toEqual([])
        expect(keyWordsIn(answer.text)).toEqual([])
      }
    }
  })

  it('is nowhere in a deferred quiz before it is finished, and at the end with what was answered', async () => {
    const run = await start(host, await publish(host, everyType({ feedback: 'deferred' })))
    for (const specimen of SPECIMENS) {
      for (const { response } of [specimen.wrong[0], specimen.right, specimen.partly]) {
        const saved = await run.respond(specimen.question, response)
        expect(secretsIn(saved)).toEqual([])
        expect(keyWordsIn(saved.text)).toEqual([])
      }
    }
    expect(secretsIn(await run.resume())).toEqual([])
    const everything = SPECIMENS.flatMap(({ question, partly, entries, answerSecrets }) =>
      told(question, 'partly', 'explanation', ...entries, ...answerSecrets, ...(partly.matched ?? [])),
    )
    for (const answer of [await run.finish({ releases: ids }), await run.resume({ releases: ids })]) {
      expect(secretsIn(answer)).toEqual(everything.toSorted())
      expect(keyWordsIn(answer.text)).toEqual([])
    }
  })

  it('is nowhere in a quiz without feedback: not at the end, and not in one call', async () => {
    const quiz = await publish(host, everyType({ feedback: 'never' }))
    for (const pick of ['right', 'partly'] as const) {
      const responses = SPECIMENS.map((specimen) => ({
        question: specimen.question,
        response: specimen[pick].response,
      }))
      const run = await start(host, quiz)
      await run.respondAll(responses)
      const submitted = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses } })
      for (const answer of [await run.finish(), await run.resume(), submitted]) {
        expect(secretsIn(answer)).toEqual([])
        expect(keyWordsIn(answer.text)).toEqual([])
        for (const result of answer.body.results) {
          expect(result).toMatchObject({ score: null, feedback: null, hint: null, explanation: null, answer: null })
        }
      }
    }
  })

  it('comes to staff with the attempt, whatever the policy: answer and explanation, and words on what was sent', async () => {
    const run = await start(host, await publish(host, everyType({ feedback: 'never' })))
    await run.respond('words', { text: 'vm' })
    const seen = await host.client.call('GET', `/v1/attempts/${run.id}`, STAFF)
    const answers = new Map<string, Json>(seen.body.results.map((result: Json) => [result['question'], result]))
    for (const { question, answer } of SPECIMENS) expect(answers.get(question)).toMatchObject({ answer })
    expect(secretsIn(seen)).toEqual(expect.arrayContaining(told('words', 'incorrect', 'explanation', 'text')))
    expect(secretsIn(seen)).not.toContain('words: sample')
  })
})

describe.each(SPECIMENS)('of $question', ({ question, right, partly, wrong, entries, answerSecrets }) => {
  const releases = [question]
  const atTheClose = ['explanation', ...entries, ...answerSecrets]

  it('the hints come one a try while it is open, and everything else when it is answered right', async () => {
    const run = await start(host, await publish(host, everyType({ tries: 4 })))
    const sent = async (response: Json) => secretsIn(await run.respond(question, response, { releases }))
    expect(await sent(wrong[0].response)).toEqual(told(question, 'incorrect', 'hint-1'))
    expect(await sent(partly.response)).toEqual(told(question, 'partly', 'hint-2'))
    expect(await sent(wrong[1].response)).toEqual(told(question, 'incorrect'))
    const all = told(question, 'correct', ...atTheClose, ...(right.matched ?? []))
    expect(await sent(right.response)).toEqual(all)
    expect(secretsIn(await run.resume({ releases }))).toEqual(all)
    // An earlier try, sent again: the word is on the answer that it was graded by.
    const again = (specimen: typeof partly, verdict: string) =>
      told(question, verdict, ...atTheClose, ...(specimen.matched ?? []))
    expect(await sent(wrong[0].response)).toEqual(again(wrong[0], 'incorrect'))
    expect(await sent(partly.response)).toEqual(again(partly, 'partly'))
    expect(await sent(wrong[1].response)).toEqual(again(wrong[1], 'incorrect'))
  })

  it('everything comes with the last try, whatever it earns', async () => {
    const quiz = await publish(host, everyType())
    for (const [specimen, verdict] of [
      [wrong[0], 'incorrect'],
      [wrong[1], 'incorrect'],
      [partly, 'partly'],
    ] as const) {
      const run = await start(host, quiz)
      const closed = await run.respond(question, specimen.response, { releases })
      expect(secretsIn(closed)).toEqual(told(question, verdict, ...atTheClose, ...(specimen.matched ?? [])))
      const refused = await run.respond(question, right.response, { releases })
      expect(refused.status).toBe(409)
      expect(secretsIn(refused)).toEqual(secretsIn(closed))
    }
  })

  it('only what the review names comes', async () => {
    for (const [items, places] of [
      [['verdict', 'score'], []],
      [
        ['verdict', 'feedback'],
        ['incorrect', ...entries, ...(wrong[0].matched ?? [])],
      ],
      [['verdict', 'explanation'], ['explanation']],
      [['verdict', 'answer'], answerSecrets],
    ] as const) {
      const review = { during: items, finished: items }
      const run = await start(host, await publish(host, everyType({ review })))
      const closed = await run.respond(question, wrong[0].response, { releases })
      expect(secretsIn(closed)).toEqual(told(question, ...places))
      expect(secretsIn(await run.finish({ releases }))).toEqual(told(question, ...places))
    }
  })
})
