import { beforeAll, describe, expect, it } from 'vitest'
import { publish } from '../../support/actions.ts'
import { createHost, type TestHost } from '../../support/host.ts'
import { createLearner, startLearner } from './learner.ts'

/** Pages of one browser agree, and what is old never takes the place of what is new. */

let host: TestHost
beforeAll(async () => {
  host = await createHost()
})

const started = (policy?: object) => startLearner(host, policy)

describe('a second page', () => {
  it('sees what was answered in the first', async () => {
    const first = await started()
    const second = first.tab()
    await second.session.open()
    first.play.choose('single', { response: { choice: 'b' } })
    first.play.submit(first.question('single'))
    await second.until(() => second.play.known.results.get('single')!.status === 'correct')
    expect(second.play.attempt.score).toBe(1)
  })

  it('loses nothing that is chosen in it, at other questions', async () => {
    const first = await started()
    const second = first.tab()
    await second.session.open()
    second.play.choose('truth', { response: { choice: 'false' } })
    first.play.choose('single', { response: { choice: 'b' } })
    first.play.submit(first.question('single'))
    await second.until(() => second.play.known.results.get('single')!.status === 'correct')
    expect(second.play.draftOf('truth').response).toEqual({ choice: 'false' })
  })

  it('that waits at the beginning goes along when the first begins', async () => {
    const quiz = await publish(host)
    const first = createLearner(host, { quiz })
    const second = first.tab()
    await Promise.all([first.session.open(), second.session.open()])
    await first.session.start()
    await second.until(() => second.session.phase === 'playing')
    expect(second.play.attempt.id).toBe(first.play.attempt.id)
  })

  it('ends with the first, and leaves with it for another attempt', async () => {
    const first = await started()
    const second = first.tab()
    await second.session.open()
    const before = first.play.attempt.id
    await first.play.finish()
    await second.until(() => second.play.isFinished)
    await first.session.startOver()
    await second.until(() => second.session.phase === 'intro')
    await first.session.start()
    await second.until(() => second.session.phase === 'playing')
    expect(second.play.attempt.id).toBe(first.play.attempt.id)
    expect(first.play.attempt.id).not.toBe(before)
  })

  it('asks only when somebody looks at it', async () => {
    const first = await started()
    const second = first.tab()
    await second.session.open()
    const asked = second.network.sent.length
    await second.session.hearFromOthers(first.play.attempt.id, false)
    expect(second.network.sent).toHaveLength(asked)
    await second.session.wakeUp()
    expect(second.network.sent.slice(asked)).toEqual([`GET /v1/attempts/${first.play.attempt.id}`])
  })
})

describe('an answer that was long under way', () => {
  it('does not take back what was acknowledged meanwhile', async () => {
    const learner = await started()
    const letGo = learner.network.hold(/attempts\/[^/]+$/)
    const refreshing = learner.play.refresh()
    await learner.network.arrived
    learner.play.choose('single', { response: { choice: 'b' } })
    learner.play.submit(learner.question('single'))
    await learner.until(() => !learner.play.isWaiting('single'))
    letGo()
    await refreshing
    expect(learner.play.known.results.get('single')!.status).toBe('correct')
  })
})
