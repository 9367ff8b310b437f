import { expect, it } from 'vitest'
import { publish, type Run, startFor } from '../support/actions.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { quizDocument, secrets, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { publishAgain, regrade } from '../support/regrades.ts'
import { STAFF } from '../support/staff-words.ts'
import { describedEvents, faultsOf, listen, receiver, type Told } from '../support/told.ts'
import { EVENT_TYPES } from '../../src/webhooks/events.ts'

const everything = { releases: 'everything' } as const
const essay = { id: 'essay', section: 'one', type: 'essay', points: 1, prompt: 'Why?', key: {}, ...secrets('essay') }
const restricted = (...questions: object[]) => quizDocument({ access: 'restricted', questions })

/** Everything that there is to tell: in one quiz all that can happen, told to one receiver. */
async function everythingTold(): Promise<{ told: Told[]; host: TestHost; run: Run; webhook: string }> {
  const { told, outgoing } = receiver()
  const host = await createHost({ outgoing })
  await emptyDatabase(host.deps.db)
  const { id: webhook } = await listen(host)
  const quiz = await publish(host, restricted(singleChoice('single', { key: 'a' }), essay))
  const learner = { learner: { id: 'ada', name: 'Ada' }, metadata: { course: '42' } }
  const run = await startFor(host, quiz, 'ada', { token: ROOT_KEY, body: learner })
  await run.respond('single', { choice: 'b' }, everything)
  await run.respond('essay', { text: 'Because.' }, everything)
  await run.finish(everything)
  const grade = { question: 'essay', score: 1 }
  await host.client.call('POST', `/v1/attempts/${run.id}/grades`, { ...STAFF, body: grade })
  const override = { score: 2, reason: 'A gift.' }
  await host.client.call('POST', `/v1/attempts/${run.id}/overrides`, { ...STAFF, body: override })
  await host.client.call('POST', `/v1/attempts/${run.id}/overrides`, { ...STAFF, body: { ...override, score: null } })
  const revision = await publishAgain(host, quiz, restricted(singleChoice('single', { key: 'b' }), essay))
  await regrade(host, quiz, { revision })
  await host.client.call('POST', `/v1/webhooks/${webhook}/test`, STAFF)
  await host.idle()
  return { told, host, run, webhook }
}

it('the API description has every event, and a body of each matches its schema', async () => {
  expect(describedEvents).toEqual(EVENT_TYPES)
  const { told } = await everythingTold()
  expect(told.flatMap(({ text }) => faultsOf(text))).toEqual([])
  expect([...new Set(told.map(({ type }) => type))].toSorted()).toEqual([...EVENT_TYPES].toSorted())
})

it('a body says how the attempt stood then, and whoever keeps the highest seq ends with how it stands', async () => {
  const { told, run } = await everythingTold()
  const about = told.filter(({ data }) => data.attempt === run.id).toSorted((a, b) => a.data.seq - b.data.seq)
  expect(about.map(({ type, data }) => [type, data.seq, data.score ?? null, data.passed ?? null])).toEqual([
    ['attempt.started', 0, null, null],
    ['attempt.finished', 3, 0, null],
    ['attempt.graded', 4, 1, false],
    ['attempt.graded', 5, 2, true],
    ['attempt.passed', 5, 2, true],
    ['attempt.graded', 6, 1, false],
    ['attempt.regraded', 7, 2, true],
  ])
  expect(about.at(-1)!.data).toMatchObject({ passedBefore: false, learner: { id: 'ada', name: 'Ada' } })
  expect(about.every(({ data }) => data.metadata.course === '42')).toBe(true)
})

it('a check of a body tells of a member too many, one too few, and a secret', async () => {
  const { told } = await everythingTold()
  const { text } = told.find(({ type }) => type === 'attempt.finished')!
  const body = JSON.parse(text) as { data: object }
  const change = (more: object) => JSON.stringify({ ...body, data: { ...body.data, ...more } })
  expect(faultsOf(change({}))).toEqual([])
  expect(faultsOf(change({ answer: 'b' }))).toHaveLength(1)
  expect(faultsOf(change({ seq: undefined }))).toHaveLength(1)
  expect(faultsOf(change({ finishReason: trueFalse('single')['explanation'] })).length).toBeGreaterThan(1)
})
