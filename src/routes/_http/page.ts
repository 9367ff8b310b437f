import type { Reply } from './operation.ts'
import { html } from 'hono/html'

/** A program gets JSON; only who names HTML among what it accepts is a person with a browser. */
export function wantsPage(request: Request): boolean {
  return request.headers.get('Accept')?.includes('text/html') ?? false
}

/** What a page may load: files of our own origin, and nothing inline. */
const POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

interface Page {
  readonly title: string
  readonly body: ReturnType<typeof html>
  readonly head?: ReturnType<typeof html>
  readonly policy?: string
}

/** A small page for people. What is put into the templates is escaped by them. */
export async function page({ title, body, head, policy = POLICY }: Page): Promise<Reply> {
  const document = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/assets/page.css" />
        ${head}
      </head>
      <body>
        ${body}
      </body>
    </html>`
  return {
    status: 200,
    body: String(document),
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy, Vary: 'Accept' },
  }
}
