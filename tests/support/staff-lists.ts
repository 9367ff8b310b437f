import type { Answer } from './client.ts'
import { ROOT_KEY, type TestHost } from './host.ts'
import { type Json, quizDocument, singleChoice } from './quiz-document.ts'
import { publish } from './actions.ts'

/** What tests of the lists of attempts and grades begin with. */

/** Publishes a quiz of questions `q0`, `q1` … that are worth so many points; `b` is right. */
export function publishPoints(
  host: TestHost,
  points: readonly number[],
  policy: Json = {},
  { quiz, ...change }: Json & { quiz?: string } = {},
): Promise<string> {
  const questions = points.map((worth, index) => singleChoice(`q${index}`, { points: worth }))
  return publish(host, quizDocument({ questions, policy, ...change }), quiz)
}

/** A whole attempt of a named learner, a second later than whatever was before, with these questions answered right. */
export async function take(host: TestHost, quiz: string, learner: Json | string, right: readonly number[]) {
  host.clock.now += 1000
  const answer = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
    token: ROOT_KEY,
    releases: 'everything',
    body: {
      responses: right.map((index) => ({ question: `q${index}`, response: { choice: 'b' } })),
      learner: typeof learner === 'string' ? { id: learner } : learner,
    },
  })
  if (answer.status !== 201) throw new Error(`Taking failed: ${answer.text}`)
  return answer.body.attempt as { id: string; revision: string }
}

export const read = (host: TestHost, path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  host.client.call('GET', path, { token: ROOT_KEY, headers })

/** All pages of a list, one after another; something may happen in between. */
export async function readAll(
  host: TestHost,
  path: string,
  { query = '', between = async () => {} }: { query?: string; between?: () => Promise<unknown> } = {},
): Promise<any[]> {
  const rows: any[] = []
  const name = path.split('/').at(-1)!
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer: Answer = await read(host, `${path}?${query}${cursor && `&cursor=${cursor}`}`)
    if (answer.status !== 200) throw new Error(`Listing failed: ${answer.text}`)
    rows.push(...answer.body[name])
    cursor = answer.body.nextCursor
    if (cursor !== null) await between()
  }
  return rows
}

/** Ids that a learner may well have, or would like to. */
export const ODD_LEARNERS = [
  '=cmd()',
  '+1',
  '-1',
  '@sum(a1)',
  '\tindented',
  '\rreturned',
  "'quoted",
  'a,b;c',
  'a "quoted" one',
  '"',
  'two\nlines\r\nor three',
  '🦊',
  '🦊'.repeat(200),
  'Zoë',
  'Zoe\u0308',
  '\uFEFFmarked',
  '\u{10FFFF}',
  '\uFFFF',
  ' spaces ',
  '%_\\',
  'null',
  '0',
  '-0.5',
  '<script>',
  '__proto__',
]
