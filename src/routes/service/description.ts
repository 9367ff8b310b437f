import description from '../../../openapi.json' with { type: 'json' }
import { operation } from '../_http/operation.ts'
import { page } from '../_http/page.ts'
import { html } from 'hono/html'
import * as v from 'valibot'

const CACHED = { 'Cache-Control': 'public, max-age=300' }

/** The renderer sets inline styles and draws its icons from data URLs; scripts are files of our own origin. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export const getOpenApi = operation({
  id: 'readOpenApi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This description, in OpenAPI 3.1',
  tag: 'Service',
  access: 'open',
  replies: { 200: { description: 'The description.', schema: v.record(v.string(), v.unknown()) } },
  problems: [],
  handle: () => ({ status: 200, body: description, headers: CACHED }),
})

export const getDocs = operation({
  id: 'readDocs',
  method: 'GET',
  path: '/docs',
  summary: 'This description, for people',
  tag: 'Service',
  access: 'open',
  replies: { 200: { description: 'A page.', schema: v.string(), mediaTypes: ['text/html'] } },
  problems: [],
  async handle() {
    const reply = await page({
      title: 'Answerkey: the API',
      head: html`<link rel="stylesheet" href="/assets/swagger-ui.css" />
        <script src="/assets/swagger-ui-bundle.js" defer></script>
        <script src="/assets/docs.js" defer></script>`,
      body: html`<div id="docs"></div>
        <noscript>The description itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>`,
      policy: DOCS_POLICY,
    })
    return { ...reply, headers: { ...reply.headers, ...CACHED } }
  },
})
