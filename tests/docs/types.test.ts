import { toJsonSchema } from '@valibot/to-json-schema'
import { existsSync, readdirSync } from 'node:fs'
import { parse as parseYaml, stringify as toYaml } from 'yaml'
import { beforeAll, describe, expect, it } from 'vitest'
import { readQuiz } from '../../src/bank/read-quiz.ts'
import { parse } from '../../src/grading/issue.ts'
import { Scoring } from '../../src/grading/scoring/registry.ts'
import { questionType, questionTypes } from '../../src/grading/types/registry.ts'
import { earned } from '../grading/earned.ts'
import { publish, start } from '../support/actions.ts'
import type { Answer } from '../support/client.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import type { Json } from '../support/quiz-document.ts'
import { type Cell, FOLDER, jsonUnder, type Page, readPage, type Table, tablesWith } from './page.ts'

/** The pages of the question types say what is so: everything on them that a machine can read is run. */

const README = readPage('README')
const TYPES = questionTypes.map(({ type }) => type)
const PAGES = TYPES.map((type) => {
  const page = readPage(type)
  return {
    type,
    page,
    question: jsonUnder(page, 'In a quiz document:') as Json & { key: Json },
    served: jsonUnder(page, 'As learners get it:') as Json,
    sent: jsonUnder(page, 'A response:') as { question: string; response: unknown },
    result: jsonUnder(page, 'Its result:') as Json,
  }
})

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const uniqueSorted = (names: readonly string[]) => [...new Set(names)].toSorted()

/** A method as the pages write it: by its name, or with parameters. */
function toScoring({ codes: [code] }: Cell): { method: string } | undefined {
  if (code === undefined) return undefined
  return code.startsWith('{') ? (JSON.parse(code) as { method: string }) : { method: code }
}

/** What a cell claims: the fraction at its end. */
const claimed = ({ text }: Cell) => /(?:pending|\d+(?:\/\d+)?)$/.exec(text)?.[0]

const entries = (ids: string) => [...ids].map((id) => ({ id, text: id }))

const methodsIn = (tables: readonly Table[]) =>
  uniqueSorted(tables.flatMap(({ rows }) => rows.flatMap(({ method }) => toScoring(method!)?.method ?? [])))

/** The smallest quiz that has a question. */
function quizOf(question: Json): Json {
  const section = { id: question['section'], title: 'A section' }
  return { title: 'A quiz', access: 'public', sections: [section], questions: [question] }
}

/** What a page says is refused, with the codes. */
function refused(page: Page, what: 'response' | 'key'): (readonly [json: string, codes: readonly string[]])[] {
  return tablesWith(page, what, 'code').flatMap(({ rows }) =>
    rows.map((row) => [row[what]!.codes[0]!, row['code']!.codes] as const),
  )
}

const codesOf = ({ body }: Answer) => uniqueSorted((body.errors ?? []).map(({ code }: { code: string }) => code))

/** A quiz folder with the question of a page, some of its front matter replaced. */
async function read({ page, question }: (typeof PAGES)[number], change: Json = {}) {
  const { text, label } = page.fences.find(({ language }) => language === 'markdown')!
  const [, front, body] = /^---\n(.*?)^---\n(.*)$/ms.exec(text)!
  const markdown = `---\n${toYaml({ ...parseYaml(front!), ...change })}---\n${body}`
  const section = String(question['section'])
  const head = toYaml({ title: 'A quiz', access: 'public', sections: [{ id: section, title: section }], policy: {} })
  const quiz = await readQuiz('quiz', [
    { path: 'quiz/quiz.yaml', text: head },
    {
      path: `quiz/${label.codes.find((code) => code.endsWith('.md'))}`,
      text: Object.keys(change).length > 0 ? markdown : `${text}\n`,
    },
  ])
  // Explanations that do justice to a question would be most of the page.
  expect(quiz.findings.filter(({ code }) => code !== 'explanation-length')).toEqual([])
  return (quiz.document['questions'] as Json[])[0]!
}

describe.each(PAGES)('the page of $type', (on) => {
  const { type, page, question, served, sent, result } = on

  it('shows the question that its Markdown becomes', async () => {
    expect(question['type']).toBe(type)
    expect(await read(on)).toEqual(question)
  })

  it('has front matter that makes another key, where it shows any', async () => {
    for (const { text } of page.fences.filter(({ language }) => language === 'yaml')) {
      const { key } = await read(on, parseYaml(text) as Json)
      expect(key).not.toEqual(question.key)
    }
  })

  it('shows what learners get, the result of the response, and what is a duplicate of it', async () => {
    const quiz = await publish(host, quizOf(question))
    const { body } = await host.client.call('GET', `/v1/quizzes/${quiz}/questions`)
    expect(body.questions).toEqual([served])
    const run = await start(host, quiz)
    const answered = await run.respondAll([sent])
    expect(answered.body.results).toEqual([result])
    const again = page.duplicates.map((response) => JSON.parse(response) as unknown)
    expect(again.length).toBeGreaterThan(0)
    for (const response of again) {
      const { results } = (await run.respond(sent.question, response)).body
      expect(results).toEqual([{ ...result, duplicate: true }])
    }
  })

  const examples = tablesWith(page, 'method', 'earns').flatMap(({ rows }) => rows)

  it.each(examples.map((row) => [row['method']!.text, row['response']?.text ?? 'as above', row['earns']!.text, row]))(
    'scores %s: %s earns %s',
    (_method, _response, _earns, row) => {
      const [other, key] = [row['question']?.codes[0], row['key']?.codes[0]]
      const content = other === undefined ? question : (JSON.parse(other) as typeof question)
      const example = {
        content,
        key: key === undefined ? content.key : JSON.parse(key),
        scoring: toScoring(row['method']!)!,
        response: row['response'] ? JSON.parse(row['response'].codes[0]!) : sent.response,
      }
      expect(earned(type, example)).toBe(row['earns']!.text)
    },
  )

  const accepting = tablesWith(page, 'accepted', 'not accepted').flatMap(({ rows }) => rows)

  it.each(accepting.map((row) => [Object.values(row)[0]!.text, row]))('accepts what it says by %s', (written, row) => {
    const key = row['answer'] ? { answers: [JSON.parse(written)] } : JSON.parse(written)
    const member = type === 'numeric' ? 'number' : 'text'
    const earnedBy = (code: string) => earned(type, { key, response: { [member]: JSON.parse(code) } })
    const [accepted, others] = [row['accepted']!.codes, row['not accepted']!.codes]
    expect(accepted.map((code) => [code, earnedBy(code)])).toEqual(accepted.map((code) => [code, '1']))
    expect(others.map((code) => [code, earnedBy(code)])).toEqual(others.map((code) => [code, '0']))
    expect(accepted.length * others.length).toBeGreaterThan(0)
  })

  it('refuses the responses and keys that it says, with these codes', async () => {
    const quiz = await publish(host, quizOf(question))
    const run = await start(host, quiz)
    const responses = refused(page, 'response')
    const keys = refused(page, 'key')
    expect(responses.length * keys.length).toBeGreaterThan(0)
    for (const [response, codes] of responses) {
      const answer = await run.respond(sent.question, JSON.parse(response))
      expect([response, answer.status, codesOf(answer)]).toEqual([response, 422, codes])
    }
    for (const [key, codes] of keys) {
      const body = quizOf({ ...question, key: JSON.parse(key) })
      const answer = await host.client.call('PUT', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, body })
      expect([key, answer.status, codesOf(answer)]).toEqual([key, 422, codes])
    }
  })

  it('explains every method that fits, with a worked example', () => {
    const inScoring = page.tables.filter(
      ({ headings, columns }) => headings.includes('Scoring') && columns[0] === 'method',
    )
    const fitting = uniqueSorted(keysOf(type).flatMap((key) => questionType(type).methods(key)))
    expect(methodsIn(inScoring)).toEqual(fitting)
    expect(methodsIn(tablesWith(page, 'method', 'earns'))).toEqual(fitting)
  })
})

/** The rows of the table of types: a row without a type goes on with the one above. */
const rowsByType = new Map<string, Readonly<Record<string, Cell>>[]>()
for (const row of tablesWith(README, 'type', 'key').flatMap(({ rows }) => rows)) {
  const [type] = row['type']!.codes
  if (type !== undefined) rowsByType.set(type, [])
  ;[...rowsByType.values()].at(-1)!.push(row)
}

/** A key of every kind that a type takes. */
function keysOf(type: string): unknown[] {
  return (rowsByType.get(type) ?? []).map((row) => {
    const key = parse(questionType(type).key, JSON.parse(row['key']!.codes[0]!))
    if (!key.ok) throw new Error(`Not a key of ${type}: ${JSON.stringify(key.issues)}`)
    return key.value
  })
}

describe('the table of types', () => {
  it('has every type, a page for each, and no other page', () => {
    expect([...rowsByType.keys()]).toEqual(TYPES)
    expect(readdirSync(FOLDER).toSorted()).toEqual(['README.md', ...TYPES.map((type) => `${type}.md`)].toSorted())
    for (const link of [README, ...PAGES.map(({ page }) => page)].flatMap(({ links }) => links)) {
      expect(existsSync(`${FOLDER}/${link}`), link).toBe(true)
    }
  })

  it.each(TYPES)('shows a response of %s, keys, and the methods that fit them, the default first', (type) => {
    const rows = rowsByType.get(type)!
    expect(parse(questionType(type).response, JSON.parse(rows[0]!['response']!.codes[0]!)).ok).toBe(true)
    expect(rows.map((row) => Object.values(row).at(-1)!.codes)).toEqual(
      keysOf(type).map((key) => questionType(type).methods(key)),
    )
  })
})

describe('the tables of methods', () => {
  const methodTables = README.tables.filter(({ columns }) => columns[0] === 'method')
  const under = (heading: string) =>
    methodTables.filter(({ headings }) => headings.includes(heading)).flatMap(({ rows }) => rows)

  it('have the methods of the registry, and no other', () => {
    const schema = toJsonSchema(Scoring) as { anyOf?: any[]; oneOf?: any[] }
    const registered = (schema.oneOf ?? schema.anyOf)!.map(({ properties }) => properties.method.const as string)
    expect(methodsIn(methodTables)).toEqual(uniqueSorted(registered))
  })

  it('say what a blank and what everything earns, of five options of which two are right', () => {
    const weights = { a: '1/2', b: '1/2', c: '-1/4', d: '-1/4', e: '-1/4' }
    for (const row of under('Options')) {
      const scoring = toScoring(row['method']!)!
      const key = scoring.method === 'option-weights' ? { weights } : { choices: ['a', 'b'] }
      const by = (picks: string) =>
        earned('multiple-choice', {
          content: { options: entries('abcde') },
          key,
          scoring,
          response: { choices: [...picks] },
        })
      expect([scoring, by(''), by('abcde')]).toEqual([scoring, claimed(row['a blank']!), claimed(row['everything']!)])
    }
  })

  it('say what the reverse order of five items earns', () => {
    for (const row of under('Items in order')) {
      const scoring = toScoring(row['method']!)!
      const [key, response] = [{ order: [...'abcde'] }, { order: [...'edcba'] }]
      const reverse = earned('ordering', { content: { items: entries('abcde') }, key, scoring, response })
      expect([scoring, reverse]).toEqual([scoring, claimed(row['the reverse']!)])
    }
  })

  it('say what a blank earns of parts', () => {
    const content = { prompts: entries('pq'), options: entries('ab') }
    for (const row of under('Parts')) {
      const scoring = toScoring(row['method']!)!
      const blank = earned('matching', {
        content,
        key: { pairs: { p: 'a', q: 'b' } },
        scoring,
        response: { pairs: {} },
      })
      expect([scoring, blank]).toEqual([scoring, claimed(row['a blank']!)])
    }
  })
})
