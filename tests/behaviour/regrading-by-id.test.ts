import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { everyType } from '../support/every-type.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import type { Json } from '../support/quiz-document.ts'
import { askForRegrade, publishAgain, regrade } from '../support/regrades.ts'
import { logOf } from '../support/rows.ts'
import { SPECIMENS } from '../support/specimens.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const everything = { releases: 'everything' } as const
const LISTS = ['options', 'items', 'prompts', 'blanks']

/** Another name for everything that has one. */
const renamed = (id: string) => `new-${id}`

function renamedEntries(list: readonly Json[]): Json[] {
  return list.map((entry) => ({ ...renamedLists(entry), id: renamed(String(entry['id'])) }))
}

function renamedLists(holder: Json): Json {
  return Object.fromEntries(
    Object.entries(holder).map(([name, value]) => [
      name,
      LISTS.includes(name) ? renamedEntries(value as Json[]) : value,
    ]),
  )
}

function renamedKey(key: Json): Json {
  const inNames = (record: unknown, value: (each: any) => unknown) =>
    Object.fromEntries(Object.entries(record as Json).map(([id, each]) => [renamed(id), value(each)]))
  const all = (ids: string[]) => ids.map(renamed)
  const change: Record<string, (value: any) => unknown> = {
    choice: renamed,
    choices: all,
    order: all,
    dependsOn: (record) => inNames(record, all),
    pairs: (record) => inNames(record, renamed),
    weights: (record) => inNames(record, (weight: unknown) => weight),
    units: (record) => inNames(record, (factor: unknown) => factor),
    blanks: (record) => inNames(record, renamedKey),
  }
  return Object.fromEntries(Object.entries(key).map(([name, value]) => [name, change[name]?.(value) ?? value]))
}

function renamedQuestion(question: Json): Json {
  // What is true and what is false has no other name.
  if (question['type'] === 'true-false') return question
  return {
    ...renamedLists(question),
    prompt: String(question['prompt']).replaceAll(/\{\{(\w+)\}\}/g, (_, id: string) => `{{${renamed(id)}}}`),
    key: renamedKey(question['key'] as Json),
    ...(question['units'] !== undefined && { units: (question['units'] as string[]).map(renamed) }),
  }
}

function namesIn(question: Json): string[] {
  const lists = LISTS.flatMap((name) => (question[name] ?? []) as Json[])
  return [
    ...lists.flatMap((entry) => [String(entry['id']), ...namesIn(entry)]),
    ...((question['units'] ?? []) as string[]),
  ]
}

const questions = everyType()['questions'] as Json[]
const withIds = (change: (question: Json) => Json, rename = false) =>
  questions.map((question) => ({
    ...change(question),
    ...(rename && { id: renamed(String(question['id'])) }),
  }))
const mapOf = (rename = false) =>
  Object.fromEntries(
    questions.map((question) => {
      const id = String(question['id'])
      const names = question['type'] === 'true-false' ? [] : namesIn(question)
      return [id, Object.fromEntries([...names, ...(rename ? [id] : [])].map((name) => [name, renamed(name)]))]
    }),
  )

const FIRST = [
  { question: 'single', response: { choice: 'b' } },
  { question: 'multiple', response: { choices: ['p', 'q', 's'] } },
  { question: 'truth', response: { choice: 'false' } },
  { question: 'essay', response: { text: 'It depends.' } },
]

/** An attempt with a right answer to each question, one with partly right ones, one with wrong ones. */
async function played(policy: Json = {}) {
  const quiz = await publish(host, everyType(policy))
  const runs: Run[] = []
  for (const kind of ['right', 'partly', 'wrong'] as const) {
    const run = await start(host, quiz)
    const responses = SPECIMENS.map((specimen) => ({
      question: specimen.question,
      response: (kind === 'wrong' ? specimen.wrong[0] : specimen[kind]).response,
    }))
    await run.respondAll([...FIRST, ...responses], everything)
    await run.finish(everything)
    runs.push(run)
  }
  return { quiz, runs }
}

const resultsOf = (runs: readonly Run[]) =>
  Promise.all(
    runs.map(async (run) => {
      const { attempt, results } = (await run.resume(everything)).body
      return { score: attempt.score, passed: attempt.passed, questions: attempt.questions, results }
    }),
  )

describe('a version in which everything of every type has another name', () => {
  for (const both of [false, true]) {
    it(`${both ? 'the questions as well, ' : ''}grades and explains as before, in the names that were served`, async () => {
      const { quiz, runs } = await played()
      const before = await resultsOf(runs)
      const revision = await publishAgain(host, quiz, everyType({}, { questions: withIds(renamedQuestion, both) }))
      const done = await regrade(host, quiz, { revision, map: mapOf(both) })
      expect(done).toMatchObject({ attempts: 3, regraded: 3, changes: [], becamePassed: 0, becameFailed: 0 })
      expect(await resultsOf(runs)).toEqual(before)
    })
  }

  it('is refused without a map, name by name, and decided by rules that need none', async () => {
    const { quiz } = await played()
    const revision = await publishAgain(host, quiz, everyType({}, { questions: withIds(renamedQuestion) }))
    const [status, code, ...errors] = problemOf(await askForRegrade(host, quiz, { revision }))
    expect([status, code]).toEqual([422, 'invalid-input'])
    const named = new Set(errors.map((error) => String(error).split(' ')[0]))
    for (const name of [
      '/map/single/a',
      '/map/single',
      '/map/multiple/t',
      '/map/order/w',
      '/map/match/l',
      '/map/size/kB',
    ]) {
      expect(named).toContain(name)
    }
    const done = await regrade(host, quiz, { revision, rule: 'full-credit' })
    expect(done.changes.map(({ after }: Json) => after)).toEqual(
      [33, 33, 33].map((score) => ({ score, maxScore: 33, passed: true })),
    )
  })
})

const reversed = (question: Json): Json =>
  Object.fromEntries(
    Object.entries(question).map(([name, value]) => [
      name,
      ['options', 'items', 'prompts'].includes(name) ? (value as Json[]).toReversed() : value,
    ]),
  )

describe('a version that is in another order', () => {
  it('changes nothing, and so is no event', async () => {
    const { quiz, runs } = await played()
    const before = await resultsOf(runs)
    const revision = await publishAgain(host, quiz, everyType({}, { questions: withIds(reversed).toReversed() }))
    expect(await regrade(host, quiz, { revision })).toMatchObject({ attempts: 3, regraded: 0, changes: [] })
    expect(await resultsOf(runs)).toEqual(before)
    expect((await logOf(host.deps.db, runs[0]!.id)).map(({ type }) => type)).toEqual(['responded', 'finished'])
  })
})
