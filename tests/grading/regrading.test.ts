import { describe, expect, it } from 'vitest'
import type { EventBody } from '../../src/grading/log.ts'
import type { Regrading, RegradeRule } from '../../src/grading/regrading.ts'
import { essay } from '../support/every-type.ts'
import { type Json, multipleChoice, singleChoice, trueFalse } from '../support/quiz-document.ts'
import {
  chooses,
  earned,
  finishes,
  foldOf,
  grades,
  outcomeOf,
  overrides,
  regrades,
  type Revisions,
  revisions,
  says,
  SERVED,
  standing,
  TARGET,
  total,
} from './regraded.ts'

const RULES: readonly RegradeRule[] = ['new-key', 'best-of-both', 'full-credit', 'drop-question']

/** Option b was right for one point; in the target it is c, for two. */
const moved = (policy: Json = {}) =>
  revisions(
    [singleChoice('single'), trueFalse('truth')],
    [singleChoice('single', { key: 'c', points: 2 }), trueFalse('truth')],
    policy,
  )

const scored = (method: string) => [multipleChoice('multiple', { scoring: { method } })]

describe('a rule', () => {
  const answers = [
    { said: 'b', before: '1 of 1', after: ['0 of 2', '2 of 2', '2 of 2', '0 of 0'] },
    { said: 'c', before: '0 of 1', after: ['2 of 2', '2 of 2', '2 of 2', '0 of 0'] },
    { said: 'a', before: '0 of 1', after: ['0 of 2', '0 of 2', '2 of 2', '0 of 0'] },
    { said: null, before: '0 of 1', after: ['0 of 2', '0 of 2', '2 of 2', '0 of 0'] },
  ]
  for (const { said, before, after } of answers) {
    it(`scores ${said === null ? 'a blank' : `the choice of ${said}`} by its own words`, () => {
      const happened = said === null ? [finishes] : [chooses(said), finishes]
      expect(earned(outcomeOf(moved(), ...happened), 'single')).toBe(before)
      expect(RULES.map((rule) => earned(outcomeOf(moved(), ...happened, regrades({ rule })), 'single'))).toEqual(after)
    })
  }

  it('keeps shares of points apart from the points: the better share, of what the target gives', () => {
    // By pqr, p and q earn two of three; by t alone, which the target wants for six points, nothing.
    const versions = revisions([multipleChoice('multiple')], [multipleChoice('multiple', { key: 't', points: 6 })])
    const happened = [says('multiple', { choices: ['p', 'q'] }), finishes]
    expect(earned(outcomeOf(versions, ...happened), 'multiple')).toBe('2 of 3')
    expect(RULES.map((rule) => earned(outcomeOf(versions, ...happened, regrades({ rule })), 'multiple'))).toEqual([
      '0 of 6',
      '4 of 6',
      '6 of 6',
      '0 of 0',
    ])
  })

  it('takes the scoring method of the target, too', () => {
    const versions = revisions(scored('net-correct'), scored('exact'))
    const partly = says('multiple', { choices: ['p', 'q'] })
    expect(earned(outcomeOf(versions, partly, regrades()), 'multiple')).toBe('0 of 3')
    expect(earned(outcomeOf(versions, partly, regrades({ rule: 'best-of-both' })), 'multiple')).toBe('2 of 3')
  })

  it('rounds once, half away from zero, from the share: two thirds of a hundredth', () => {
    const versions = revisions([multipleChoice('multiple')], [multipleChoice('multiple', { points: 0.01 })])
    const partly = says('multiple', { choices: ['p', 'q'] })
    expect(earned(outcomeOf(versions, partly, regrades({ rule: 'best-of-both' })), 'multiple')).toBe('0.007 of 0.01')
  })

  it('is about the questions that it is given to, and no other', () => {
    const changed = [singleChoice('single', { key: 'c' }), trueFalse('truth', { key: 'false' })]
    const versions = revisions([singleChoice('single'), trueFalse('truth')], changed)
    const told = (change: Partial<Regrading>) => {
      const outcome = outcomeOf(versions, chooses('b'), chooses('true', 'truth'), regrades(change))
      return [earned(outcome, 'single'), earned(outcome, 'truth')]
    }
    expect(told({})).toEqual(['0 of 1', '0 of 1'])
    expect(told({ questions: ['truth'] })).toEqual(['1 of 1', '0 of 1'])
    expect(told({ rule: { single: 'new-key' } })).toEqual(['0 of 1', '1 of 1'])
    expect(told({ rule: { single: 'drop-question', truth: 'best-of-both' } })).toEqual(['0 of 0', '1 of 1'])
    expect(told({ rule: { single: 'new-key', truth: 'new-key' }, questions: ['single'] })).toEqual(['0 of 1', '1 of 1'])
    expect(told({ rule: {} })).toEqual(['1 of 1', '1 of 1'])
  })

  it('drops a question from the total and from what there is to have', () => {
    const outcome = outcomeOf(moved(), chooses('a'), chooses('true', 'truth'), regrades({ rule: 'drop-question' }))
    expect(total(outcome)).toBe('0 of 0')
    const one = outcomeOf(moved(), chooses('true', 'truth'), regrades({ rule: 'drop-question', questions: ['single'] }))
    expect([total(one), one.points]).toEqual(['1 of 1', 1000])
  })
})

describe('with several tries', () => {
  const policy = { tries: 3, penalty: 0.25 }

  it('each is judged by the key in force, and none is added or taken away', () => {
    const versions = revisions([singleChoice('single')], [singleChoice('single', { key: 'a' })], policy)
    const tries = [chooses('a'), chooses('b')]
    const at = (rule: RegradeRule) => standing(outcomeOf(versions, ...tries, regrades({ rule })), 'single')
    expect(standing(outcomeOf(versions, ...tries), 'single')).toMatchObject({
      score: 0.75,
      verdicts: ['incorrect', 'correct'],
    })
    // The last try counts. By the target it is wrong; by the old key right, less a penalty for the one before.
    expect(at('new-key')).toMatchObject({ score: 0, verdicts: ['correct', 'incorrect'], closed: true, triesLeft: 0 })
    expect(at('best-of-both')).toMatchObject({ score: 0.75, verdicts: ['correct', 'correct'] })
    expect(at('full-credit')).toMatchObject({ score: 1, verdicts: ['incorrect', 'correct'] })
    expect(at('drop-question')).toMatchObject({ score: 0, of: 0 })
  })

  const closing = [
    { name: 'closed as right, and is wrong now', key: 'c', tries: ['b'], closed: true, triesLeft: 0 },
    { name: 'out of tries, and is wrong still', key: 'a', tries: ['a', 'c', 'd'], closed: true, triesLeft: 0 },
    { name: 'open, and its last try is right now', key: 'c', tries: ['a', 'c'], closed: true, triesLeft: 0 },
    { name: 'open, and only an earlier try is right now', key: 'a', tries: ['a', 'c'], closed: false, triesLeft: 1 },
    { name: 'open, and nothing is right now', key: 'd', tries: ['a'], closed: false, triesLeft: 2 },
    { name: 'not begun', key: 'c', tries: [], closed: false, triesLeft: 3 },
  ]
  for (const { name, key, tries, closed, triesLeft } of closing) {
    it(`a question that was ${name}, is ${closed ? 'closed' : 'open'}`, () => {
      const ids = { ids: 'abcde' }
      const versions = revisions([singleChoice('single', ids)], [singleChoice('single', { ...ids, key })], policy)
      const happened = [...tries.map((choice) => chooses(choice)), regrades()]
      expect(standing(outcomeOf(versions, ...happened), 'single')).toMatchObject({ closed, triesLeft })
      const next = outcomeOf(versions, ...happened, chooses('e')).events.get(`evt_${happened.length + 1}`)!
      expect(next.responses[0]!.refused).toBe(closed ? 'no-tries-left' : null)
    })
  }

  it('what staff undo does not open again either', () => {
    const versions = revisions([singleChoice('single')], [singleChoice('single', { key: 'c' })], policy, {
      rev_back: [singleChoice('single')],
    })
    const back = [chooses('a'), chooses('c'), regrades(), regrades({ revision: 'rev_back' })]
    expect(standing(outcomeOf(versions, ...back), 'single')).toMatchObject({ closed: true, score: 0, triesLeft: 0 })
  })

  it('a repeated try tells its verdict by the key in force, and counts for nothing', () => {
    const outcome = outcomeOf(moved(policy), chooses('a'), chooses('c'), regrades(), chooses('c'), chooses('a'))
    const repeated = ['evt_4', 'evt_5'].map((id) => outcome.events.get(id)!.responses[0]!)
    expect(repeated.map(({ duplicate, refused, try: made }) => [duplicate, refused, made?.verdict])).toEqual([
      [true, null, 'correct'],
      [true, null, 'incorrect'],
    ])
  })

  it('a try that comes later is judged by the key in force', () => {
    const later = outcomeOf(moved(policy), chooses('a'), regrades(), chooses('c'))
    expect(standing(later, 'single')).toMatchObject({ score: 1.5, of: 2, verdicts: ['incorrect', 'correct'] })
  })
})

describe('what a person has said', () => {
  const written = says('essay', { text: 'It depends.' })
  const worth = revisions(
    [essay('essay'), singleChoice('single')],
    [essay('essay', { points: 8 }), singleChoice('single')],
  )

  const cases: { name: string; happened: EventBody[]; scores: string[] }[] = [
    // Five points in the pinned revision, eight in the target.
    { name: 'nothing yet', happened: [written], scores: ['0 of 8', '0 of 8', '8 of 8', '0 of 0'] },
    {
      name: 'two of five as a grade',
      happened: [written, grades('essay', 2000, 5000)],
      scores: ['3.2 of 8', '3.2 of 8', '8 of 8', '0 of 0'],
    },
    {
      name: 'four of five by an override',
      happened: [written, overrides('essay', 4000, 5000)],
      scores: ['6.4 of 8', '6.4 of 8', '6.4 of 8', '0 of 0'],
    },
    {
      name: 'an override that was taken back',
      happened: [written, grades('essay', 5000, 5000), overrides('essay', 0, 5000), overrides('essay', null)],
      scores: ['8 of 8', '8 of 8', '8 of 8', '0 of 0'],
    },
  ]
  for (const { name, happened, scores } of cases) {
    it(`stands as a share under every rule: ${name}`, () => {
      const after = RULES.map((rule) => earned(outcomeOf(worth, ...happened, regrades({ rule })), 'essay'))
      expect(after).toEqual(scores)
    })
  }

  it('is still waited for under a key, and no longer where everyone gets everything or the question is dropped', () => {
    const pending = RULES.map((rule) => outcomeOf(worth, written, finishes, regrades({ rule })))
    expect(pending.map((outcome) => outcome.pending)).toEqual([true, true, false, false])
    expect(pending.map((outcome) => standing(outcome, 'essay').verdicts)).toEqual([
      ['pending'],
      ['pending'],
      ['correct'],
      ['pending'],
    ])
  })

  it('can be said after the regrade, of what there is to have then', () => {
    const later = outcomeOf(worth, written, regrades(), grades('essay', 2000, 8000))
    expect(earned(later, 'essay')).toBe('2 of 8')
  })

  it('about the whole attempt is a share of whatever there is to have', () => {
    const overridden = [chooses('b'), overrides(null, 3000, 6000)]
    const after = RULES.map((rule) => total(outcomeOf(worth, ...overridden, regrades({ rule, questions: ['essay'] }))))
    expect(after).toEqual(['4.5 of 9', '4.5 of 9', '4.5 of 9', '0.5 of 1'])
  })
})

const certain = (question: string, choice: string, certainty: 1 | 2 | 3) => says(question, { choice }, certainty)

describe('with certainty', () => {
  const versions = moved({ feedback: 'deferred', certainty: true })

  it.each([
    // A right answer earns its certainty, a wrong one costs 0, 2 or 6, in points of the question: of three times as many.
    { said: 'b', certainty: 3 as const, before: '3 of 3', after: ['-12 of 6', '6 of 6', '6 of 6', '0 of 0'] },
    { said: 'c', certainty: 2 as const, before: '-2 of 3', after: ['4 of 6', '4 of 6', '6 of 6', '0 of 0'] },
    { said: 'a', certainty: 3 as const, before: '-6 of 3', after: ['-12 of 6', '-12 of 6', '6 of 6', '0 of 0'] },
  ])('$said with $certainty is marked by the better key, or by none', ({ said, certainty, before, after }) => {
    const happened = certain('single', said, certainty)
    expect(earned(outcomeOf(versions, happened), 'single')).toBe(before)
    expect(RULES.map((rule) => earned(outcomeOf(versions, happened, regrades({ rule })), 'single'))).toEqual(after)
  })

  it('a total is never below nothing, and passing is measured without certainty', () => {
    const outcome = outcomeOf(versions, certain('single', 'b', 3), certain('truth', 'true', 1), regrades())
    expect([total(outcome), outcome.points]).toEqual(['0 of 9', 3000])
  })

  it('the calibration goes by the key in force, without what was dropped', () => {
    const happened = [certain('single', 'b', 3), certain('truth', 'true', 2)]
    const counted = (...more: EventBody[]) =>
      outcomeOf(versions, ...happened, ...more).calibration!.map(({ count, correct }) => `${correct}/${count}`)
    expect(counted()).toEqual(['0/0', '1/1', '1/1'])
    expect(counted(regrades())).toEqual(['0/0', '1/1', '0/1'])
    expect(counted(regrades({ rule: 'best-of-both' }))).toEqual(['0/0', '1/1', '1/1'])
    expect(counted(regrades({ rule: { single: 'drop-question' } }))).toEqual(['0/0', '1/1', '0/0'])
  })
})

const toThird = (rule: RegradeRule) => regrades({ rule, revision: 'rev_third', questions: ['single'] })
const toTarget = (rule: RegradeRule) => regrades({ rule, questions: ['single'] })

describe('regrades one after another', () => {
  const third = { rev_third: [singleChoice('single', { key: 'a', points: 4 }), trueFalse('truth')] }
  const versions = (): Revisions => ({
    ...moved(),
    targets: revisions([singleChoice('single')], [singleChoice('single', { key: 'c', points: 2 })], {}, third).targets,
  })
  it.each([
    { first: 'new-key', second: 'new-key', a: '4 of 4', b: '0 of 4', c: '0 of 4' },
    { first: 'new-key', second: 'best-of-both', a: '4 of 4', b: '0 of 4', c: '4 of 4' },
    { first: 'best-of-both', second: 'best-of-both', a: '4 of 4', b: '4 of 4', c: '4 of 4' },
    { first: 'best-of-both', second: 'new-key', a: '4 of 4', b: '0 of 4', c: '0 of 4' },
    { first: 'full-credit', second: 'best-of-both', a: '4 of 4', b: '4 of 4', c: '4 of 4' },
    { first: 'full-credit', second: 'new-key', a: '4 of 4', b: '0 of 4', c: '0 of 4' },
    { first: 'drop-question', second: 'new-key', a: '4 of 4', b: '0 of 4', c: '0 of 4' },
    { first: 'drop-question', second: 'full-credit', a: '4 of 4', b: '4 of 4', c: '4 of 4' },
    { first: 'full-credit', second: 'drop-question', a: '0 of 0', b: '0 of 0', c: '0 of 0' },
  ] as const)('$first and then $second, to another revision, add up', ({ first, second, ...scores }) => {
    const after = (choice: string) => outcomeOf(versions(), chooses(choice), toTarget(first), toThird(second))
    for (const [choice, score] of Object.entries(scores)) expect(earned(after(choice), 'single')).toBe(score)
  })

  for (const rule of RULES) {
    it(`${rule} twice is ${rule} once`, () => {
      const once = foldOf(versions(), chooses('b'), toTarget(rule))
      const twice = foldOf(versions(), chooses('b'), toTarget(rule), toTarget(rule))
      expect(twice.scoredBy()).toBe(once.scoredBy())
      expect(standing(twice.outcome(), 'single')).toEqual(standing(once.outcome(), 'single'))
    })
  }
})

const same = (served: Json[], target: Json[], change: Partial<Regrading> = {}) => {
  const versions = revisions(served, target)
  return foldOf(versions, regrades(change)).scoredBy() === foldOf(versions).scoredBy()
}
const reversed = (question: Json): Json => ({ ...question, options: (question['options'] as Json[]).toReversed() })
const retold = (question: Json): Json => ({
  ...question,
  prompt: 'Asked in other words',
  options: (question['options'] as Json[]).map((option) => ({ ...option, text: `${String(option['text'])}!` })),
})

describe('what scores an attempt is as it was after a regrade', () => {
  it('to what was served, by a key', () => {
    expect(same([singleChoice('single')], [singleChoice('single')])).toBe(true)
    expect(same([singleChoice('single')], [singleChoice('single')], { rule: 'best-of-both' })).toBe(true)
  })

  it('to a version that says the same in other words, or in another order', () => {
    expect(same([multipleChoice('multiple')], [retold(multipleChoice('multiple'))])).toBe(true)
    expect(same([multipleChoice('multiple')], [reversed(multipleChoice('multiple'))])).toBe(true)
  })

  it('with a map that names what has kept its name, or what was not served', () => {
    const map = { single: { a: 'a', single: 'single', z: 'y' } }
    expect(same([singleChoice('single')], [singleChoice('single')], { map })).toBe(true)
  })

  it('but not when key, points, scoring, a word or a name of it differ', () => {
    const single = singleChoice('single')
    const other = [
      singleChoice('single', { key: 'c' }),
      singleChoice('single', { points: 2 }),
      singleChoice('single', { explanation: 'Another' }),
      singleChoice('single', { hints: [] }),
      singleChoice('single', { options: [...(single['options'] as Json[]).slice(1), { id: 'a', text: 'A' }] }),
    ]
    expect(other.map((target) => same([single], [target]))).toEqual([false, false, false, false, false])
    expect(same([single], [single], { rule: 'full-credit' })).toBe(false)
    expect(same([single], [single], { rule: 'drop-question' })).toBe(false)
    expect(same([single], [single], { map: { single: { a: 'b' } } })).toBe(false)
  })
})

describe('an attempt at the target itself', () => {
  it('has its names already: the map is for those of other versions', () => {
    const versions = revisions([singleChoice('single')], [singleChoice('single')])
    const swap = { map: { single: { a: 'b', b: 'a' } } }
    const own: Revisions = { served: versions.served, targets: new Map([[SERVED, versions.served]]) }
    expect(earned(outcomeOf(own, chooses('b'), regrades({ ...swap, revision: SERVED })), 'single')).toBe('1 of 1')
    expect(earned(outcomeOf(versions, chooses('b'), regrades({ ...swap, revision: TARGET })), 'single')).toBe('0 of 1')
  })
})
