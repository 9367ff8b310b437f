import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Grade } from './gradebook.ts'

/** The page of grades. `html` escapes what is put in: names come from learners. */
export function gradebookPage(c: Context, grades: readonly Grade[]) {
  const nonce = crypto.randomUUID()
  c.header('Content-Security-Policy', `default-src 'none'; style-src 'nonce-${nonce}'; ${CLOSED}`)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Cache-Control', 'no-store')
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="refresh" content="5" />
          <meta name="viewport" content="width=device-width" />
          <title>Gradebook</title>
          <style nonce="${nonce}">
            td {
              border-top: 1px solid;
              padding: 0.4rem 1rem;
            }
          </style>
        </head>
        <body>
          <h1>Gradebook</h1>
          <table>
            <thead>
              <tr>
                <th>Learner</th>
                <th>Quiz</th>
                <th>Points</th>
                <th>Result</th>
                <th>Finished</th>
              </tr>
            </thead>
            <tbody>
              ${grades.map(row)}
            </tbody>
          </table>
          <p>${grades.length === 0 ? 'No attempt is finished yet.' : 'Each row was verified by its receipt.'}</p>
        </body>
      </html>`,
  )
}

const CLOSED = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

function row({ learner, quiz, score, maxScore, passed, finishedAt }: Grade) {
  const result = passed === null ? 'waits for a person' : passed ? 'passed' : 'not passed'
  return html`<tr>
    <td>${learner ? (learner.name ?? learner.id) : 'anonymous'}</td>
    <td>${quiz}</td>
    <td>${score} of ${maxScore}</td>
    <td>${result}</td>
    <td>${finishedAt}</td>
  </tr>`
}
