import { strictObject } from '../../grading/strict-object.ts'
import { operation } from '../_http/operation.ts'
import { page, wantsPage } from '../_http/page.ts'
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

export const getRoot = operation({
  id: 'readRoot',
  method: 'GET',
  path: '/',
  summary: 'What this is, and where to go on',
  description: 'A page for people, JSON for programs.',
  tag: 'Service',
  access: 'open',
  replies: {
    200: { description: 'Links.', schema: Root, mediaTypes: ['application/json', 'text/html'] },
  },
  problems: [],
  handle({ deps, request }) {
    const { publicUrl, gitSha } = deps.config
    if (wantsPage(request)) return welcome(gitSha)
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

function welcome(version: string) {
  return page({
    title: 'Answerkey',
    body: html`<main>
      <h1>Answerkey</h1>
      <p>
        A headless quiz-and-grading backend. It serves questions without their answers, grades on the server, explains
        in depth, and signs what came of it.
      </p>
      <ul>
        <li><a href="/v1/quizzes">The published quizzes</a>, as JSON</li>
        <li><a href="/docs">The API</a>, with every call described</li>
        <li><a href="/openapi.json">Its description</a> in OpenAPI 3.1, to generate a client from</li>
        <li><a href="/.well-known/jwks.json">The public keys</a> that verify tokens and receipts</li>
      </ul>
      <p>Version <code>${version}</code></p>
    </main>`,
  })
}
