import { beforeAll, describe, expect, it } from 'vitest'
import { dueAt } from '../../../player/session/deadline.ts'
import { warningBetween } from '../../../player/session/warnings.ts'
import { createHost, ROOT_KEY, type TestHost } from '../../support/host.ts'
import { startLearner } from './learner.ts'

/** Time is the server's, and nothing that was chosen is lost to it. */

let host: TestHost
beforeAll(async () => {
  host = await createHost()
})

async function started({ policy = {}, clock = { now: host.clock.now } } = {}) {
  const learner = await startLearner(host, { timeLimitSeconds: 60, ...policy }, { clock })
  /** Both clocks go on. */
  const pass = (ms: number) => {
    host.clock.now += ms
    learner.clock.now += ms
  }
  return { learner, pass }
}

describe('the time left', () => {
  it('goes by the server, however wrong the clock of the machine is', async () => {
    const { learner, pass } = await started({ clock: { now: Date.UTC(1999, 0) } })
    expect(learner.play.timeLeft).toBe(60_000)
    pass(15_000)
    expect(learner.play.timeLeft).toBe(45_000)
  })

  it('is never shown as longer than it is: an answer may have been under way', async () => {
    const { learner } = await started()
    const letGo = learner.network.hold(/attempts\/[^/]+$/)
    const refreshing = learner.play.refresh()
    await learner.network.arrived
    host.clock.now += 4000
    learner.clock.now += 4000
    letGo()
    await refreshing
    expect(learner.play.timeLeft).toBe(56_000)
  })

  it('is none without a deadline', async () => {
    const { learner } = await started({ policy: { timeLimitSeconds: null } })
    expect(learner.play.timeLeft).toBeNull()
  })
})

describe('the end of the time', () => {
  it('sends what is chosen in the last moment, and hands in', async () => {
    const { learner, pass } = await started()
    learner.play.choose('single', { response: { choice: 'b' } })
    pass(57_000)
    learner.play.tick()
    await learner.until(() => learner.network.sent.at(-1)!.startsWith('GET'))
    await learner.play.refresh()
    pass(1800)
    learner.play.tick()
    await learner.until(() => learner.play.known.results.get('single')!.status === 'correct')
    pass(1300)
    learner.play.tick()
    await learner.until(() => learner.play.isFinished)
    expect(learner.play.attempt).toMatchObject({ score: 1, finishReason: 'expired' })
    expect(learner.play.isTimeUp).toBe(true)
  })

  it('asks whether staff have moved it before anything ends', async () => {
    const { learner, pass } = await started()
    await host.client.call('POST', `/v1/attempts/${learner.play.attempt.id}/extensions`, {
      token: ROOT_KEY,
      body: { extraSeconds: 120, reason: 'the fire alarm' },
      releases: 'everything',
    })
    pass(61_000)
    learner.play.tick()
    await learner.play.refresh()
    learner.play.tick()
    expect(learner.play).toMatchObject({ isFinished: false, isTimeUp: false, timeLeft: 119_000 })
  })

  it('after a closed lid shows the outcome, and sends nothing that would be late', async () => {
    const { learner, pass } = await started()
    learner.play.choose('single', { response: { choice: 'b' } })
    pass(3_600_000)
    await learner.session.wakeUp()
    expect(learner.play.isFinished).toBe(true)
    expect(learner.network.sent.filter((sent) => sent.endsWith('/responses'))).toEqual([])
  })
})

describe('what is due', () => {
  it.each([
    [20_000, 0, 'nothing'],
    [5000, 3000, 'ask'],
    [4000, 500, 'nothing'],
    [1500, 2000, 'sendDrafts'],
    [1000, 9000, 'ask sendDrafts'],
    [0, 4000, 'sendDrafts finish'],
    [-200, 9000, 'ask sendDrafts'],
    [-60_000, 61_000, 'ask'],
    [300_000, -1, 'ask'],
  ])('with %i ms left, %i ms after the server was heard: %s', (left, sinceContact, expected) => {
    const due = Object.entries(dueAt(left, sinceContact)).flatMap(([name, is]) => (is ? [name] : []))
    expect(due.join(' ') || 'nothing').toBe(expected)
  })
})

describe('a warning', () => {
  it.each([
    [Infinity, 400_000, null],
    [300_001, 300_000, 300_000],
    [60_500, 59_500, 60_000],
    [59_500, 58_500, null],
    [70_000, 20_000, 20_000],
    [30_500, -1, null],
  ])('from %i ms to %i ms left: %s', (before, left, expected) => {
    expect(warningBetween(before, left)).toBe(expected)
  })
})
