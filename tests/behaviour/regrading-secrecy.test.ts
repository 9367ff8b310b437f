import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { canary } from '../support/canaries.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { afterTheEnd, answer, begin, end, respond, resume, stumble } from '../support/play.ts'
import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { askForRegrade, publishAgain, readRegrade, regrade } from '../support/regrades.ts'
import { secretsIn } from '../support/secrets.ts'
import { differenceAmong, type Session } from '../support/transcript.ts'
import { SILENT, twins } from '../support/twins.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const everything = { releases: 'everything' } as const

/** The same questions with other secrets: each is a canary whose place begins with `new`. */
function renewed(question: Json, change: Json): Json {
  const id = String(question['id'])
  const word = (place: string) => canary(id, `new-${place}`)
  const options = question['options'] as Json[] | undefined
  return {
    ...question,
    explanation: word('explanation'),
    feedback: { correct: word('correct'), partiallyCorrect: word('partly'), incorrect: word('incorrect') },
    hints: [word('hint-1'), word('hint-2')],
    ...(options && { options: options.map((each) => ({ ...each, feedback: word(`option-${String(each['id'])}`) })) }),
    ...change,
  }
}

const SERVED = [singleChoice('single'), multipleChoice('multiple'), trueFalse('truth')]
const TARGET = [
  renewed(SERVED[0]!, { key: { choice: 'c' } }),
  renewed(SERVED[1]!, { key: { choices: ['s', 't'] } }),
  renewed(SERVED[2]!, { key: { choice: 'false' } }),
]

/** An attempt at what was served, as far as it is played; then it is regraded. */
async function regraded(policy: Json, act: (run: Run) => Promise<unknown>, rule = 'new-key') {
  const quiz = await publish(host, quizDocument({ questions: SERVED, policy }))
  const run = await start(host, quiz)
  await act(run)
  const revision = await publishAgain(host, quiz, quizDocument({ questions: TARGET, policy }))
  await regrade(host, quiz, { revision, rule })
  return { quiz, run, revision }
}

const answerBoth = async (run: Run) => {
  await run.respond('single', { choice: 'a' }, everything)
  await run.respond('multiple', { choices: ['s'] }, everything)
}
const finishBoth = async (run: Run) => {
  await answerBoth(run)
  await run.finish(everything)
}

/** What is told of `single`, where nothing is told of any other. */
const ofSingle = (...places: string[]) => places.map((place) => `single: ${place}`).toSorted()

describe('a learner is told what the target says', () => {
  it('when the attempt is over: explanation, feedback, answer; and nothing of what was said before', async () => {
    const { run } = await regraded({}, finishBoth)
    const told = secretsIn(await run.resume(everything))
    expect(told).toEqual(
      [
        ...['incorrect', 'explanation', 'option-a', 'option-b', 'option-c'].map((place) => `single: new-${place}`),
        ...['partly', 'explanation', ...[...'pqrst'].map((each) => `option-${each}`)].map(
          (place) => `multiple: new-${place}`,
        ),
      ].toSorted(),
    )
    const { results } = (await run.resume(everything)).body
    expect(results.map(({ answer: right, status }: Json) => [right, status])).toEqual([
      [{ choice: 'c' }, 'incorrect'],
      [{ choices: ['s', 't'] }, 'partially-correct'],
      // Nobody answered it, so nothing is told of it.
      [null, 'unanswered'],
    ])
    expect((await run.resume({ releases: ['single', 'multiple'] })).status).toBe(200)
  })

  it('by both keys, in the words of the target', async () => {
    const { run } = await regraded(
      {},
      async (each) => {
        await each.respond('single', { choice: 'b' }, everything)
        await each.finish(everything)
      },
      'best-of-both',
    )
    const resumed = await run.resume(everything)
    expect(resumed.body.results[0]).toMatchObject({ status: 'correct', score: 1, answer: { choice: 'c' } })
    expect(secretsIn(resumed)).toEqual(
      ofSingle('new-correct', 'new-explanation', 'new-option-a', 'new-option-b', 'new-option-c'),
    )
  })

  it.each(['full-credit', 'drop-question'])(
    'but by %s, which needs no key, what the attempt was served with',
    async (rule) => {
      const { run } = await regraded({}, finishBoth, rule)
      expect(secretsIn(await run.resume(everything)).filter((each) => each.includes('new-'))).toEqual([])
    },
  )

  it('in a repeated response, too: the same as in a resume', async () => {
    const { run } = await regraded({}, finishBoth)
    const repeated = await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    const { results } = (await run.resume(everything)).body
    expect(repeated.body.results[0]).toEqual({ ...results[0], duplicate: true })
  })
})

describe('a learner is told nothing of the target', () => {
  it.each([
    { name: 'in a deferred quiz that runs', policy: { feedback: 'deferred' }, act: answerBoth },
    { name: 'in a quiz without feedback that runs', policy: { feedback: 'never' }, act: answerBoth },
    { name: 'in a quiz without feedback, after its end', policy: { feedback: 'never' }, act: finishBoth },
    { name: 'in a quiz that releases nothing', policy: SILENT, act: finishBoth },
    { name: 'of questions that were not answered', policy: {}, act: (run: Run) => run.finish() },
    { name: 'of questions that wait for an answer', policy: { tries: 2 }, act: async () => null },
  ])('$name', async ({ policy, act }) => {
    const { run } = await regraded(policy, act)
    // The client holds every answer to having none of the secrets of either version.
    const resumed = await run.resume()
    expect(secretsIn(resumed)).toEqual([])
    expect(resumed.body.results.map(({ answer: right }: Json) => right)).toEqual([null, null, null])
  })

  it('that would undo the tries that remain: the word on what was chosen, and the next hint', async () => {
    const { run } = await regraded({ tries: 3 }, answerBoth)
    const resumed = await run.resume({ releases: ['single', 'multiple'] })
    expect(secretsIn(resumed)).toEqual(
      [
        ...ofSingle('new-incorrect', 'new-option-a', 'new-hint-1'),
        'multiple: new-partly',
        'multiple: new-hint-1',
      ].toSorted(),
    )
    expect(resumed.body.results[0]).toMatchObject({ explanation: null, answer: null, triesLeft: 2 })
  })

  it('but its explanation where its last try is right now: the question is closed', async () => {
    const { run } = await regraded({ tries: 3 }, (each) => each.respond('single', { choice: 'c' }, everything))
    const resumed = await run.resume({ releases: ['single'] })
    expect(resumed.body.results[0]).toMatchObject({ status: 'correct', triesLeft: 0, answer: { choice: 'c' } })
    expect(secretsIn(resumed)).toContain('single: new-explanation')
  })

  it('with release only by and by: a policy that shows verdicts shows no more', async () => {
    const during = ['verdict']
    const policy = { tries: 2, review: { during, finished: during, closed: during } }
    const { run } = await regraded(policy, finishBoth)
    const resumed = await run.resume()
    expect(resumed.body.results.map(({ status }: Json) => status)).toEqual([
      'incorrect',
      'partially-correct',
      'unanswered',
    ])
  })
})

describe('what staff are told of a regrade', () => {
  it('is in figures and ids: no secret of either version is in a job, its changes, or what it is refused for', async () => {
    const { quiz, revision } = await regraded({}, finishBoth)
    const asked = await askForRegrade(host, quiz, { revision, rule: 'best-of-both', dryRun: true }, { releases: [] })
    await host.idle()
    const read = await readRegrade(host, quiz, asked.body.id)
    expect([asked, read].map(secretsIn)).toEqual([[], []])
    const fewer = await publishAgain(
      host,
      quiz,
      quizDocument({ questions: [renewed(singleChoice('single', { ids: 'bcd' }), {}), ...TARGET.slice(1)] }),
    )
    const refused = await askForRegrade(host, quiz, { revision: fewer }, { releases: [] })
    expect([refused.status, secretsIn(refused)]).toEqual([422, []])
  })

  it('fails in silence: the log names the failure alone', async () => {
    const { quiz, revision } = await regraded({}, finishBoth)
    for (let batch = 3; batch < 9; batch++) host.faults.before(batch)
    await askForRegrade(host, quiz, { revision, rule: 'full-credit' }, { releases: [] })
    await host.idle()
    host.faults.clear()
    const [failure, ...others] = host.log.filter(({ event }) => event !== 'request')
    expect([failure, others]).toEqual([{ level: 'error', event: 'job-failed', traceId: expect.any(String) }, []])
  })
})

/** The quiz is served in one version, and regraded by the key of the document that is played. */
async function regradeInBetween(session: Session): Promise<void> {
  const { host: isolate, quiz } = session
  const { body } = await isolate.client.call('GET', `/v1/quizzes/${quiz}/revisions`, { token: ROOT_KEY })
  const revision = (body.revisions as Json[]).find(({ number }) => number === 1)!['revision']
  const asked = await askForRegrade(isolate, quiz, { revision })
  if (asked.status !== 202) throw new Error(asked.text)
  await isolate.idle()
  const { body: read } = await readRegrade(isolate, quiz, asked.body.id)
  if (read.status !== 'done' || read.regraded === 0) throw new Error('Nothing was regraded.')
}

const served = (policy: Json) => {
  const [document] = twins(policy)
  const questions = (document!['questions'] as Json[]).map((each) => ({ ...each, explanation: 'As it was served.' }))
  return { ...document, title: 'Served', questions }
}

describe('until release, no answer depends on the key that an attempt is regraded by', () => {
  it.each([
    { name: 'a deferred quiz', policy: { feedback: 'deferred' } },
    { name: 'a quiz without feedback', policy: { feedback: 'never' } },
  ])('in $name, before it is finished', async ({ policy }) => {
    const difference = await differenceAmong(twins(policy), async (session) => {
      await session.send('PUT', `/v1/quizzes/${session.quiz}`, { token: ROOT_KEY, body: served(policy) })
      const playing = await begin(session)
      await answer(playing)
      await regradeInBetween(session)
      await resume(playing)
      await answer(playing)
      await stumble(playing)
      await respond(playing, [{ question: 'fixed', response: { choice: 'b' } }])
      await resume(playing)
    })
    expect(difference).toBeNull()
  })

  it('in a quiz that releases nothing, even when it is finished', async () => {
    const difference = await differenceAmong(twins(SILENT), async (session) => {
      await session.send('PUT', `/v1/quizzes/${session.quiz}`, { token: ROOT_KEY, body: served(SILENT) })
      const playing = await begin(session)
      await answer(playing)
      await end(playing)
      await regradeInBetween(session)
      await afterTheEnd(playing)
    })
    expect(difference).toBeNull()
  })

  it('and when it is released, it does', async () => {
    const policy = { feedback: 'deferred' }
    const difference = await differenceAmong(twins(policy), async ({ send, ...session }) => {
      await send('PUT', `/v1/quizzes/${session.quiz}`, { token: ROOT_KEY, body: served(policy) })
      const seen: Session['send'] = (method, path, options) => send(method, path, { ...options, ...everything })
      const playing = await begin({ ...session, send: seen })
      await answer(playing)
      await regradeInBetween(playing)
      await resume(playing)
      await end(playing)
    })
    expect(difference).toMatch(/^Exchange \d+:\n.*\/finish"/)
  })
})
