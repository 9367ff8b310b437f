import { strictObject } from '../../grading/strict-object.ts'
import { listQuizzes } from '../../services/list-quizzes.ts'
import { operation } from '../_http/operation.ts'
import { page, policyOf, AUTHORS_IMAGES, wantsPage } from '../_http/page.ts'
import { fromCursor, PageQuery, toCursor } from '../_http/paging.ts'
import { quizCard } from './quiz-card.ts'
import { html } from 'hono/html'
import * as v from 'valibot'

const Root = strictObject({
  name: v.literal('Answerkey'),
  version: v.string(),
  quizzes: v.string(),
  openapi: v.string(),
  docs: v.string(),
  jwks: v.string(),
})

/** Whatever else links to a page put into its address is passed over. */
const Query = v.object({ cursor: PageQuery.entries.cursor })

const PAGE = 50

export const getRoot = operation({
  id: 'readRoot',
  method: 'GET',
  path: '/',
  summary: 'What this is, and where to go on',
  description: 'For people a page of the public quizzes, JSON for programs.',
  tag: 'Service',
  access: 'open',
  query: Query,
  replies: {
    200: { description: 'Links.', schema: Root, mediaTypes: ['application/json', 'text/html'] },
  },
  problems: ['unavailable'],
  async handle({ deps, request, actor, query }) {
    const { publicUrl, gitSha } = deps.config
    if (wantsPage(request)) {
      const after = query.cursor === undefined ? '' : fromCursor(query.cursor)
      const { quizzes, next } = await listQuizzes(deps, actor, { limit: PAGE, after })
      const cards = quizzes.map((quiz) => quizCard(quiz, deps.now()))
      return welcome({ cards, isFirst: after === '', next, publicUrl, version: gitSha })
    }
    const links = {
      name: 'Answerkey',
      version: gitSha,
      quizzes: `${publicUrl}/v1/quizzes`,
      openapi: `${publicUrl}/openapi.json`,
      docs: `${publicUrl}/docs`,
      jwks: `${publicUrl}/.well-known/jwks.json`,
    }
    return { status: 200, body: links, headers: { Vary: 'Accept' } }
  },
})

interface Welcome {
  readonly cards: readonly ReturnType<typeof quizCard>[]
  readonly isFirst: boolean
  /** The quiz after which the next page begins. */
  readonly next: string | null
  readonly publicUrl: string
  readonly version: string
}

function welcome({ cards, isFirst, next, publicUrl, version }: Welcome) {
  return page({
    title: 'Answerkey: the quizzes',
    policy: policyOf(AUTHORS_IMAGES),
    body: html`<main>
        <h1>Quizzes</h1>
        ${cards.length === 0 && isFirst ? nothingYet(publicUrl) : cards}
        ${next === null ? '' : html`<p><a href="/?cursor=${toCursor(next)}">More quizzes</a></p>`}
      </main>
      <footer>
        <p>
          Answerkey serves questions without their answers, grades on the server, explains in depth, and signs what came
          of it. <a href="/verify">Verify a receipt</a> that you were shown.
        </p>
        <p>
          For developers: <a href="/docs">the API</a>, <a href="/openapi.json">its description</a> in OpenAPI,
          <a href="/v1/quizzes">the quizzes as JSON</a>, <a href="/.well-known/jwks.json">the public keys</a>. Version
          <code>${version}</code>
        </p>
      </footer>`,
  })
}

function nothingYet(publicUrl: string) {
  return html`<p>No quiz is published here yet. Whoever has the root key publishes a folder of questions with</p>
    <pre><code>npx answerkey publish questions/ --url ${publicUrl} --key …</code></pre>`
}
