import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, startFor } from '../support/actions.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument, trueFalse } from '../support/quiz-document.ts'
import { askForRegrade, publishAgain, regrade, staffView } from '../support/regrades.ts'
import { jsonUnder, readPage, tablesWith } from './page.ts'

/** The page on regrading says what is so: its numbers are what comes out. */

const PAGE = readPage('../regrading')
const under = (label: RegExp): any => {
  const found = PAGE.fences.find(({ label: { text } }) => label.test(text))
  return jsonUnder(PAGE, found!.label.text)
}
const SERVED = under(/option b was right:$/) as Json
const TARGET = under(/published now it says:$/) as Json
const REQUEST = under(/asks for a regrade:$/) as Json
const DRY = under(/is read there/) as Json
const CHANGE = under(/with its learner:$/) as Json
const [EXAMPLE] = tablesWith(PAGE, 'Ada: b')
const [RULES] = tablesWith(PAGE, 'when', 'rule')

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const everything = { releases: 'everything' } as const
const document = (first: Json) =>
  quizDocument({ access: 'restricted', questions: [first, trueFalse('other', { key: 'true' })] })

/** Who answered what, as the table's columns say. */
const LEARNERS = EXAMPLE!.columns.slice(1, -1).map((column) => {
  const [name, said] = column.split(': ')
  return { learner: name!.toLowerCase(), choice: said === 'nothing' ? null : said!, column }
})

async function played(target: Json) {
  const quiz = await publish(host, document(SERVED))
  const runs: Run[] = []
  for (const { learner, choice } of LEARNERS) {
    host.clock.now += 1
    const run = await startFor(host, quiz, learner)
    if (choice !== null) await run.respond('first', { choice }, everything)
    await run.respond('other', { choice: 'true' }, everything)
    await run.finish(everything)
    runs.push(run)
  }
  return { quiz, runs, revision: await publishAgain(host, quiz, document(target)) }
}

/** As the table writes it. */
async function standingOf({ id }: Run): Promise<string> {
  const { attempt } = await staffView(host, id)
  return `${attempt.score} of ${attempt.maxScore}${attempt.passed ? ', passed' : ''}`
}

describe('the example', () => {
  for (const row of EXAMPLE!.rows) {
    const rule = row['']!.text
    it(`comes to what stands in the row ${rule}`, async () => {
      const { quiz, runs, revision } = await played(TARGET)
      const done = await regrade(host, quiz, {
        ...REQUEST,
        revision,
        ...(rule === 'before' ? { dryRun: true } : { rule }),
      })
      expect(await Promise.all(runs.map(standingOf))).toEqual(LEARNERS.map(({ column }) => row[column]!.text))
      expect(String(rule === 'before' ? done.meanBefore : done.meanAfter)).toBe(row['mean']!.text)
    })
  }

  it('is of every rule that the page tells when to use', () => {
    const told = RULES!.rows.map(({ rule }) => rule!.codes[0])
    expect(EXAMPLE!.rows.map((row) => row['']!.text)).toEqual(['before', ...told])
  })

  it('is, as a dry run, what the page says of it', async () => {
    const { quiz, revision } = await played(TARGET)
    const { changes, ...job } = await regrade(host, quiz, { ...REQUEST, revision, dryRun: true })
    expect(job).toMatchObject(DRY)
    expect(changes[0]).toMatchObject(CHANGE)
  })
})

describe('an attempt in which nothing counts', () => {
  it('is passed, with 0 of 0 points', async () => {
    const { quiz, runs, revision } = await played(TARGET)
    await regrade(host, quiz, { revision, rule: 'drop-question' })
    expect(new Set(await Promise.all(runs.map(standingOf)))).toEqual(new Set(['0 of 0, passed']))
  })
})

describe('the map', () => {
  const { map } = under(/may not\.$/) as { map: { first: Record<string, string> } }

  it('says what became of an option and of the question, which is refused without it', async () => {
    const { c, first } = map.first
    const options = (TARGET['options'] as Json[]).map((option) =>
      option['id'] === 'c' ? { ...option, id: c } : option,
    )
    const target = { ...TARGET, id: first, options, key: { choice: c } }
    const { quiz, runs, revision } = await played(target)
    const request = { revision, rule: 'new-key', reason: 'Option c was right' }
    expect(problemOf(await askForRegrade(host, quiz, request))[0]).toBe(422)
    await regrade(host, quiz, { ...request, map })
    const newKey = EXAMPLE!.rows.find((row) => row['']!.text === 'new-key')!
    expect(await Promise.all(runs.map(standingOf))).toEqual(LEARNERS.map(({ column }) => newKey[column]!.text))
    expect((await runs[0]!.resume(everything)).body.results[0]).toMatchObject({
      question: 'first',
      answer: { choice: 'c' },
      explanation: { markdown: 'It is c.' },
    })
  })
})
