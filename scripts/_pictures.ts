import type { BrowserContextOptions } from 'playwright-core'
import { en } from '../player/strings/en.ts'
import type { Stage, State } from '../tests/player/support/gallery/stage.ts'

/** The pictures of the README: what each shows, and how. */

interface Picture extends BrowserContextOptions {
  readonly name: string
  readonly state: State
  /** What stands at its upper edge, a selector within the player; by default the page's beginning. */
  readonly from?: string
}

const QUIZ = 'devops-deep-dive'
const DESKTOP = { viewport: { width: 1060, height: 640 } }

export const PICTURES: readonly Picture[] = [
  { name: 'question', state: answered('client-side-apply'), from: '#prompt > :last-child', ...DESKTOP },
  {
    name: 'question-dark',
    state: answered('client-side-apply'),
    from: '#prompt > :last-child',
    colorScheme: 'dark',
    ...DESKTOP,
  },
  { name: 'ordering', state: ordering, ...DESKTOP },
  { name: 'review', state: review, ...DESKTOP },
  {
    name: 'phone',
    state: answered('scaled-by-hand'),
    from: '#prompt > :last-child',
    viewport: { width: 390, height: 720 },
  },
]

interface Question {
  readonly id: string
  readonly samples: readonly { readonly response: unknown; readonly fraction: number | string }[]
}

/** A question, and before it those that were answered right, after an answer to it that earns nothing. */
function answered(id: string): State {
  return async (stage) => {
    const questions = await questionsOf(stage)
    const before = questions.slice(
      0,
      questions.findIndex((question) => question.id === id),
    )
    const wrong = questions
      .find((question) => question.id === id)!
      .samples.find(({ fraction }) => String(fraction) === '0')!
    await open(stage, [...before.map(bestFor), { question: id, response: wrong.response }], id)
  }
}

async function ordering(stage: Stage): Promise<void> {
  const questions = await questionsOf(stage)
  const { page } = stage
  await open(stage, questions.slice(0, 3).map(bestFor), questions[3]!.id)
  await page
    .getByRole('button', { name: /^Move down/ })
    .first()
    .click()
}

/** A quiz in which not all went well. */
async function review(stage: Stage): Promise<void> {
  const questions = await questionsOf(stage)
  const responses = questions.map((question, index) => (index % 4 === 2 ? middlingFor(question) : bestFor(question)))
  await open(stage, responses, questions[0]!.id)
  await stage.page.getByRole('button', { name: en.quiz.toFinish }).first().click()
  await stage.page.getByRole('button', { name: en.finish.confirm }).click()
  await stage.page.getByRole('heading', { name: en.review.receipt }).waitFor()
  await stage.page.mouse.move(0, 0)
}

function middlingFor({ id, samples }: Question) {
  return { question: id, response: samples.at(samples.length >> 1)!.response }
}

function bestFor({ id, samples }: Question) {
  return { question: id, response: samples.find(({ fraction }) => String(fraction) === '1')!.response }
}

/** Begins an attempt in the browser, as a learner does, gives these responses, and looks at one question. */
async function open({ page, site }: Stage, responses: readonly unknown[], question: string): Promise<void> {
  await page.goto(`${site.origin}/play/${QUIZ}`)
  const starting = page.waitForResponse('**/attempts')
  await page.getByRole('button', { name: en.intro.start }).click()
  const started = (await (await starting).json()) as Started
  const number = started.questions.findIndex(({ id }) => id === question) + 1
  await page.getByRole('progressbar').waitFor()
  if (responses.length > 0) {
    await send(`${site.origin}/v1/attempts/${started.attempt.id}/responses`, started.token, { responses })
    await page.reload()
  }
  const isFolded = page.viewportSize()!.width < 900
  if (isFolded) await page.getByRole('button', { name: en.quiz.outline }).click()
  await page.getByRole('button', { name: new RegExp(`^${en.quiz.shortQuestion(number)},`) }).click()
  await page.getByRole('heading', { name: new RegExp(`^${en.quiz.shortQuestion(number)} `) }).waitFor()
}

interface Started {
  readonly attempt: { readonly id: string }
  readonly token: string
  readonly questions: readonly { readonly id: string }[]
}

/** The questions with what the authors say would be answers. */
async function questionsOf({ site }: Stage): Promise<Question[]> {
  const quiz = `${site.origin}/v1/quizzes/${QUIZ}/revisions`
  const { revisions } = (await send(quiz, site.adminKey)) as { revisions: { revision: string }[] }
  const latest = await send(`${quiz}/${revisions.at(0)?.revision}`, site.adminKey)
  return (latest as { document: { questions: Question[] } }).document.questions
}

async function send(url: string, token: string, body?: unknown): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` }
  const answer = await fetch(url, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers })
  if (!answer.ok) throw new Error(`${url}: ${await answer.text()}`)
  return answer.json()
}
