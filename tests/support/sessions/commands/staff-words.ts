import { expect } from 'vitest'
import type { Answer } from '../../client.ts'
import { type Attempt, closeWhereDone, write } from '../attempt.ts'
import { extend as moveDeadline, type Extension } from '../jobs.ts'
import { ratio, type Rational } from '../rational.ts'
import { maxScoreOf, standingOf, waitsForPerson } from '../scoring.ts'
import { type Action, chooser, type Chooser, type Picks } from '../step.ts'
import { resultViews, time } from '../view.ts'
import {
  ABSENT,
  checkAttempt,
  checkReceipt,
  type Expected,
  found,
  INVALID,
  momentOf,
  plainResults,
  refuse,
  REUSED,
  type World,
} from '../world.ts'
import { ROOT_KEY } from '../../host.ts'
import { headersOf, keyFor } from './keys.ts'

/** What staff say about one attempt. */

export interface Word {
  readonly attempt: number
  readonly body: any
  readonly key: string | null
}

/** Appends a word of staff once; a request that comes again with its key is told how things stand. */
function say(
  world: World,
  kind: string,
  { attempt: number, body, key }: Word,
  decide: (attempt: Attempt) => Expected | null,
  check: (attempt: Attempt, answer: Answer) => void,
): Expected {
  const attempt = world.attempts[number]!
  if (attempt.erased) return ABSENT
  found(world, attempt)
  const place = `${kind} ${number} ${key}`
  const known = key === null ? undefined : world.keys.get(place)
  if (known && known.asked !== JSON.stringify(body)) return REUSED
  const refused = known ? null : decide(attempt)
  if (refused) return refused
  if (!known) write(attempt, kind, { key: key && place })
  if (key !== null) world.keys.set(place, { asked: JSON.stringify(body), outcome: 'made', subject: number })
  return { status: 200, check: (answer) => check(attempt, answer) }
}

function wordOn(
  kind: string,
  path: string,
  /** Which attempts it is rather said about. */
  isFor: (attempt: Attempt) => boolean,
  bodyFor: (world: World, attempt: Attempt, choose: Chooser) => any,
  decide: (world: World, attempt: Attempt, body: any) => Expected | null,
  check: (world: World, attempt: Attempt, answer: Answer, body: any) => void,
): Action<Word> {
  return {
    name: kind,
    make(world: World, picks: Picks) {
      const choose = chooser(picks)
      const fit = world.attempts.filter(isFor)
      const some = choose.oneIn(5) ? world.attempts : fit
      if (some.length === 0) return null
      const attempt = choose.of(some)
      return { attempt: attempt.number, body: bodyFor(world, attempt, choose), key: keyFor(kind, picks) }
    },
    call: ({ attempts }, { attempt, body, key }) => [
      'POST',
      `/v1/attempts/${attempts[attempt]!.id}/${path}`,
      { token: ROOT_KEY, body, ...headersOf(key) },
    ],
    expect: (world, word) =>
      say(
        world,
        kind,
        word,
        (attempt) => decide(world, attempt, word.body),
        (attempt, answer) => check(world, attempt, answer, word.body),
      ),
  }
}

export const someExtension = ({ of }: Chooser): Extension =>
  of([
    { extraSeconds: 30 },
    { extraSeconds: 90 },
    { factor: 1.5 },
    { factor: 1.333333 },
    { factor: 1 },
    { unlimited: true },
  ])

export const extend = wordOn(
  'extended',
  'extensions',
  ({ finished, deadline }) => !finished && deadline !== null,
  (_world, _attempt, choose) => ({
    ...someExtension(choose),
    reason: choose.of(['A fire alarm', 'The power was out']),
  }),
  (world, attempt, body) => {
    const came = moveDeadline(world, attempt, body)
    return came === 'over' ? refuse(409, 'attempt-finished') : came === 'endless' ? INVALID : null
  },
  checkExtended,
)

function checkExtended(world: World, attempt: Attempt, { body }: Answer): void {
  checkAttempt(world, attempt, body.attempt, 'staff')
  expect(body.effective).toEqual({ deadline: time(attempt.deadline) })
}

/** A score that a person gives: none, part, all, and more than there is. */
function someScore(max: number, { of }: Chooser): number {
  return of([0, Math.floor(max / 3), Math.floor(max / 2), max, max, max + 1]) / 1000
}

const shareOf = (score: number, max: number): Rational => ratio(Math.round(score * 1000), max)

/** Whether there is no such score to give: more than there is, or any of what was dropped. */
const isNone = (score: number, max: number): boolean => max === 0 || Math.round(score * 1000) > max

const byId = ({ asked }: Attempt, id: string) => asked.find(({ served }) => served.id === id)

export const grade = wordOn(
  'graded',
  'grades',
  ({ asked }) => asked.some(waitsForPerson),
  (world, attempt, choose) => {
    const waiting = attempt.asked.filter(waitsForPerson)
    const asked = choose.of(waiting.length > 0 && !choose.oneIn(6) ? waiting : attempt.asked)
    const comment = choose.of([{}, { comment: 'Well said.' }])
    return { question: asked.served.id, score: someScore(maxScoreOf(asked, world.rules), choose), ...comment }
  },
  (world, attempt, { question, score, comment = null }) => {
    const asked = byId(attempt, question)
    if (!asked || !waitsForPerson(asked)) return INVALID
    const max = maxScoreOf(asked, world.rules)
    if (isNone(score, max)) return INVALID
    asked.entries.at(-1)!.given = { share: shareOf(score, max), comment }
    closeWhereDone(attempt, asked)
    return null
  },
  checkGiven,
)

export const override = wordOn(
  'overridden',
  'overrides',
  ({ asked }) => asked.some(({ entries }) => entries.length > 0),
  (world, attempt, choose) => {
    const asked = choose.oneIn(3) ? null : choose.of(attempt.asked)
    const max = asked ? maxScoreOf(asked, world.rules) : standingOf(attempt).maxScore
    const score = choose.oneIn(4) ? null : someScore(max, choose)
    return { ...(asked && { question: asked.served.id }), score, reason: 'The question was unclear' }
  },
  (world, attempt, { question, score }) => {
    const asked = question === undefined ? null : byId(attempt, question)
    if (asked === undefined) return INVALID
    const max = asked ? maxScoreOf(asked, world.rules) : standingOf(attempt).maxScore
    if (score !== null && isNone(score, max)) return INVALID
    const target: { overridden: Rational | null } = asked ?? attempt
    target.overridden = score === null ? null : shareOf(score, max)
    return null
  },
  checkGiven,
)

function checkGiven(world: World, attempt: Attempt, { body }: Answer, { question }: any): void {
  const moment = momentOf(world, 'staff')
  checkAttempt(world, attempt, body.attempt, 'staff')
  const index = attempt.asked.findIndex(({ served }) => served.id === question)
  expect(plainResults(body.results)).toEqual(index === -1 ? [] : [resultViews(attempt, moment)[index]])
  checkReceipt(world, attempt, body.receipt, moment)
}
