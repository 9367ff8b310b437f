import { describe, expect, it } from 'vitest'
import { attemptModel, type AttemptState, NEW_ATTEMPT, respond, type Sent, viewOf } from './attempt-model.ts'

const KEYS = { q1: 'a', q2: 'b' }
const TRIES = { keys: KEYS, tries: 2 }
const SAVES = { keys: KEYS, tries: null }

const one = (question: string, choice: string): Sent[] => [{ question, choice }]
const LOOK = {
  kind: 'view',
  view: { status: 'active', answered: 0, score: 0, questions: [], results: [] },
  of: null,
} as const

const counted = (number: number | null) => ({ refused: null, duplicate: false, try: number })
const again = (number: number | null) => ({ refused: null, duplicate: true, try: number })
const refused = (code: string) => ({ refused: code, duplicate: false, try: null })

function fates(rules: typeof TRIES | typeof SAVES, ...requests: Sent[][]) {
  let state: AttemptState = NEW_ATTEMPT
  return requests.map((sent) => {
    const done = respond(rules, state, sent)
    state = done.next
    return done.fates[0]
  })
}

describe('an attempt with two tries', () => {
  it('counts each other answer, and repeats what it has counted', () => {
    const sent = [one('q1', 'c'), one('q1', 'c'), one('q1', 'd'), one('q1', 'b'), one('q1', 'd')]
    expect(fates(TRIES, ...sent)).toEqual([counted(1), again(1), counted(2), refused('no-tries-left'), again(2)])
  })

  it('closes a question that was answered right', () => {
    const sent = [one('q1', 'a'), one('q1', 'b'), one('q2', 'a')]
    expect(fates(TRIES, ...sent)).toEqual([counted(1), refused('no-tries-left'), counted(1)])
  })

  it('shows how it stands', () => {
    const view = viewOf(TRIES, { finished: false, accepted: { q1: 'ca', q2: '' } }, LOOK)
    const q1 = { question: 'q1', status: 'correct', triesLeft: 0 }
    const q2 = { question: 'q2', status: 'unanswered', triesLeft: 2 }
    expect(view).toEqual({
      status: 'active',
      answered: 1,
      score: 1,
      questions: [
        { ...q1, tries: 2, score: 1 },
        { ...q2, tries: 0, score: null },
      ],
      results: [
        { ...q1, choice: 'a', explained: true },
        { ...q2, choice: null, explained: false },
      ],
    })
  })
})

describe('an attempt of saves', () => {
  it('lets the last one count, and repeats that one alone', () => {
    const sent = [one('q1', 'c'), one('q1', 'd'), one('q1', 'd'), one('q1', 'c')]
    expect(fates(SAVES, ...sent)).toEqual([counted(null), counted(null), again(null), counted(null)])
  })

  it('tells nothing before the end, and then everything', () => {
    const accepted = { q1: 'a', q2: 'c' }
    const [running, over] = [false, true].map((finished) => viewOf(SAVES, { finished, accepted }, LOOK))
    expect(running).toMatchObject({
      score: null,
      questions: [{ status: 'answered', score: null }, { status: 'answered' }],
    })
    expect(running!.results.map(({ explained }) => explained)).toEqual([false, false])
    expect(over).toMatchObject({
      score: 1,
      questions: [
        { status: 'correct', score: 1 },
        { status: 'incorrect', score: 0 },
      ],
    })
    expect(over!.results.map(({ explained }) => explained)).toEqual([true, true])
  })
})

it('what comes after a finish counts for nothing, but for what repeats something that counts', () => {
  for (const rules of [TRIES, SAVES]) {
    const state = { finished: true, accepted: { q1: 'c', q2: '' } }
    expect(respond(rules, state, [...one('q1', 'c'), ...one('q2', 'b')])).toMatchObject({
      next: state,
      fates: [{ refused: null, duplicate: true }, refused('attempt-finished')],
    })
  }
})

it('an answer that is another one than the state gives is no step, and one that never came fits every state', () => {
  const model = attemptModel(TRIES)
  const action = { kind: 'respond', sent: one('q1', 'c'), fates: [counted(2)] } as const
  expect(model.apply(NEW_ATTEMPT, action, true)).toBeNull()
  expect(model.apply(NEW_ATTEMPT, action, false)).toMatchObject({ accepted: { q1: 'c' } })
})
