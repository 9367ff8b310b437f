import { publish, type Run, startFor } from './actions.ts'
import { emptyDatabase } from './empty-database.ts'
import { createHost, ROOT_KEY, type TestHost } from './host.ts'
import { quizDocument, secrets, singleChoice } from './quiz-document.ts'
import { publishAgain, regrade } from './regrades.ts'
import { STAFF } from './staff-words.ts'
import { listen, receiver, type Told } from './told.ts'

const everything = { releases: 'everything' } as const
const essay = { id: 'essay', section: 'one', type: 'essay', points: 1, prompt: 'Why?', key: {}, ...secrets('essay') }
const restricted = (...questions: object[]) => quizDocument({ access: 'restricted', questions })

/** Everything that there is to tell: in one quiz all that can happen, told to one receiver. */
export async function everythingTold(): Promise<{ told: Told[]; host: TestHost; run: Run; webhook: string }> {
  const { told, outgoing } = receiver()
  const host = await createHost({ outgoing })
  await emptyDatabase(host.deps.db)
  const { id: webhook } = await listen(host)
  const quiz = await publish(host, restricted(singleChoice('single', { key: 'a' }), essay))
  const learner = { learner: { id: 'ada', name: 'Ada' }, metadata: { course: '42' } }
  const run = await startFor(host, quiz, 'ada', { token: ROOT_KEY, body: learner })
  await run.respond('single', { choice: 'b' }, everything)
  await run.respond('essay', { text: 'Because.' }, everything)
  await run.finish(everything)
  const grade = { question: 'essay', score: 1 }
  await host.client.call('POST', `/v1/attempts/${run.id}/grades`, { ...STAFF, body: grade })
  const override = { score: 2, reason: 'A gift.' }
  await host.client.call('POST', `/v1/attempts/${run.id}/overrides`, { ...STAFF, body: override })
  await host.client.call('POST', `/v1/attempts/${run.id}/overrides`, { ...STAFF, body: { ...override, score: null } })
  const revision = await publishAgain(host, quiz, restricted(singleChoice('single', { key: 'b' }), essay))
  await regrade(host, quiz, { revision })
  await host.client.call('POST', `/v1/webhooks/${webhook}/test`, STAFF)
  await host.idle()
  return { told, host, run, webhook }
}
