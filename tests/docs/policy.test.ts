import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/content/parse-document.ts'
import { split } from '../../src/content/split.ts'
import type { AttemptEvent } from '../../src/grading/log.ts'
import { type AuthoredPolicy, completePolicy, REVIEW_ITEMS } from '../../src/grading/policy.ts'
import { type Outcome, replay } from '../../src/grading/replay.ts'
import { passedOf } from '../../src/services/_attempt-view.ts'
import { type Json, quizDocument, trueFalse } from '../support/quiz-document.ts'
import { type Cell, readPage, tablesWith } from './page.ts'

/** The page of policies says what is so: its fields, its defaults, and every number on it. */

const PAGE = readPage('policy', 'docs')
const source = readFileSync('docs/policy.md', 'utf8')
const rowsOf = (...columns: string[]) => {
  const [table, ...others] = tablesWith(PAGE, ...columns)
  if (!table || others.length > 0) throw new Error(`Expected one table with ${columns.join(', ')}.`)
  return table.rows
}
const codeOf = (cell: Cell | undefined) => cell!.codes[0]!
const policyIn = (cell: Cell | undefined) => JSON.parse(codeOf(cell)) as AuthoredPolicy

/** Plays requests, each of several responses, and gives what the attempt has come to after each. */
function play(document: Json, requests: readonly Json[][]): { outcomes: Outcome[]; passed: boolean | null } {
  const parsed = parseDocument(document)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  const { quiz, answerKey } = split(parsed.value)
  const log = requests.map(
    (responses, index) =>
      ({
        seq: index + 1,
        id: `e${index}`,
        at: index,
        type: 'responded',
        body: { responses },
      }) as unknown as AttemptEvent,
  )
  const start = { id: 'att_page', startedAt: 0, deadline: null }
  const outcomes = log.map((_, index) => replay(start, quiz, answerKey, log.slice(0, index + 1)))
  return { outcomes, passed: passedOf(quiz, outcomes.at(-1)!) }
}

const pointsAfter = (document: Json, requests: readonly Json[][]) =>
  play(document, requests).outcomes.map(({ questions }) => String(questions[0]!.score / 1000))

/** A question of so many points with an option for each try, `o0`, `o1` …, that earns this share of them. */
function weighed(shares: readonly string[], points = 12): Json {
  const all = [...shares, '1']
  return {
    id: 'q',
    section: 'one',
    type: 'single-choice',
    points,
    prompt: 'Which?',
    explanation: 'Because.',
    options: all.map((_, index) => ({ id: `o${index}`, text: `Option ${index}` })),
    key: { weights: Object.fromEntries(all.map((share, index) => [`o${index}`, share])) },
  }
}

/** A matching of four prompts, of each of which `right` is right. */
const FOUR: Json = {
  id: 'q',
  section: 'one',
  type: 'matching',
  points: 12,
  prompt: 'Which?',
  explanation: 'Because.',
  prompts: [...'klmn'].map((id) => ({ id, text: id })),
  options: ['right', 'wrong', 'other', 'another'].map((id) => ({ id, text: id })),
  key: { pairs: { k: 'right', l: 'right', m: 'right', n: 'right' } },
}

describe('the fields', () => {
  const rows = rowsOf('field', 'default')

  it('are all there are, with the defaults that they have', () => {
    const defaults = completePolicy({})
    expect(rows.map((row) => codeOf(row['field']))).toEqual(expect.arrayContaining(Object.keys(defaults)))
    expect(rows).toHaveLength(Object.keys(defaults).length)
    const written = rows.map((row) => [codeOf(row['field']), row['default']!] as const)
    const { review: _, ...simple } = defaults
    const told = written
      .filter(([field]) => field !== 'review')
      .map(([field, cell]) => [field, JSON.parse(codeOf(cell))])
    expect(Object.fromEntries(told)).toEqual(simple)
    expect(Object.fromEntries(written)['review']!.text).toBe('what feedback says')
  })

  it('have sections behind their links', () => {
    const headings = [...source.matchAll(/^## (.*)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replaceAll(/[^a-z ]/g, '')
        .replaceAll(' ', '-'),
    )
    const links = PAGE.links.filter((link) => link.startsWith('#'))
    expect(links.length).toBeGreaterThan(7)
    for (const link of links) expect(headings).toContain(link.slice(1))
  })

  it('are linked from the README and from what authors read', () => {
    for (const [page, link] of [
      ['README.md', 'docs/policy.md'],
      ['docs/authoring.md', 'policy.md'],
    ] as const) {
      expect(readFileSync(page, 'utf8')).toContain(`](${link})`)
      expect(existsSync('docs/policy.md')).toBe(true)
    }
  })
})

describe('what is shown when', () => {
  it('has every item', () => {
    expect(rowsOf('item', 'shows').map((row) => codeOf(row['item']))).toEqual([...REVIEW_ITEMS])
  })

  it.each(rowsOf('feedback', 'during').map((row) => [codeOf(row['feedback']), row] as const))(
    'is what %s says',
    (feedback, row) => {
      const { review } = completePolicy({ feedback } as AuthoredPolicy)
      expect({
        during: row['during']!.codes,
        finished: row['finished']!.codes,
        closed: row['closed']!.codes,
      }).toEqual(review)
    },
  )
})

describe('what several tries come to', () => {
  const whole = rowsOf('policy', 'tries', 'points')
  it.each(whole.map((row) => [codeOf(row['policy']), row['tries']!.text, row['points']!.text, row] as const))(
    '%s: %s come to %s',
    (_policy, _tries, _points, row) => {
      const { codes: tries } = row['tries']!
      const document = quizDocument({ policy: policyIn(row['policy']), questions: [weighed(tries)] })
      const requests = tries.map((_, index) => [{ question: 'q', response: { choice: `o${index}` } }])
      expect(pointsAfter(document, requests)).toEqual(row['points']!.codes)
    },
  )

  const parts = rowsOf('policy', 'parts', 'points')
  it.each(parts.map((row) => [codeOf(row['policy']), row['parts']!.text, row['points']!.text, row] as const))(
    '%s: %s come to %s',
    (_policy, _parts, _points, row) => {
      const document = quizDocument({ policy: policyIn(row['policy']), questions: [FOUR] })
      const wrong = ['wrong', 'other', 'another']
      const requests = row['parts']!.codes.map((bits, attempt) => {
        const pairs = [...bits].map((bit, index) => ['klmn'[index]!, bit === '1' ? 'right' : wrong[attempt]!])
        return [{ question: 'q', response: { pairs: Object.fromEntries(pairs) as Json } }]
      })
      expect(pointsAfter(document, requests)).toEqual(row['points']!.codes)
    },
  )

  it('has an example of every rule', () => {
    const named = rowsOf('retryScoring', 'as in').map((row) => codeOf(row['retryScoring']))
    const shown = [...whole, ...parts].map((row) => policyIn(row['policy']).retryScoring ?? 'last')
    expect(new Set(named)).toEqual(new Set(['last', 'best', 'declining', 'per-part']))
    expect(new Set(shown)).toEqual(new Set(named))
  })
})

/** Questions of 1 point that are answered with certainty 3, the first ones wrong and with these certainties. */
const sure = (count: number, wrong: readonly number[]) => {
  const ids = Array.from({ length: count }, (_, index) => `q${index}`)
  const document = quizDocument({ policy: { certainty: true }, questions: ids.map((id) => trueFalse(id)) })
  const responses = ids.map((question, index) => ({
    question,
    response: { choice: index < wrong.length ? 'false' : 'true' },
    certainty: wrong[index] ?? 3,
  }))
  const { outcomes, passed } = play(document, [responses])
  const sum = outcomes[0]!.questions.reduce((total, { score }) => total + score, 0)
  return { score: outcomes[0]!.score / 1000, sum: sum / 1000, passed }
}

describe('certainty', () => {
  it('earns what the table says', () => {
    for (const row of rowsOf('certainty', 'half right')) {
      const shares = { right: '1', 'half right': '1/2', wrong: '0' }
      for (const [column, share] of Object.entries(shares)) {
        const document = quizDocument({ policy: { certainty: true }, questions: [weighed([share], 1)] })
        const certainty = Number(row['certainty']!.text)
        const requests = [[{ question: 'q', response: { choice: 'o0' }, certainty }]]
        expect([column, ...pointsAfter(document, requests)]).toEqual([column, codeOf(row[column])])
      }
    }
  })

  it('comes to the totals of the example', () => {
    for (const row of rowsOf('certainty of the wrong one', 'score')) {
      const { score, passed } = sure(4, [Number(row['certainty of the wrong one']!.text)])
      expect([String(score), String(passed)]).toEqual([codeOf(row['score']), codeOf(row['passed at 0.7'])])
    }
    const { sum, score } = sure(5, [3, 3])
    expect(source).toContain(`the last is \`${sum}\`, and the attempt's score \`${score}\``)
  })
})

describe('what is refused', () => {
  it.each(rowsOf('policy', 'where').map((row) => [codeOf(row['policy']), codeOf(row['where'])]))(
    '%s at %s',
    (policy, where) => {
      const parsed = parseDocument(quizDocument({ policy: JSON.parse(policy) }))
      expect(parsed.ok ? [] : parsed.issues.map(({ path }) => path.slice(1).join('.'))).toEqual([where])
    },
  )

  it('is nothing else on the page', () => {
    const policies = PAGE.fences.filter(({ text }) => !text.includes('"question"')).map(({ text }) => text)
    expect(policies).toHaveLength(2)
    for (const text of policies) {
      const sections = ['linux', 'networks'].map((id) => ({ id, title: id }))
      const questions = ['a', 'b', 'c', 'd'].map((id) => trueFalse(id, { section: id < 'c' ? 'linux' : 'networks' }))
      const parsed = parseDocument(quizDocument({ sections, questions, policy: JSON.parse(text) }))
      expect(parsed.ok ? [] : parsed.issues).toEqual([])
    }
  })
})
