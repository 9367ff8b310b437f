import { hold } from './broken.ts'
import { type Context, running } from './context.ts'
import type { Row, Statement, Store } from './database.ts'

/** How long the app leaves a delivery to whoever took it. */
const LEASE_MS = 60_000

interface Held {
  readonly until: number
  readonly by: Context | undefined
}

const DELIVERIES = 'SELECT id, leased_until, status, tries FROM webhook_deliveries WHERE endpoint = ?'

/** Watches who takes deliveries, and who says what became of them: what one is at, nobody else takes or speaks of. */
export class Outbox {
  readonly #store: Store
  readonly #held = new Map<string, Held>()
  readonly #arrived = new Set<string>()

  constructor(store: Store) {
    this.#store = store
  }

  /** A statement has changed deliveries: taken some, recorded a try, or let some begin anew. */
  updated({ args }: Statement): void {
    const endpoint = args.find((arg) => typeof arg === 'string' && arg.startsWith('whk_')) as string | undefined
    if (endpoint === undefined) return
    const id = args.find((arg) => typeof arg === 'string' && arg.startsWith('msg_'))
    const rows =
      typeof id === 'string'
        ? this.#store.rows(`${DELIVERIES} AND id = ?`, endpoint, id)
        : this.#store.rows(`${DELIVERIES} AND (leased_until > 0 OR status <> 'delivered')`, endpoint)
    for (const row of rows) this.#look(row)
  }

  #look({ id, leased_until: until, status, tries }: Row): void {
    const by = running.getStore()
    const held = this.#held.get(id)
    const describe = () => `${id}, held until ${held?.until}: ${status}, ${tries} tries, until ${until}, by ${by?.name}`
    const isAnew = by !== undefined && /redelivery|replay/.test(by.name)
    if (until > 0 && until !== held?.until) {
      const isFree = held === undefined || held.until <= until - LEASE_MS
      hold(isFree, 'a delivery is left to whoever has taken it', describe)
      this.#held.set(id, { until, by })
    }
    if (until === 0 && held) {
      hold(isAnew || held.by === by, 'whoever has lost a delivery says nothing of it', describe)
      this.#held.delete(id)
    }
    if (status === 'delivered') this.#arrived.add(id)
    else if (this.#arrived.has(id)) {
      hold(isAnew, 'what has arrived is not sent again unless staff ask for it', describe)
      this.#arrived.delete(id)
    }
  }
}
