import { serve } from '@hono/node-server'
import { serveFiles } from '../../../src/hosts/node-files.ts'
import { Hono } from 'hono'
import { policyOfPages } from './policy.ts'

/** What answers the requests that are for no file and no page of a test. */
type App = (request: Request) => Response | Promise<Response>

export interface Served {
  /** http://127.0.0.1 with a port of its own. */
  readonly origin: string
  /**
   * Serves a page with this in its `main`, by default under the policy of the project's own pages, and returns its URL.
   * The player is loaded by one script tag in its head.
   */
  embed(main: string, options?: EmbedOptions): string
  close(): Promise<void>
}

interface EmbedOptions {
  readonly head?: string
  readonly policy?: string
}

/**
 * Serves an app with the built files beside it on a free port of this machine. The app is made when the port is known,
 * for its tokens name the origin.
 *
 * @param player The origin that `embed` loads the player from, by default this one.
 */
export async function serveHere(makeApp: (origin: string) => Promise<App> | App, player?: string): Promise<Served> {
  const site = new Hono()
  const server = serve({ fetch: site.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.once('listening', resolve))
  const origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const app = await makeApp(origin)
  const pages: { html: string; policy: string }[] = []

  serveFiles(site, origin)
  site.get('/embed/:page', (c) => {
    const page = pages[Number(c.req.param('page'))]
    return page ? c.html(page.html, 200, { 'Content-Security-Policy': page.policy }) : c.notFound()
  })
  site.notFound((c) => app(c.req.raw))

  return {
    origin,
    embed(main, { head = scriptTag(player ?? ''), policy = policyOfPages(player) } = {}) {
      pages.push({ html: pageOf(head, main), policy })
      return `${origin}/embed/${pages.length - 1}`
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

const scriptTag = (from: string) => `<script type="module" src="${from}/player.js"></script>`

/** A browser asks for an icon where none is named, and complains when there is none. */
function pageOf(head: string, main: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/assets/page.css" />
    <title>A page with a quiz</title>
    ${head}
  </head>
  <body>
    <header><h1>A page with a quiz</h1></header>
    <main>${main}</main>
  </body>
</html>`
}
