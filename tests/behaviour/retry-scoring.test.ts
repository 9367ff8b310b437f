import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { canary } from '../support/canaries.ts'
import { essay, matching } from '../support/every-type.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { type Json, multipleChoice, quizDocument, secrets, singleChoice } from '../support/quiz-document.ts'
import { attemptRow } from '../support/rows.ts'

/** What several tries at a question come to, on every surface that tells it. Worked out by hand. */

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const STAFF = { token: ROOT_KEY, releases: 'everything' } as const

const gaps = (id: string): Json => ({
  id,
  section: 'one',
  type: 'cloze',
  points: 4,
  prompt: 'With {{tool}} you run {{many}} of the {{kind}} kind.',
  blanks: [
    { id: 'tool', type: 'short-text' },
    { id: 'many', type: 'numeric' },
    { id: 'kind', type: 'short-text' },
  ],
  key: {
    blanks: {
      tool: { answers: [{ text: 'docker' }, { text: 'podman', fraction: 0.5 }], weight: 2 },
      many: { answers: [{ value: 5 }] },
      kind: { answers: [{ text: 'small' }] },
    },
  },
  ...secrets(id),
})

async function take(question: Json, policy: Json): Promise<Run> {
  return start(host, await publish(host, quizDocument({ questions: [question], policy })))
}

const choices = (...ids: string[]) => ids.map((picked) => ({ choices: [...picked] }))
const pairs = (n: string, l: string, m: string) => ({ pairs: { n, l, m } })
const blanks = (tool: string, many: string, kind: string) => ({ blanks: { tool, many, kind } })

type Row = [name: string, question: Json, policy: Json, tries: Json[], scores: number[]]

/** Of multiple-choice every right pick of three is a third, and every wrong one takes one away. Worth three points. */
const rows: Row[] = [
  [
    'last: the last try, also when it is worse',
    multipleChoice('q'),
    { tries: 4, penalty: 0.1 },
    choices('pq', 'p', 'pqr'),
    // 2, then 1 less a tenth of 3, then 3 less two tenths.
    [2, 0.7, 2.4],
  ],
  [
    'best: a worse try changes nothing, a better one counts less its penalty',
    multipleChoice('q'),
    { retryScoring: 'best', tries: 4, penalty: 0.1 },
    choices('p', 's', 'pq', 'pqr'),
    // 1, 1, 2 less two tenths of 3, 3 less three tenths.
    [1, 1, 1.4, 2.1],
  ],
  [
    'best: a right answer that comes late is worth less than half of one that came early',
    multipleChoice('q'),
    { retryScoring: 'best', tries: null, penalty: 0.25 },
    choices('pq', 's', 't', 'pqr'),
    [2, 2, 2, 2],
  ],
  [
    'declining: what is bettered, at the rate of the try',
    multipleChoice('q'),
    { retryScoring: 'declining', tryPoints: [1, 0.5, 0.25] },
    choices('p', 'pq', 'pqr'),
    [1, 1.5, 1.75],
  ],
  [
    'declining: a worse try takes nothing, and its rate is gone',
    multipleChoice('q'),
    { retryScoring: 'declining', tryPoints: [1, 0.5, 0.25] },
    choices('pq', 's', 'pqr'),
    [2, 2, 2.25],
  ],
  [
    'declining: rates may begin below one',
    singleChoice('q', { points: 10, ids: 'abcd' }),
    { retryScoring: 'declining', tryPoints: [0.9, 0.7, 0.3] },
    [{ choice: 'a' }, { choice: 'c' }, { choice: 'b' }],
    [0, 0, 3],
  ],
  [
    'per-part: prompts that were right at once keep everything',
    matching('q'),
    { retryScoring: 'per-part', tries: 3, penalty: 0.25 },
    [pairs('2', '1', '1'), pairs('2', '4', '1'), pairs('2', '4', '2')],
    [1, 1.75, 2.25],
  ],
  [
    'per-part: two stems of four on the second try leave ten of twelve marks, as in Moodle',
    matching('q', {
      points: 12,
      prompts: [...'klmn'].map((id) => ({ id, text: id })),
      options: [...'12'].map((id) => ({ id, text: id })),
      key: { pairs: { k: '1', l: '2', m: '2', n: '1' } },
    }),
    { retryScoring: 'per-part', tries: 3, penalty: 0.333333 },
    [{ pairs: { k: '1', l: '1', m: '1', n: '1' } }, { pairs: { k: '1', l: '2', m: '2', n: '1' } }],
    [6, 10],
  ],
  [
    'per-part: blanks by their weights, a half right one with what it has',
    gaps('q'),
    { retryScoring: 'per-part', tries: 4, penalty: 0.25 },
    [blanks('podman', '4', 'small'), blanks('docker', '4', 'small'), blanks('docker', '5', 'small')],
    // (1 + 0 + 1), then (2 · ¾ + 0 + 1), then (2 · ¾ + ½ + 1).
    [2, 2.5, 3],
  ],
  [
    'per-part: where parts are all or nothing, by the last try',
    matching('q', { scoring: { method: 'exact' } }),
    { retryScoring: 'per-part', tries: 3, penalty: 0.25 },
    [pairs('2', '1', '2'), pairs('2', '4', '2')],
    [0, 2.25],
  ],
  [
    'per-part: other types by the last try',
    multipleChoice('q'),
    { retryScoring: 'per-part', tries: 3, penalty: 0.25 },
    choices('pq', 'p', 'pqr'),
    [2, 0.25, 1.5],
  ],
]

describe('tries come to', () => {
  for (const [name, question, policy, tries, scores] of rows) {
    it(name, async () => {
      const run = await take(question, policy)
      for (const [index, response] of tries.entries()) {
        const answer = await run.respond('q', response, { releases: ['q'] })
        const score = scores[index]
        expect(answer.body.results[0]).toMatchObject({ try: index + 1, score, duplicate: false, refused: null })
        expect(answer.body.attempt.score).toBe(score)
        expect(decodeJwt(answer.body.token)['progress']).toMatchObject({ score })
        const resumed = await run.resume({ releases: ['q'] })
        expect(resumed.body.results[0]).toEqual(answer.body.results[0])
        expect(resumed.body.attempt.questions[0]).toMatchObject({ tries: index + 1, score })
      }
      const total = scores.at(-1)!
      const finished = await run.finish({ releases: ['q'] })
      expect(finished.body.attempt).toMatchObject({
        score: total,
        passed: total >= 0.7 * finished.body.attempt.maxScore,
      })
      expect(decodeJwt(finished.body.receipt)).toMatchObject({ score: total })
      expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: total * 1000 })
      const events = await host.client.call('GET', `/v1/attempts/${run.id}/events`, STAFF)
      expect(events.body.events.map(({ after }: any) => after.score)).toEqual([...scores, total])
      expect(events.body.events.flatMap(({ responses }: any) => responses.map((each: any) => each.score))).toEqual(
        scores,
      )
    })
  }
})

describe('however tries are scored', () => {
  const policies: Json[] = [
    { tries: 3, penalty: 0.25 },
    { tries: 3, penalty: 0.25, retryScoring: 'best' },
    { tries: 3, penalty: 0.25, retryScoring: 'per-part' },
    { retryScoring: 'declining', tryPoints: [1, 0.5, 0.25] },
  ]

  it.each(policies)('a repetition costs nothing and says what its own try came to: %o', async (policy) => {
    const run = await take(matching('q'), policy)
    const first = await run.respond('q', pairs('2', '1', '1'), { releases: ['q'] })
    const second = await run.respond('q', pairs('2', '4', '1'), { releases: ['q'] })
    for (const [response, { body }] of [
      [{ pairs: { m: '1', n: '2', l: '1' } }, first],
      [{ pairs: { m: '1', n: '2', l: '4' } }, second],
    ] as const) {
      const again = await run.respond('q', response, { releases: ['q'] })
      expect(again.body.results[0]).toEqual({
        ...body.results[0],
        triesLeft: 1,
        duplicate: true,
        hint: second.body.results[0].hint,
      })
      expect(again.body.attempt.score).toBe(second.body.attempt.score)
    }
  })

  it.each(policies)('the verdict is that of the answer, and a right one closes the question: %o', async (policy) => {
    const run = await take(singleChoice('q'), policy)
    const wrong = await run.respond('q', { choice: 'a' }, { releases: ['q'] })
    expect(wrong.body.results[0]).toMatchObject({ status: 'incorrect', triesLeft: 2 })
    const right = await run.respond('q', { choice: 'b' }, { releases: ['q'] })
    expect(right.body.results[0]).toMatchObject({ status: 'correct', triesLeft: 0, answer: { choice: 'b' } })
    expect((await run.respond('q', { choice: 'c' }, { releases: ['q'] })).body.code).toBe('no-tries-left')
  })

  it.each(policies)('one hint comes after each wrong try, and none after the close: %o', async (policy) => {
    const run = await take(matching('q'), policy)
    const told = []
    for (const response of [pairs('1', '1', '1'), pairs('2', '1', '1'), pairs('1', '1', '2')]) {
      told.push((await run.respond('q', response, { releases: ['q'] })).body.results[0].hint?.markdown ?? null)
    }
    expect(told).toEqual([canary('q', 'hint-1'), canary('q', 'hint-2'), null])
  })
})

const grade = (run: Run, score: number) =>
  host.client.call('POST', `/v1/attempts/${run.id}/grades`, { ...STAFF, body: { question: 'q', score } })

describe('a person’s grades of several tries', () => {
  const rowsOfGrades: [policy: Json, grades: [number, number], scores: [number, number]][] = [
    [{ tries: 2, penalty: 0.5 }, [4, 2], [4, 2]],
    [{ tries: 2, penalty: 0.5, retryScoring: 'best' }, [4, 2], [4, 4]],
    [{ tries: 2, penalty: 0.5, retryScoring: 'best' }, [2, 4], [2, 4]],
    [{ retryScoring: 'declining', tryPoints: [1, 0.5] }, [4, 2], [4, 4]],
    [{ retryScoring: 'declining', tryPoints: [1, 0.5] }, [2, 4], [2, 4]],
  ]
  it.each(rowsOfGrades)('%o: grades of %o come to %o', async (policy, grades, scores) => {
    const run = await take(essay('q'), policy)
    for (const index of [0, 1] as const) {
      const sent = await run.respond('q', { text: `Try ${index}` }, { releases: ['q'] })
      expect(sent.body.results[0]).toMatchObject({ status: 'pending', score: null, try: index + 1 })
      expect((await grade(run, grades[index])).body.attempt.score).toBe(scores[index])
    }
    expect((await run.finish({ releases: ['q'] })).body.attempt.score).toBe(scores[1])
  })
})
