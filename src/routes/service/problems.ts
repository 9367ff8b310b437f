import { AnswerkeyError, ERROR_CODES } from '../../errors.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { operation } from '../_http/operation.ts'
import { home, page, wantsPage } from '../_http/page.ts'
import { PROBLEMS } from '../_http/problems.ts'
import { html } from 'hono/html'
import * as v from 'valibot'

const ProblemPage = strictObject({
  code: v.picklist(ERROR_CODES),
  status: v.number(),
  title: v.string(),
  meaning: v.string(),
  remedy: v.string(),
})

export const getProblem = operation({
  id: 'readProblem',
  method: 'GET',
  path: '/problems/{code}',
  summary: 'What a problem means, and what to do',
  description: 'Where the `type` of every problem leads: a page for people, JSON for programs.',
  tag: 'Service',
  access: 'open',
  replies: {
    200: { description: 'The problem.', schema: ProblemPage, mediaTypes: ['application/json', 'text/html'] },
  },
  problems: ['not-found'],
  handle({ request, params }) {
    const code = ERROR_CODES.find((known) => known === params['code'])
    if (code === undefined) throw new AnswerkeyError('not-found', 'There is no problem with this code.')
    const { status, title, meaning, remedy } = PROBLEMS[code]
    if (!wantsPage(request)) {
      return { status: 200, body: { code, status, title, meaning, remedy }, headers: { Vary: 'Accept' } }
    }
    return page({
      title,
      body: html`${home}
        <main>
          <h1>${title}</h1>
          <p><code>${code}</code>, status ${status}</p>
          <p>${meaning}</p>
          <p>${remedy}</p>
        </main>`,
    })
  },
})
