import { expect, it } from 'vitest'
import { EVENT_TYPES } from '../../src/webhooks/events.ts'
import { everythingTold } from '../support/everything-told.ts'
import { trueFalse } from '../support/quiz-document.ts'
import { describedEvents, faultsOf } from '../support/told.ts'

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
