import type { Result } from '../../../player/contract.ts'
import { STAFF } from '../../support/staff-words.ts'
import type { Site } from './site.ts'

/** What the server has of a question, in the only attempt at a quiz. */
export async function resultOnServer({ host }: Site, quiz: string, question: string): Promise<Result> {
  const listed = await host.client.call('GET', `/v1/quizzes/${quiz}/attempts`, STAFF)
  const [{ id }] = listed.body.attempts
  const read = await host.client.call('GET', `/v1/attempts/${id}`, STAFF)
  return read.body.results.find((result: Result) => result.question === question)
}
