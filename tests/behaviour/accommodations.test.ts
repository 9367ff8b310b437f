import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish } from '../support/actions.ts'
import { countBy } from '../support/at-once.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { clearRules, learnerPath, rulesOf, setRules } from '../support/learners.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { countRows } from '../support/tables.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

let learners = 0
const newLearner = () => `learner-${(learners += 1)}`
const timed = (policy: Json = {}) =>
  quizDocument({ access: 'restricted', policy: { timeLimitSeconds: 600, ...policy } })
const time = (milliseconds: number) => new Date(milliseconds).toISOString()
const REUSED = [422, 'idempotency-key-reused']

/** A rule as it is shown, set now by the root key. */
const shown = (rule: Json) => ({
  factor: null,
  extraSeconds: null,
  unlimited: false,
  extraAttempts: null,
  setAt: time(host.clock.now),
  setBy: 'root',
  ...rule,
})

describe('rules that are set', () => {
  it('are shown as they were set, the one for all quizzes first, with when and by whom', async () => {
    const learner = newLearner()
    const rules = [
      { quiz: 'z', factor: 1.255, reason: 'A letter.' },
      { quiz: 'a', extraSeconds: 90, extraAttempts: 2, reason: '\u{1F4AC} \u00fc' },
      { quiz: null, unlimited: true, reason: 'x'.repeat(1000) },
      { quiz: 'b', extraAttempts: 1000, reason: '\u{1F600}'.repeat(1000) },
      { quiz: 'c', factor: 2, extraSeconds: 31_622_400, unlimited: false, extraAttempts: null, reason: '1' },
    ]
    const expected = [rules[2]!, rules[1]!, rules[3]!, rules[4]!, rules[0]!].map(shown)
    const set = await setRules(host, learner, rules)
    expect(set).toMatchObject({ status: 200, body: { learner, rules: expected, effective: [] } })
    const read = await rulesOf(host, learner)
    expect(read).toMatchObject({ status: 200, body: set.body })
  })

  it('take the place of all that were there', async () => {
    const learner = newLearner()
    await setRules(host, learner, [
      { quiz: null, factor: 2, reason: 'Old.' },
      { quiz: 'a', factor: 3, reason: 'Old.' },
    ])
    host.clock.now += 1000
    const rule = { quiz: 'a', extraAttempts: 1, reason: 'New.' }
    expect((await setRules(host, learner, [rule])).body.rules).toEqual([shown(rule)])
    expect((await rulesOf(host, learner)).body.rules).toEqual([shown(rule)])
    expect((await setRules(host, learner, [])).body).toEqual({ learner, rules: [], effective: [] })
  })

  it('may be a hundred, which a hundred bound parameters would not hold', async () => {
    const learner = newLearner()
    const rules = Array.from({ length: 100 }, (_, index) => ({
      quiz: index === 0 ? null : `quiz-${String(index).padStart(2, '0')}`,
      factor: (100 + index) / 100,
      reason: `Number ${index}.`,
    }))
    const { status, body } = await setRules(host, learner, rules)
    expect([status, body.rules]).toEqual([200, rules.map(shown)])
  })

  it('are one learner’s alone', async () => {
    const [one, other] = [newLearner(), newLearner()]
    await setRules(host, one, [{ quiz: null, factor: 2, reason: 'One.' }])
    await setRules(host, other, [{ quiz: null, factor: 3, reason: 'Other.' }])
    await clearRules(host, one)
    expect((await rulesOf(host, other)).body.rules).toMatchObject([{ factor: 3 }])
    expect((await rulesOf(host, one)).body).toEqual({ learner: one, rules: [], effective: [] })
  })

  it('are taken away by a DELETE, which may come again and for anyone', async () => {
    const learner = newLearner()
    await setRules(host, learner, [{ quiz: null, factor: 2, reason: 'Agreed.' }])
    expect((await clearRules(host, learner)).status).toBe(204)
    expect((await clearRules(host, learner)).status).toBe(204)
    expect((await clearRules(host, newLearner())).status).toBe(204)
    expect((await rulesOf(host, learner)).body.rules).toEqual([])
  })
})

describe('rules are refused', () => {
  const ok = { quiz: null, factor: 1.5, reason: 'Agreed.' }
  const cases: [what: string, rules: unknown, ...places: string[]][] = [
    ['that are none', undefined, '/rules invalid-shape'],
    ['that are no list', {}, '/rules invalid-shape'],
    [
      'beyond a hundred',
      Array.from({ length: 101 }, (_, index) => ({ ...ok, quiz: `q${index}` })),
      '/rules invalid-shape',
    ],
    ['without a quiz', [{ factor: 2, reason: 'x' }], '/rules/0/quiz invalid-shape'],
    ['for a quiz that has no such id', [{ ...ok, quiz: 'No' }], '/rules/0/quiz invalid-shape'],
    ['for an empty quiz', [{ ...ok, quiz: '' }], '/rules/0/quiz invalid-shape'],
    ['without a reason', [{ quiz: null, factor: 2 }], '/rules/0/reason invalid-shape'],
    ['with an empty reason', [{ ...ok, reason: '' }], '/rules/0/reason invalid-shape'],
    ['with a reason that is too long', [{ ...ok, reason: '\u{1F600}'.repeat(1001) }], '/rules/0/reason invalid-shape'],
    ['that take time', [{ ...ok, factor: 0.999 }], '/rules/0/factor invalid-shape'],
    ['with a factor beyond 100', [{ ...ok, factor: 100.001 }], '/rules/0/factor invalid-shape'],
    ['with a factor of four decimals', [{ ...ok, factor: 1.0005 }], '/rules/0/factor invalid-shape'],
    ['with a factor in a text', [{ ...ok, factor: '2' }], '/rules/0/factor invalid-shape'],
    ['with no extra second', [{ ...ok, extraSeconds: 0 }], '/rules/0/extraSeconds invalid-shape'],
    ['with half a second', [{ ...ok, extraSeconds: 0.5 }], '/rules/0/extraSeconds invalid-shape'],
    ['with more than a year', [{ ...ok, extraSeconds: 31_622_401 }], '/rules/0/extraSeconds invalid-shape'],
    ['with no extra attempt', [{ ...ok, extraAttempts: 0 }], '/rules/0/extraAttempts invalid-shape'],
    ['with too many attempts', [{ ...ok, extraAttempts: 1001 }], '/rules/0/extraAttempts invalid-shape'],
    ['with "yes"', [{ ...ok, factor: null, unlimited: 'yes' }], '/rules/0/unlimited invalid-shape'],
    ['with a field that is not known', [{ ...ok, setBy: 'me' }], '/rules/0/setBy unknown-field'],
    ['without a limit and with a factor', [{ ...ok, unlimited: true }], '/rules/0/unlimited inconsistent'],
    [
      'without a limit and with extra time',
      [{ quiz: 'a', unlimited: true, extraSeconds: 5, reason: 'x' }],
      '/rules/0/unlimited inconsistent',
    ],
    ['that give nothing', [ok, { quiz: 'a', reason: 'x' }], '/rules/1 inconsistent'],
    [
      'that give nothing in so many words',
      [{ quiz: 'a', unlimited: false, factor: null, reason: 'x' }],
      '/rules/0 inconsistent',
    ],
    ['twice for a quiz', [{ ...ok, quiz: 'a' }, ok, { ...ok, quiz: 'a' }], '/rules/2/quiz duplicate'],
    ['twice for all quizzes', [ok, ok], '/rules/1/quiz duplicate'],
  ]
  it.each(cases)('%s', async (_what, rules, ...places) => {
    const learner = newLearner()
    await setRules(host, learner, [ok])
    const before = await countRows(host.deps.db)
    const path = `${learnerPath(learner)}/accommodations`
    const answer = await host.client.call('PUT', path, { token: ROOT_KEY, body: { rules } })
    expect(problemOf(answer)).toEqual([422, 'invalid-input', ...places])
    expect(await countRows(host.deps.db)).toEqual(before)
    expect((await rulesOf(host, learner)).body.rules).toMatchObject([{ factor: 1.5 }])
  })

  it('or asked for by a quiz that has no such id', async () => {
    const learner = newLearner()
    for (const query of ['?quiz=', '?quiz=No', '?quiz=a&quiz=b', '?limit=1']) {
      const path = `${learnerPath(learner)}/accommodations${query}`
      const refused = await host.client.call('GET', path, { token: ROOT_KEY })
      expect(problemOf(refused).slice(0, 2), query).toEqual([422, 'invalid-input'])
    }
  })
})

const policy = (detail: string) => ({ source: 'policy', detail })
const ofRule = (detail: string) => ({ source: 'accommodation', detail })
const closing = (detail: string) => ({ source: 'closesAt', detail })

describe('what the rules come to', () => {
  it('is said of every quiz that a rule names and that takes attempts, in the order of their ids', async () => {
    const learner = newLearner()
    const [one, two, archived] = [
      await publish(host, timed()),
      await publish(host, timed()),
      await publish(host, timed()),
    ]
    await host.client.call('DELETE', `/v1/quizzes/${archived}`, { token: ROOT_KEY })
    const gives = { factor: 2, reason: 'Agreed.' }
    const { body } = await setRules(host, learner, [
      { quiz: two, ...gives },
      { quiz: null, ...gives },
      { quiz: newQuizId(), ...gives },
      { quiz: archived, ...gives },
      { quiz: one, ...gives },
    ])
    expect(body.effective.map(({ quiz }: Json) => quiz)).toEqual([one, two].toSorted())
    expect((await rulesOf(host, learner)).body.effective).toEqual(body.effective)
  })

  const LIMITED = policy('The quiz allows 600 seconds.')
  const UNCOUNTED = policy('The quiz does not limit the attempts.')
  const examples: [
    what: string,
    policy: Json,
    rules: Json[],
    limit: number | null,
    attempts: number | null,
    because: Json[],
  ][] = [
    ['without a rule', {}, [], 600, null, [LIMITED, UNCOUNTED]],
    [
      'by a factor for all',
      { attemptsPerLearner: 1 },
      [{ quiz: null, factor: 1.5 }],
      900,
      1,
      [
        LIMITED,
        policy('The quiz allows 1 attempt.'),
        ofRule('The accommodation for all quizzes gives 1.5 times as much time.'),
      ],
    ],
    [
      'by a rule of its own, which takes the place of the one for all',
      { attemptsPerLearner: 2 },
      [
        { quiz: null, factor: 10, extraAttempts: 7 },
        { quiz: 'it', factor: 1.001, extraSeconds: 1, extraAttempts: 3 },
      ],
      602,
      5,
      [
        LIMITED,
        policy('The quiz allows 2 attempts.'),
        ofRule('The accommodation for this quiz gives 1.001 times as much time.'),
        ofRule('The accommodation for this quiz adds 1 second.'),
        ofRule('The accommodation for this quiz adds 3 attempts.'),
      ],
    ],
    [
      'without a limit',
      {},
      [{ quiz: null, unlimited: true }],
      null,
      null,
      [LIMITED, UNCOUNTED, ofRule('The accommodation for all quizzes lifts the time limit.')],
    ],
    [
      'where there is nothing to give more of',
      { timeLimitSeconds: null },
      [{ quiz: null, factor: 2, extraSeconds: 60, extraAttempts: 2 }],
      null,
      null,
      [policy('The quiz has no time limit.'), UNCOUNTED],
    ],
    [
      'capped by the closing',
      { closesAt: time(START + 700_500) },
      [{ quiz: null, factor: 1.5 }],
      701,
      null,
      [
        LIMITED,
        UNCOUNTED,
        ofRule('The accommodation for all quizzes gives 1.5 times as much time.'),
        closing('The quiz closes at 2026-01-05T09:11:40.500Z, 701 seconds from now.'),
      ],
    ],
    ['and closing later than that', { closesAt: time(START + 600_000) }, [], 600, null, [LIMITED, UNCOUNTED]],
    [
      'without a limit, capped by the closing',
      { closesAt: time(START + 1000) },
      [{ quiz: null, unlimited: true }],
      1,
      null,
      [
        LIMITED,
        UNCOUNTED,
        ofRule('The accommodation for all quizzes lifts the time limit.'),
        closing('The quiz closes at 2026-01-05T09:00:01.000Z, 1 second from now.'),
      ],
    ],
    [
      'that is closed',
      { closesAt: time(START) },
      [],
      0,
      null,
      [LIMITED, UNCOUNTED, closing('The quiz closed at 2026-01-05T09:00:00.000Z.')],
    ],
    [
      'that is not open yet, from when it opens',
      { opensAt: time(START + 60_000), closesAt: time(START + 120_000) },
      [],
      60,
      null,
      [
        LIMITED,
        UNCOUNTED,
        closing('The quiz closes at 2026-01-05T09:02:00.000Z, 60 seconds after it opens at 2026-01-05T09:01:00.000Z.'),
      ],
    ],
  ]
  it.each(examples)(
    'is said of one quiz that is asked for: %s',
    async (_what, change, rules, limit, attempts, because) => {
      host.clock.now = START
      const learner = newLearner()
      const quiz = await publish(host, timed(change))
      const named = rules.map((given) => ({
        ...given,
        quiz: given['quiz'] === 'it' ? quiz : null,
        reason: 'Secret reason.',
      }))
      await setRules(host, learner, named)
      const { body } = await rulesOf(host, learner, quiz)
      expect(body.effective).toEqual([{ quiz, timeLimitSeconds: limit, attemptsPerLearner: attempts, because }])
      expect(JSON.stringify(body.effective)).not.toContain('Secret')
    },
  )

  it('is nothing at a quiz that is not there', async () => {
    const learner = newLearner()
    const quiz = newQuizId()
    await setRules(host, learner, [{ quiz, factor: 2, reason: 'Agreed.' }])
    expect((await rulesOf(host, learner, quiz)).body).toMatchObject({ rules: [{ quiz }], effective: [] })
    await publish(host, timed(), quiz)
    expect((await rulesOf(host, learner, quiz)).body.effective).toMatchObject([{ quiz, timeLimitSeconds: 1200 }])
  })
})

describe('a request with a key', () => {
  const rule = { quiz: null, factor: 2, reason: 'Agreed.' }
  const other = { quiz: null, factor: 3, reason: 'Changed.' }

  it('that sets rules has one effect: a retry leaves what was set since, and says how it stands', async () => {
    const learner = newLearner()
    const first = await setRules(host, learner, [rule], 'k')
    host.clock.now += 1000
    const again = await setRules(host, learner, [rule], 'k')
    expect([again.status, again.body]).toEqual([200, first.body])
    const later = await setRules(host, learner, [other])
    expect((await setRules(host, learner, [rule], 'k')).body).toEqual(later.body)
    await clearRules(host, learner)
    expect((await setRules(host, learner, [rule], 'k')).body.rules).toEqual([])
    expect((await setRules(host, learner, [rule], 'l')).body.rules).toMatchObject([rule])
  })

  it('is the same in whatever way it leaves things out, and refused with other rules', async () => {
    const learner = newLearner()
    await setRules(host, learner, [rule], 'k')
    const spelled = { ...rule, extraAttempts: null, unlimited: false, extraSeconds: null }
    expect((await setRules(host, learner, [spelled], 'k')).status).toBe(200)
    for (const rules of [
      [other],
      [],
      [rule, { ...rule, quiz: 'a' }],
      [{ ...rule, quiz: 'a' }],
      [{ ...rule, reason: 'x' }],
    ]) {
      expect(problemOf(await setRules(host, learner, rules, 'k'))).toEqual(REUSED)
      expect((await rulesOf(host, learner)).body.rules).toMatchObject([rule])
    }
  })

  it('is another request for another learner', async () => {
    const [one, two] = [newLearner(), newLearner()]
    await setRules(host, one, [rule], 'k')
    expect((await setRules(host, two, [other], 'k')).body.rules).toMatchObject([other])
  })

  it('that was refused stands for nothing yet', async () => {
    const learner = newLearner()
    expect((await setRules(host, learner, [rule, rule], 'k')).status).toBe(422)
    expect((await setRules(host, learner, [rule], 'k')).body.rules).toMatchObject([rule])
  })

  it('that takes rules away leaves those that were set since', async () => {
    const learner = newLearner()
    await setRules(host, learner, [rule])
    expect((await clearRules(host, learner, 'k')).status).toBe(204)
    await setRules(host, learner, [other])
    expect((await clearRules(host, learner, 'k')).status).toBe(204)
    expect((await rulesOf(host, learner)).body.rules).toMatchObject([other])
    expect((await clearRules(host, learner, 'l')).status).toBe(204)
    expect((await rulesOf(host, learner)).body.rules).toEqual([])
  })

  it('and two at once with one key: one set of rules, and the other request is refused', async () => {
    const host2 = await host.isolate()
    for (let round = 0; round < 10; round++) {
      const learner = newLearner()
      const answers = await Promise.all([setRules(host, learner, [rule], 'k'), setRules(host2, learner, [other], 'k')])
      const taken = answers.find(({ status }) => status === 200)
      expect(countBy(answers, ({ status }) => status)).toEqual({ 200: 1, 422: 1 })
      expect((await rulesOf(host, learner)).body.rules).toEqual(taken!.body.rules)
    }
  })
})
