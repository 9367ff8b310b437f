import type { Client } from '../client/client.ts'
import { Connection } from '../client/connection.ts'
import type { Attempt } from '../contract.ts'

/** The server as a session sees it: it answers sooner or later, or refuses; and its answers say what time it is there. */
export class Server {
  readonly connection: Connection
  readonly #client: Client
  readonly #now: () => number
  #offset = 0
  #lastContact = 0

  /** Takes this machine's clock, in milliseconds since the epoch. */
  constructor(client: Client, now: () => number, changed: () => void) {
    this.#client = client
    this.#now = now
    this.connection = new Connection(changed)
  }

  /**
   * Asks until there is an answer; throws what the server refuses. It may have looked at its clock as soon as the request was sent:
   * taken so, the time left is never shown as longer than it is.
   */
  async ask<T extends object>(call: (client: Client) => Promise<T>): Promise<T> {
    let sentAt = 0
    const answer = await this.connection.insist(() => {
      sentAt = this.#now()
      return call(this.#client)
    })
    this.#lastContact = sentAt
    if ('attempt' in answer) this.#offset = Date.parse((answer.attempt as Attempt).serverTime) - sentAt
    return answer
  }

  /** What time it is there, in milliseconds since the epoch. */
  get time(): number {
    return this.#now() + this.#offset
  }

  /** How long ago it was heard, in milliseconds. */
  get sinceContact(): number {
    return this.#now() - this.#lastContact
  }
}
