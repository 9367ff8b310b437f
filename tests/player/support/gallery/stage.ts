import type { Page } from 'playwright-core'
import { en } from '../../../../player/strings/en.ts'
import { stringsFor } from '../../../../player/strings/strings.ts'
import type { Json } from '../../../support/quiz-document.ts'
import type { Served } from '../serve.ts'

/** What a state of the player is brought about on: a page that is nowhere yet, and a server, that of a test or of a demonstration. */
export interface Stage {
  readonly page: Page
  readonly site: StageSite
}

export interface StageSite extends Pick<Served, 'origin' | 'embed'> {
  readonly clock: { now: number }
  /** Publishes a document, and returns the quiz's id. */
  publish(document: Json): Promise<string>
  readonly adminKey: string
  /** The address of the course in examples/embed. */
  readonly course: string
}

/** Brings the page to where something is to be seen, and leaves it there. */
export type State = (stage: Stage) => Promise<void>

interface Progress {
  /** By question. */
  readonly responses?: Readonly<Record<string, unknown>>
  readonly certainty?: 1 | 2 | 3
  readonly isFinished?: boolean
}

export interface Begun {
  readonly token: string
  readonly receipt: string | null
}

/** An attempt of Ada's that came so far without the player. */
export async function begin(site: StageSite, document: Json, progress: Progress = {}): Promise<Begun> {
  const { responses = {}, certainty, isFinished = false } = progress
  const call = async (path: string, token: string, body: unknown): Promise<any> => {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` }
    const answer = await fetch(`${site.origin}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return answer.json()
  }
  const quiz = await site.publish({ ...document, access: 'restricted' })
  const learner = { id: 'ada', name: 'Ada Lovelace' }
  const { attempt, token } = await call(`/quizzes/${quiz}/attempts`, site.adminKey, { learner })
  const given = Object.entries(responses).map(([question, response]) => ({
    question,
    response,
    ...(certainty && { certainty }),
  }))
  if (given.length > 0) await call(`/attempts/${attempt.id}/responses`, token, { responses: given })
  const finished = isFinished ? await call(`/attempts/${attempt.id}/finish`, token, {}) : null
  return { token, receipt: finished?.receipt ?? null }
}

/** Goes on with an attempt that came so far, at the question with this number. */
export async function play(
  { page, site }: Stage,
  document: Json,
  progress?: Progress,
  question?: number,
): Promise<void> {
  const { token } = await begin(site, document, progress)
  await page.goto(`${site.origin}/play/quiz#token=${token}`)
  await page.getByRole('progressbar').waitFor()
  if (question === undefined) return
  const { quiz: say } = stringsFor(String(document['language'])).strings
  await page.getByRole('button', { name: new RegExp(`^${say.shortQuestion(question)},`) }).click()
  await page.getByRole('heading', { name: new RegExp(`^${say.shortQuestion(question)} `) }).waitFor()
}

/** Shows what a quiz is, down to the button with this name. */
export async function introduce({ page, site }: Stage, document: Json, start = en.intro.start): Promise<void> {
  await page.goto(`${site.origin}/play/${await site.publish(document)}`)
  await page.getByRole('button', { name: start }).waitFor()
}

export function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).first().click()
}
