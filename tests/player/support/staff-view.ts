import { readLog, STAFF } from '../../support/staff-words.ts'
import type { Site } from './site.ts'

/** What staff see of attempts that were made in a browser. */

export async function attemptsAt(site: Site, quiz: string): Promise<any[]> {
  const { body } = await site.host.client.call('GET', `/v1/quizzes/${quiz}/attempts`, STAFF)
  return body.attempts
}

/** The id of the only attempt; throws where there are none, or several. */
export async function theAttemptAt(site: Site, quiz: string): Promise<string> {
  const [attempt, ...more] = await attemptsAt(site, quiz)
  if (!attempt || more.length > 0) throw new Error(`There are ${more.length + (attempt ? 1 : 0)} attempts.`)
  return attempt.id
}

/** Every response that the only attempt counts, in the order in which they came: `single: {"choice":"b"}`. */
export async function givenAt(site: Site, quiz: string): Promise<string[]> {
  const log = await readLog(site.host, await theAttemptAt(site, quiz))
  return log
    .filter(({ type, counted }) => type === 'responded' && counted)
    .flatMap(({ body, responses }) => body.responses.filter((_: unknown, at: number) => responses[at].refused === null))
    .map(({ question, response }) => `${question}: ${JSON.stringify(response)}`)
}

/** The same where all of them are choices: `single: b`. */
export async function choicesAt(site: Site, quiz: string): Promise<string[]> {
  return (await givenAt(site, quiz)).map((given) => given.replace(/\{"choice":"(.*)"\}/, '$1'))
}
