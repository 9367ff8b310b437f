import { Refused, Unreachable } from './client.ts'

const LONGEST_WAIT_MS = 30_000

/** Makes calls again until they are answered. Whether the connection is lost at the moment is told to whoever shows it. */
export class Connection {
  isLost = false
  readonly #changed: () => void
  #wake: () => void = () => {}
  #closed = false

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** Resolves to the answer; rejects when the server refuses, or never settles once the connection is closed. */
  async insist<T>(call: () => Promise<T>): Promise<T> {
    for (let failures = 0; ; failures++) {
      const wait = await call().then(
        (answer) => ({ answer }),
        (error: unknown) => (this.#closed ? 0 : waitAfter(error, failures)),
      )
      if (this.#closed) return new Promise(() => {})
      if (typeof wait === 'object') {
        this.#tell(false)
        return wait.answer
      }
      this.#tell(true)
      await this.#sleep(wait)
    }
  }

  /** Tries again now: the network is back, or somebody asked for it. */
  wake(): void {
    this.#wake()
  }

  /** Nothing more is sent, and nothing more told. */
  close(): void {
    this.#closed = true
    this.#wake()
  }

  #tell(isLost: boolean): void {
    if (this.isLost === isLost) return
    this.isLost = isLost
    this.#changed()
  }

  async #sleep(ms: number): Promise<void> {
    const others = this.#wake
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        others()
        resolve()
      }
    })
  }
}

/** How long to wait before the next try, in milliseconds: doubling, up to half a minute. What is no fault of the moment is thrown. */
function waitAfter(error: unknown, failures: number): number {
  const transient =
    error instanceof Unreachable ||
    (error instanceof Refused && (error.status >= 500 || error.problem.code === 'rate-limited'))
  if (!transient) throw error
  const asked = error instanceof Refused ? (error.retryAfter ?? 0) : 0
  return Math.max(asked, Math.min(1000 * 2 ** failures, LONGEST_WAIT_MS))
}
