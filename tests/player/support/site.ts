import { publish } from '../../support/actions.ts'
import { createHost, type HostOptions, type TestHost } from '../../support/host.ts'
import type { Json } from '../../support/quiz-document.ts'
import { type Served, serveHere } from './serve.ts'

/** The whole of Answerkey, its files too, at an origin that a browser can go to. */
export interface Site extends Served {
  /** What the helpers of tests/support take: `startFor(site.host, quiz, 'ada')`, `extend(site.host, attempt, 60)`. */
  readonly host: TestHost
  /** The server's clock: milliseconds since the epoch. What moves the browser's with it is in time.ts. */
  readonly clock: { now: number }
  /** Publishes a document, by default the one with three questions, and returns the quiz's id. */
  publish(document?: Json): Promise<string>
}

export async function openSite(options: HostOptions = {}): Promise<Site> {
  let host!: TestHost
  const served = await serveHere(async (origin) => {
    host = await createHost({ ...options, publicUrl: origin })
    return host.app.fetch
  })
  return { ...served, host, clock: host.clock, publish: (document) => publish(host, document) }
}

/** Another origin, with pages that embed the player of a site. */
export function openElsewhere(site: Site): Promise<Served> {
  return serveHere(() => () => new Response('There is nothing here.', { status: 404 }), site.origin)
}
