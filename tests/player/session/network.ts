type Fate = 'answered' | 'unheard' | 'unsent'

/** A network between a learner and the server whose failures are in the test's hand. */
export class Network {
  /** What was sent, as `METHOD /path`, whether or not it arrived. */
  readonly sent: string[] = []
  /** The Idempotency-Key of each of them. */
  readonly keys: (string | null)[] = []
  readonly #server: (request: Request) => Promise<Response>
  readonly #fates: Fate[] = []
  #held: { readonly path: RegExp; readonly until: Promise<void>; arrive(): void } | null = null

  constructor(server: (request: Request) => Promise<Response>) {
    this.#server = server
  }

  /** What becomes of the next requests: unheard ones reach the server, and their answers are lost. */
  fails(...fates: Fate[]): void {
    this.#fates.push(...fates)
  }

  /** Resolves when the server has done what the held request asked. */
  arrived: Promise<void> = Promise.resolve()

  /** The next answer to such a request is kept back until the test lets it go. */
  hold(path: RegExp): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    const arrival = Promise.withResolvers<void>()
    this.arrived = arrival.promise
    this.#held = { path, until: promise, arrive: arrival.resolve }
    return resolve
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { pathname } = new URL(request.url)
    this.sent.push(`${request.method} ${pathname}`)
    this.keys.push(request.headers.get('Idempotency-Key'))
    const fate = this.#fates.shift() ?? 'answered'
    if (fate === 'unsent') throw new TypeError('Failed to fetch')
    const answer = await this.#server(request)
    const held = this.#held
    if (held?.path.test(pathname)) {
      this.#held = null
      held.arrive()
      await held.until
    }
    if (fate === 'unheard') throw new TypeError('Failed to fetch')
    return answer
  }
}
