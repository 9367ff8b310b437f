import { describe, expect, it } from 'vitest'
import type { AttemptEvent, SentResponse } from '../../src/grading/log.ts'
import type { Outcome } from '../../src/grading/replay.ts'
import { admitted, type Case, responses } from './arbitrary-logs.ts'
import { summariseOutcome } from './graded-quiz.ts'
import { counterexample, counterexampleWith, fold } from './laws.ts'

/** What must stand when more is appended: all but the number of the last event, and what the new one came to. */
function standing(outcome: Outcome) {
  const { seq: _seq, events: _events, ...rest } = summariseOutcome(outcome)
  return rest
}

type NewEvent = Partial<Pick<AttemptEvent, 'id' | 'at'>> & Pick<AttemptEvent, 'type' | 'body'>

/** A case's log with one more event: now, and with an id of its own, unless it says otherwise. */
function append({ log, start, policy }: Case, event: NewEvent): AttemptEvent[] {
  const now = log.at(-1)?.at ?? start.startedAt
  const appended = { seq: log.length + 1, id: 'evt_appended', at: now, ...event } as AttemptEvent
  if (appended.type !== 'responded') return [...log, appended]
  return [...log, { ...appended, body: { responses: admitted(policy, appended.body.responses) } }]
}

const responded = (sent: readonly SentResponse[]): NewEvent => ({ type: 'responded', body: { responses: sent } })
const FINISHED: NewEvent = { type: 'finished', body: {} }

/** A case that has come to an end: its own, or one just appended. */
const ended = (drawn: Case): Case => ({ ...drawn, log: [...append(drawn, { ...FINISHED, id: 'evt_end' })] })

describe('what is appended changes nothing', () => {
  it('when its id was seen before, whatever it holds', () => {
    const broken = counterexampleWith(responses, (drawn, sent) => {
      for (const { id } of drawn.log) {
        expect(standing(fold(drawn, append(drawn, { ...responded(sent), id })))).toEqual(standing(fold(drawn)))
        expect(standing(fold(drawn, append(drawn, { ...FINISHED, id })))).toEqual(standing(fold(drawn)))
      }
    })
    expect(broken).toBeNull()
  })

  it('when the whole log is there twice', () => {
    const broken = counterexample((drawn) => {
      const twice = drawn.log.flatMap((event) => [event, event])
      expect(summariseOutcome(fold(drawn, twice))).toEqual(summariseOutcome(fold(drawn)))
    })
    expect(broken).toBeNull()
  })

  it('when it is late', () => {
    const broken = counterexampleWith(responses, (drawn, sent) => {
      const deadline = drawn.start.deadline ?? drawn.start.startedAt + 5000
      const limited: Case = { ...drawn, start: { ...drawn.start, deadline } }
      const end = deadline + drawn.policy.graceSeconds * 1000
      const late = { ...responded(sent), at: Math.max(end + 1, drawn.log.at(-1)?.at ?? 0) }
      expect(standing(fold(limited, append(limited, late)))).toEqual(standing(fold(limited)))
    })
    expect(broken).toBeNull()
  })

  it('when the attempt is finished', () => {
    const broken = counterexampleWith(responses, (drawn, sent) => {
      const over = ended(drawn)
      expect(standing(fold(over, append(over, responded(sent))))).toEqual(standing(fold(over)))
      expect(standing(fold(over, append(over, FINISHED)))).toEqual(standing(fold(over)))
    })
    expect(broken).toBeNull()
  })

  it('when it repeats an answer that stands, and it is told the try that it repeats', () => {
    const broken = counterexample((drawn) => {
      for (const whole of [drawn, ended(drawn)]) {
        const outcome = fold(whole)
        const answers = outcome.questions.flatMap(({ question, tries }) =>
          tries.slice(-1).map(({ response, certainty }) => ({
            question: question.id,
            response,
            ...(certainty && { certainty }),
          })),
        )
        const repeated = fold(whole, append(whole, responded(answers)))
        expect(standing(repeated)).toEqual(standing(outcome))
        expect(repeated.events.get('evt_appended')!.responses).toEqual(
          answers.map(({ question }) => ({
            question,
            try: outcome.questions.find((each) => each.question.id === question)!.tries.at(-1),
            duplicate: true,
            refused: null,
          })),
        )
      }
    })
    expect(broken).toBeNull()
  })

  it('when it is blank and the best try counts, and its question is told to stand as it did', () => {
    const broken = counterexample((drawn) => {
      const best: Case = {
        ...drawn,
        policy: { ...drawn.policy, counted: true, certainty: false, retryScoring: 'best' },
      }
      const outcome = fold(best)
      const blank = fold(best, append(best, responded([{ question: 'multiple', response: { choices: [] } }])))
      expect(standing(blank)).toEqual(standing(outcome))
      expect(blank.events.get('evt_appended')!.responses[0]).toMatchObject({ try: null, duplicate: false })
    })
    expect(broken).toBeNull()
  })

  it('for other questions than those that it answers', () => {
    const broken = counterexampleWith(responses, (drawn, sent) => {
      const touched = new Set(sent.map(({ question }) => question))
      const others = (outcome: Outcome) => standing(outcome).questions.filter(({ id }) => !touched.has(id))
      expect(others(fold(drawn, append(drawn, responded(sent))))).toEqual(others(fold(drawn)))
    })
    expect(broken).toBeNull()
  })
})
