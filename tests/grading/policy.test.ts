import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/content/parse-document.ts'
import type { Policy } from '../../src/grading/policy.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'

type Access = 'public' | 'restricted'

function policyOf(policy?: Json, access: Access = 'public'): Policy {
  const parsed = parseDocument(quizDocument({ access, ...(policy && { policy }) }))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  return parsed.value.policy
}

/** Where and why a policy is refused. */
function refusal(policy: unknown, access: Access = 'public'): string[] {
  const parsed = parseDocument(quizDocument({ access, policy }))
  return parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path.join('.')} ${code}`)
}

const ANSWERED = ['verdict', 'score', 'feedback', 'explanation', 'answer']

const DEFAULTS = {
  feedback: 'immediate',
  review: { during: ANSWERED, finished: ANSWERED, closed: ANSWERED },
  tries: 1,
  penalty: 0,
  retryScoring: 'last',
  tryPoints: null,
  certainty: false,
  timeLimitSeconds: null,
  graceSeconds: 0,
  attemptsPerLearner: null,
  gradeBy: 'highest',
  passingScore: 0.7,
  shuffle: { questions: false, options: true },
  draw: null,
  opensAt: null,
  closesAt: null,
}

describe('what a policy leaves open', () => {
  it('has the defaults of the contract', () => {
    expect(policyOf()).toEqual(DEFAULTS)
    expect(policyOf({})).toEqual(DEFAULTS)
    expect(policyOf({ review: {}, shuffle: {} })).toEqual(DEFAULTS)
  })

  const filled: [authored: Json, changed: Json][] = [
    [
      { feedback: 'deferred' },
      { feedback: 'deferred', tries: null, review: { during: [], finished: ANSWERED, closed: ANSWERED } },
    ],
    [
      { feedback: 'never' },
      { feedback: 'never', tries: null, review: { during: [], finished: ['score'], closed: ['score'] } },
    ],
    [
      { feedback: 'never', review: { finished: ['verdict'] } },
      { feedback: 'never', tries: null, review: { during: [], finished: ['verdict'], closed: ['score'] } },
    ],
    [{ review: { during: [] } }, { tries: null, review: { during: [], finished: ANSWERED, closed: ANSWERED } }],
    [
      { feedback: 'deferred', review: { during: ['verdict'], closed: ['unanswered'] } },
      {
        feedback: 'deferred',
        tries: 1,
        review: { during: ['verdict'], finished: ANSWERED, closed: ['unanswered'] },
      },
    ],
    [{ tries: null }, { tries: null }],
    [
      { tries: 1000, penalty: 0.333333 },
      { tries: 1000, penalty: 0.333333 },
    ],
    [{ shuffle: { questions: true } }, { shuffle: { questions: true, options: true } }],
    [{ shuffle: { options: false } }, { shuffle: { questions: false, options: false } }],
    [
      { timeLimitSeconds: 1, graceSeconds: 31_622_400 },
      { timeLimitSeconds: 1, graceSeconds: 31_622_400 },
    ],
    [{ passingScore: 0 }, { passingScore: 0 }],
    [{ passingScore: 0.000001 }, { passingScore: 0.000001 }],
  ]

  for (const [authored, changed] of filled) {
    it(`${JSON.stringify(authored)} changes that and nothing else`, () => {
      expect(policyOf(authored)).toEqual({ ...DEFAULTS, ...changed })
    })
  }

  it('is filled once: a policy that was read back is the same policy', () => {
    for (const [authored] of filled) {
      const policy = policyOf(authored)
      expect(policyOf(policy)).toEqual(policy)
    }
  })

  it('may be written out where it is not built yet, as long as it says the default', () => {
    expect(policyOf(DEFAULTS)).toEqual(DEFAULTS)
  })
})

describe('a policy that contradicts itself is refused', () => {
  const examples: [policy: Json, refused: string[], access?: Access][] = [
    [{ tries: 2, review: { during: ['score'] } }, ['policy.review.during inconsistent', 'policy.tries inconsistent']],
    [{ review: { during: ['score'] } }, ['policy.review.during inconsistent']],
    [{ review: { during: ['feedback', 'explanation', 'answer'] } }, ['policy.review.during inconsistent']],
    [{ review: { during: ['verdict', 'unanswered'] } }, ['policy.review.during inconsistent']],
    [
      { review: { during: ['unanswered'] } },
      ['policy.review.during inconsistent', 'policy.review.during inconsistent'],
    ],
    [{ feedback: 'deferred', tries: 1 }, ['policy.tries inconsistent']],
    [{ feedback: 'never', tries: 3 }, ['policy.tries inconsistent']],
    [{ review: { during: [] }, tries: 2 }, ['policy.tries inconsistent']],
    [{ attemptsPerLearner: 1 }, ['policy.attemptsPerLearner inconsistent']],
    [{ attemptsPerLearner: 1 }, [], 'restricted'],
    [{ feedback: 'deferred', tries: null }, []],
    [{ review: { finished: ['unanswered'], closed: ['unanswered'] } }, []],
  ]

  for (const [policy, refused, access = 'public'] of examples) {
    it(`${JSON.stringify(policy)} on a ${access} quiz: ${refused.join(', ') || 'nothing'}`, () => {
      expect(refusal(policy, access)).toEqual(refused)
    })
  }
})

describe('what a policy says of retries, certainty, times and draws', () => {
  const examples: [policy: Json, refused: string[]][] = [
    [{ retryScoring: 'best', tries: null }, []],
    [{ retryScoring: 'per-part', tries: 3, penalty: 0.25 }, []],
    [{ retryScoring: 'declining', tryPoints: [1, 0.5, 0.5, 0] }, []],
    [{ retryScoring: 'declining', tryPoints: [1, 0.5], tries: 2 }, []],
    [{ retryScoring: 'declining' }, ['policy.tryPoints inconsistent']],
    [{ retryScoring: 'declining', tryPoints: [1, 0.5], tries: 3 }, ['policy.tries inconsistent']],
    [{ retryScoring: 'declining', tryPoints: [1, 0.5], tries: null }, ['policy.tries inconsistent']],
    [{ retryScoring: 'declining', tryPoints: [1, 0.5], penalty: 0.1 }, ['policy.penalty inconsistent']],
    [{ retryScoring: 'declining', tryPoints: [0.5, 1] }, ['policy.tryPoints inconsistent']],
    [{ tryPoints: [1] }, ['policy.tryPoints inconsistent']],
    [{ feedback: 'deferred', retryScoring: 'best' }, ['policy.retryScoring inconsistent']],
    [{ certainty: true }, []],
    [{ certainty: true, feedback: 'deferred' }, []],
    [{ certainty: true, tries: 2 }, ['policy.certainty inconsistent']],
    [{ certainty: true, tries: null }, ['policy.certainty inconsistent']],
    [{ gradeBy: 'average' }, []],
    [{ opensAt: '2026-01-01T00:00:00Z', closesAt: '2026-01-01T00:00:00.001Z' }, []],
    [{ opensAt: '2026-01-01T00:00:00Z', closesAt: '2026-01-01T00:00:00Z' }, ['policy.closesAt inconsistent']],
    [{ opensAt: '2026-01-02T00:00:00Z', closesAt: '2026-01-01T00:00:00Z' }, ['policy.closesAt inconsistent']],
    // The same moment, however many zeros it is written with.
    [{ opensAt: '2026-01-01T00:00:00Z', closesAt: '2026-01-01T00:00:00.000Z' }, ['policy.closesAt inconsistent']],
    [{ opensAt: '2026-01-01T00:00:00.5Z', closesAt: '2026-01-01T00:00:00.50Z' }, ['policy.closesAt inconsistent']],
    [{ opensAt: '2026-01-01T00:00:00.09Z', closesAt: '2026-01-01T00:00:00.1Z' }, []],
    [{ draw: { one: 3 } }, ['policy.draw.one inconsistent']],
    [{ draw: { one: 4 } }, ['policy.draw.one inconsistent', 'policy.draw.one inconsistent']],
    [{ draw: { two: 1 } }, ['policy.draw.two unknown-id']],
  ]
  for (const [policy, refused] of examples) {
    it(`${JSON.stringify(policy)}: ${refused.join(', ') || 'nothing'}`, () => {
      expect(refusal(policy)).toEqual(refused)
    })
  }

  it('lets as many tries be had as there are points for them', () => {
    expect(policyOf({ retryScoring: 'declining', tryPoints: [1, 0.5, 0.25] }).tries).toBe(3)
  })
})

describe('a policy of the wrong shape is refused', () => {
  const malformed: [policy: unknown, where: string, code?: string][] = [
    [null, 'policy'],
    [[], 'policy'],
    ['immediate', 'policy'],
    [{ feedback: 'later' }, 'policy.feedback'],
    [{ feedback: null }, 'policy.feedback'],
    [{ review: null }, 'policy.review'],
    [{ review: { during: ['verdict', 'verdict'] } }, 'policy.review.during'],
    [{ review: { finished: ['everything'] } }, 'policy.review.finished.0'],
    [{ review: { finished: 'verdict' } }, 'policy.review.finished'],
    [{ review: { later: [] } }, 'policy.review.later', 'unknown-field'],
    [{ tries: 0 }, 'policy.tries'],
    [{ tries: -1 }, 'policy.tries'],
    [{ tries: 1.5 }, 'policy.tries'],
    [{ tries: 1001 }, 'policy.tries'],
    [{ tries: '3' }, 'policy.tries'],
    [{ penalty: -0.1 }, 'policy.penalty'],
    [{ penalty: 1.000001 }, 'policy.penalty'],
    [{ penalty: 0.1234567 }, 'policy.penalty'],
    [{ penalty: null }, 'policy.penalty'],
    [{ passingScore: 1.1 }, 'policy.passingScore'],
    [{ passingScore: 70 }, 'policy.passingScore'],
    [{ passingScore: -0.7 }, 'policy.passingScore'],
    [{ timeLimitSeconds: 0 }, 'policy.timeLimitSeconds'],
    [{ timeLimitSeconds: 1.5 }, 'policy.timeLimitSeconds'],
    [{ timeLimitSeconds: 31_622_401 }, 'policy.timeLimitSeconds'],
    [{ graceSeconds: -1 }, 'policy.graceSeconds'],
    [{ graceSeconds: null }, 'policy.graceSeconds'],
    [{ attemptsPerLearner: 0 }, 'policy.attemptsPerLearner'],
    [{ certainty: 'yes' }, 'policy.certainty'],
    [{ shuffle: true }, 'policy.shuffle'],
    [{ shuffle: { sections: true } }, 'policy.shuffle.sections', 'unknown-field'],
    [{ draw: { one: 0 } }, 'policy.draw.one'],
    [{ tryPoints: [] }, 'policy.tryPoints'],
    [{ tryPoints: [1.5] }, 'policy.tryPoints.0'],
    [{ opensAt: 'tomorrow' }, 'policy.opensAt'],
    [{ opensAt: '2026-01-01' }, 'policy.opensAt'],
    [{ closesAt: 1_767_225_600 }, 'policy.closesAt'],
    [{ timeLimit: 600 }, 'policy.timeLimit', 'unknown-field'],
    [{ constructor: {} }, 'policy.constructor', 'unknown-field'],
  ]

  for (const [policy, where, code = 'invalid-shape'] of malformed) {
    it(`${JSON.stringify(policy)} at ${where}`, () => {
      expect(refusal(policy)).toEqual([`${where} ${code}`])
    })
  }
})
