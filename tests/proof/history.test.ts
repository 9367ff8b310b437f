import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttemptRules, attemptModel, NEW_ATTEMPT, respond, type Sent, type View, viewOf } from './attempt-model.ts'
import { type Call, checkHistory } from './history.ts'

const TRIES: AttemptRules = { keys: { q1: 'a', q2: 'b' }, tries: 2 }
const SAVES: AttemptRules = { keys: { q1: 'a', q2: 'b' }, tries: null }

/** A call as the attempt would answer it that has taken part in `did` so far, at a time of its own. */
interface Did {
  readonly kind: Call['kind']
  readonly sent?: readonly Sent[]
}

function statesAfter(rules: AttemptRules, did: readonly Did[]) {
  let { finished, accepted } = NEW_ATTEMPT
  for (const { kind, sent = [] } of did) {
    if (kind === 'finish') finished = true
    if (kind === 'respond') accepted = respond(rules, { finished, accepted }, sent).next.accepted
  }
  return { finished, accepted }
}

const NO_QUESTIONS: View = { status: 'active', answered: 0, score: null, questions: null, results: [] }

/** The call that comes after `before` and was looked at after `seen` more. */
function call(
  rules: AttemptRules,
  before: readonly Did[],
  { kind, sent = [] }: Did,
  {
    invoked,
    lastSent = invoked,
    answered,
    seen = [],
  }: { invoked: number; lastSent?: number; answered: number; seen?: readonly Did[] },
): Call {
  const fates = kind === 'respond' ? respond(rules, statesAfter(rules, before), sent).fates : []
  const isRefused = fates.length > 0 && fates.every(({ refused }) => refused !== null)
  const state = statesAfter(rules, [...before, { kind, sent }, ...seen])
  const asked = { kind: 'view', view: { ...NO_QUESTIONS, questions: kind === 'respond' ? null : [] } } as const
  const view = viewOf(rules, state, { ...asked, of: kind === 'respond' ? { sent, fates } : null })
  return {
    kind,
    sent,
    invoked,
    lastSent,
    answered,
    unknown: lastSent === invoked ? 0 : 1,
    answer: { status: isRefused ? 409 : 200, fates, view: isRefused ? null : view },
  }
}

const first = { kind: 'respond', sent: [{ question: 'q1', choice: 'c' }] } as const
const second = { kind: 'respond', sent: [{ question: 'q1', choice: 'd' }] } as const
const third = { kind: 'respond', sent: [{ question: 'q1', choice: 'a' }] } as const
const finish = { kind: 'finish' } as const
const resume = { kind: 'resume' } as const

const violation = (rules: AttemptRules, calls: readonly Call[]) => checkHistory(rules, calls).violation

describe('of an attempt is explained', () => {
  it('that tries were at once, and that the one that was answered first was the second', () => {
    const calls = [
      call(TRIES, [second], first, { invoked: 1, answered: 4 }),
      call(TRIES, [], second, { invoked: 2, answered: 3 }),
      call(TRIES, [second, first], third, { invoked: 5, answered: 6 }),
      call(TRIES, [second, first, third], finish, { invoked: 7, answered: 8 }),
    ]
    expect(violation(TRIES, calls)).toBeNull()
    expect(calls[2]).toMatchObject({ answer: { status: 409, fates: [{ refused: 'no-tries-left' }] } })
  })

  it('that a save whose answer was lost took effect long before its retry, which shows the attempt as it is by then', () => {
    const calls = [
      call(SAVES, [], first, { invoked: 1, lastSent: 6, answered: 7, seen: [second, finish] }),
      call(SAVES, [first], second, { invoked: 2, answered: 3 }),
      call(SAVES, [first, second], finish, { invoked: 4, answered: 5 }),
    ]
    expect(violation(SAVES, calls)).toBeNull()
  })

  it('that a response without an answer is there, or not', () => {
    const unanswered: Call = { ...call(TRIES, [], first, { invoked: 1, answered: 2 }), answered: null, answer: null }
    const seen = call(TRIES, [first], resume, { invoked: 3, answered: 4 })
    const absent = call(TRIES, [], resume, { invoked: 3, answered: 4 })
    expect([violation(TRIES, [unanswered, seen]), violation(TRIES, [unanswered, absent])]).toEqual([null, null])
    // And not first there and then gone.
    const gone = call(TRIES, [], resume, { invoked: 5, answered: 6 })
    expect(violation(TRIES, [unanswered, seen, gone])).toContain('"invoked":5')
  })
})

describe('of an attempt no order explains', () => {
  it('that an acknowledged response is lost', () => {
    const calls = [
      call(TRIES, [], first, { invoked: 1, answered: 2 }),
      call(TRIES, [], resume, { invoked: 3, answered: 4 }),
    ]
    expect(violation(TRIES, calls)).toContain('"kind":"resume"')
  })

  it('that a response is counted twice', () => {
    const again = { kind: 'respond', sent: [{ question: 'q1', choice: 'b' }] } as const
    const calls = [
      call(TRIES, [], first, { invoked: 1, answered: 2 }),
      call(TRIES, [first, again], resume, { invoked: 3, answered: 4 }),
    ]
    expect(violation(TRIES, calls)).toContain('"kind":"resume"')
  })

  it('that a retry is told of a duplicate where nobody else had sent the same', () => {
    const calls = [call(TRIES, [first], first, { invoked: 1, lastSent: 3, answered: 4 })]
    expect(violation(TRIES, calls)).toContain('"unknown":1')
  })

  it('that a late retry of an older save wins, which somebody had seen', () => {
    const calls = [
      call(SAVES, [], first, { invoked: 1, lastSent: 6, answered: 7, seen: [second] }),
      call(SAVES, [first], resume, { invoked: 2, answered: 3 }),
      call(SAVES, [first], second, { invoked: 4, answered: 5 }),
      call(SAVES, [second, first], resume, { invoked: 8, answered: 9 }),
    ]
    expect(violation(SAVES, calls.slice(0, 3))).toBeNull()
    expect(violation(SAVES, calls)).toContain('"invoked":8')
    // Where nobody had seen it, it may have taken effect with the retry: then its answer shows it.
    const late = call(SAVES, [second], first, { invoked: 1, lastSent: 6, answered: 7 })
    expect(violation(SAVES, [late, call(SAVES, [], second, { invoked: 4, answered: 5 }), calls[3]!])).toBeNull()
  })

  it('that a resume is stale', () => {
    const calls = [
      call(TRIES, [], first, { invoked: 1, answered: 2 }),
      call(TRIES, [first], second, { invoked: 3, answered: 4 }),
      call(TRIES, [first], resume, { invoked: 5, answered: 6 }),
    ]
    expect(violation(TRIES, calls)).toContain('"invoked":5')
  })

  it('that an answer depends on a response that is never acknowledged, and is absent later', () => {
    const unanswered: Call = { ...call(TRIES, [], first, { invoked: 1, answered: 2 }), answered: null, answer: null }
    const calls = [
      unanswered,
      call(TRIES, [first], second, { invoked: 3, answered: 4 }),
      call(TRIES, [second], finish, { invoked: 5, answered: 6 }),
    ]
    expect(violation(TRIES, calls.slice(0, 2))).toBeNull()
    expect(violation(TRIES, calls)).toContain('"kind":"finish"')
  })

  it('that two tries have one number', () => {
    const calls = [
      call(TRIES, [], first, { invoked: 1, answered: 3 }),
      call(TRIES, [], second, { invoked: 2, answered: 4 }),
    ]
    expect(violation(TRIES, calls)).not.toBeNull()
  })

  it('that something counts after the finish', () => {
    const calls = [
      call(SAVES, [], finish, { invoked: 1, answered: 2 }),
      call(SAVES, [], first, { invoked: 3, answered: 4 }),
    ]
    expect(violation(SAVES, calls)).toContain('"kind":"respond"')
  })

  it('that an explanation comes before the question is closed', () => {
    const early = call(TRIES, [], first, { invoked: 1, answered: 2 })
    const view = early.answer!.view!
    const results = view.results.map((result) => ({ ...result, explained: true }))
    expect(violation(TRIES, [early])).toBeNull()
    expect(violation(TRIES, [{ ...early, answer: { ...early.answer!, view: { ...view, results } } }])).not.toBeNull()
  })
})

/** Calls that take effect one after the other, and whose times overlap at random. */
const arbitraryCalls = fc.array(
  fc.record({
    did: fc.oneof(
      {
        weight: 8,
        arbitrary: fc
          .record({ question: fc.constantFrom('q1', 'q2'), choice: fc.constantFrom('a', 'b', 'c', 'd') })
          .map((one): Did => ({ kind: 'respond', sent: [one] })),
      },
      { weight: 2, arbitrary: fc.constant<Did>({ kind: 'resume' }) },
      { weight: 1, arbitrary: fc.constant<Did>({ kind: 'finish' }) },
    ),
    earlier: fc.integer({ min: 0, max: 30 }),
    later: fc.integer({ min: 0, max: 30 }),
  }),
  { minLength: 1, maxLength: 12 },
)

type Chosen = typeof arbitraryCalls extends fc.Arbitrary<infer Value> ? Value : never

function play(rules: AttemptRules, chosen: Chosen): Call[] {
  const did = chosen.map((each) => each.did)
  const calls = chosen.map(({ earlier, later }, index) => {
    // Ten units apart, each with a fraction of its own: no two moments are the same.
    const moment = 1000 + index * 10
    const times = { invoked: moment - earlier - 1 + index / 100, answered: moment + later + 1 + index / 100 }
    return call(rules, did.slice(0, index), did[index]!, times)
  })
  return [...calls, call(rules, did, resume, { invoked: 2000, answered: 2001 })]
}

describe('of generated histories', () => {
  it.each([TRIES, SAVES])('every one that was played is explained, by rules %o', (rules) => {
    const property = fc.property(arbitraryCalls, (chosen) => {
      expect(violation(rules, play(rules, chosen))).toBeNull()
    })
    fc.assert(property)
  })

  it('none is explained in which something that was counted is missing at the end', () => {
    let mutants = 0
    const property = fc.property(arbitraryCalls, fc.nat(), (chosen, pick) => {
      const calls = play(TRIES, chosen)
      const counted = calls.flatMap(({ answer }, index) =>
        answer?.fates.some(({ duplicate, refused }) => !duplicate && !refused) ? [index] : [],
      )
      if (counted.length === 0) return
      mutants += 1
      const lost = counted[pick % counted.length]!
      const left = chosen.filter((_, index) => index !== lost)
      const end = call(
        TRIES,
        left.map((each) => each.did),
        resume,
        { invoked: 2000, answered: 2001 },
      )
      fc.pre(JSON.stringify(end) !== JSON.stringify(calls.at(-1)))
      expect(violation(TRIES, [...calls.slice(0, -1), end])).toContain('"invoked":2000')
    })
    fc.assert(property)
    expect(mutants).toBeGreaterThan(10)
  })

  it('none is explained in which a try has another number', () => {
    const property = fc.property(arbitraryCalls, fc.nat(), (chosen, pick) => {
      const calls = play(TRIES, chosen)
      const accepted = calls.filter(({ answer }) => answer?.fates[0]?.try)
      fc.pre(accepted.length > 0)
      const told = accepted[pick % accepted.length]!
      const fates = told.answer!.fates.map((fate) => ({ ...fate, try: fate.try! + 1 }))
      const mutant = calls.map((each) => (each === told ? { ...told, answer: { ...told.answer!, fates } } : each))
      expect(violation(TRIES, mutant)).not.toBeNull()
    })
    fc.assert(property)
  })
})

it('equal states have equal texts, whatever led to them', () => {
  const model = attemptModel(TRIES)
  const [a, b] = [
    { kind: 'respond', sent: [{ question: 'q1', choice: 'c' }] } as const,
    { kind: 'respond', sent: [{ question: 'q2', choice: 'd' }] } as const,
  ]
  const texts = [
    [a, b],
    [b, a],
  ].map((order) => model.keyOf(statesAfter(TRIES, order)))
  expect(texts[0]).toBe(texts[1])
})
