import { it } from 'vitest'
import { publish, start, startFor } from '../support/actions.ts'
import { createHost, ROOT_KEY, onD1 } from '../support/host.ts'
import { costOf } from '../support/cost.ts'
import { manyAnswersQuiz, RIGHT_ANSWER, wrongAnswer } from '../support/many-answers.ts'

it('prints', async () => {
  const host = await createHost()
  const out: any[] = []
  const m = async (name: string, act: () => Promise<any>) => out.push([name, JSON.stringify(await costOf(host, act))])
  const R = { releases: 'everything' as const }
  let quiz = ''
  await m('publish', async () => (quiz = await publish(host, manyAnswersQuiz({ tries: null }))))
  await m('publish same', () => publish(host, manyAnswersQuiz({ tries: null }), quiz))
  const go = (opts = {}) => host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, opts)
  await m('start cold', () => go())
  await m('start', () => go())
  await m('start key', () => go({ headers: { 'Idempotency-Key': 'abcdefghijklmnopqrstuvwxyz' } }))
  await m('start key again', () => go({ headers: { 'Idempotency-Key': 'abcdefghijklmnopqrstuvwxyz' } }))
  await m('start named', () => startFor(host, quiz, 'ada'))
  await m('start named again', () => startFor(host, quiz, 'ada'))
  const run = await start(host, quiz)
  for (let i = 0; i < 100; i++) {
    const c = await costOf(host, () => run.respond('many', wrongAnswer(i), R))
    if ([0, 1, 2, 9, 99].includes(i)) out.push([`respond ${i}`, JSON.stringify(c)])
  }
  await m('resume', () => run.resume(R))
  await m('finish', () => run.finish(R))
  await m('finish again', () => run.finish(R))
  await m('resume', () => run.resume(R))
  await m('one', () => host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses: [{ question: 'many', response: RIGHT_ANSWER }] }, ...R }))
  await m('one named', () => host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { token: ROOT_KEY, body: { learner: { id: 'bob' }, responses: [{ question: 'many', response: RIGHT_ANSWER }] }, ...R }))
  await m('one key', () => host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses: [{ question: 'many', response: RIGHT_ANSWER }] }, ...R, headers: { 'Idempotency-Key': 'abcdefghijklmnopqrstuvwxyz' } }))
  await m('questions', () => host.client.call('GET', `/v1/quizzes/${quiz}/questions`))
  await m('questions', () => host.client.call('GET', `/v1/quizzes/${quiz}/questions`))
  await m('quiz staff', () => host.client.call('GET', `/v1/quizzes/${quiz}`, { token: ROOT_KEY }))
  await m('list', () => host.client.call('GET', `/v1/quizzes`))
  await m('revisions', () => host.client.call('GET', `/v1/quizzes/${quiz}/revisions`, { token: ROOT_KEY }))
  quiz = await publish(host, manyAnswersQuiz({ tries: null, timeLimitSeconds: 60 }))
  await go()
  await m('start deadline', () => go())
  await m('start deadline named', () => startFor(host, quiz, 'ada'))
  const x = await start(host, quiz)
  const y = await start(host, quiz)
  await x.respond('many', wrongAnswer(1), R)
  const z = await start(host, quiz)
  await m('finish deadline', () => z.finish(R))
  host.clock.now += 61000
  await m('resume expired', () => x.resume(R))
  await m('respond expired', () => y.respond('many', wrongAnswer(2), R))
  await m('respond expired again', () => y.respond('many', wrongAnswer(2), R))
  await m('named start expired', () => startFor(host, quiz, 'ada'))
  if (onD1) console.log(out.map((l) => l.join(' ')).join('\n'))
})
