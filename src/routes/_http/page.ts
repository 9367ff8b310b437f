import type { Operation, Reply } from './operation.ts'
import { html } from 'hono/html'

/** A program gets JSON; only who names HTML among what it accepts is a person with a browser. */
export function wantsPage(request: Request): boolean {
  return request.headers.get('Accept')?.includes('text/html') ?? false
}

/** Whether people come to this call with a browser, and read there what went wrong. */
export function servesPages(op: Operation): boolean {
  return Object.values(op.replies).some(({ mediaTypes }) => mediaTypes?.includes('text/html'))
}

/** What a page may load: styles of our own origin and whatever else it names, and nothing inline. */
export function policyOf(...more: readonly string[]): string {
  const closed = ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
  return ["default-src 'none'", "style-src 'self'", ...more, ...closed].join('; ')
}

/** Pictures stand where authors have them. */
export const AUTHORS_IMAGES = "img-src 'self' https: data:"

interface Page {
  readonly title: string
  readonly body: ReturnType<typeof html>
  readonly head?: ReturnType<typeof html>
  readonly policy?: string
}

/** A small page for people. What is put into the templates is escaped by them. */
export async function page({ title, body, head, policy = policyOf("img-src 'self'") }: Page): Promise<Reply> {
  const document = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
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

/** The way back, above pages that have one. */
export const home = html`<header class="home"><a href="/">Answerkey</a></header>`
