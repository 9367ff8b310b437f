import type { Database } from '../../src/db/database.ts'

/** Faults of the database, planned by the number of the batch from now on, the next one being 1. */
export interface Faults {
  readonly db: Database
  /** The batch fails, and nothing of it happened. */
  before(batch: number, message?: string): void
  /** The batch is committed, and its answer is lost. */
  after(batch: number, message?: string): void
  /** Something happens just before the batch is sent. */
  meanwhile(batch: number, happens: () => Promise<unknown>): void
  /** Batches with a statement that begins like this fail, and nothing of them happens, until faults are cleared. */
  refuse(beginning: string): void
  /** No more faults. */
  clear(): void
}

/** Holds SQL and parameters, as drivers' errors do: nothing of it may be told to anyone. */
export const DRIVER_MESSAGE = 'Failed query: insert into secret_table params: secret-parameter'

export function withFaults(opened: Database): Faults {
  let sent = 0
  let refused: string | null = null
  const plans = new Map<
    number,
    { kind: 'before' | 'after'; message: string } | { kind: 'meanwhile'; happens: () => Promise<unknown> }
  >()
  const db = new Proxy(opened, {
    get(target, name) {
      if (name !== 'batch') return Reflect.get(target, name, target) as unknown
      const batch: Database['batch'] = async (items) => {
        sent += 1
        const plan = plans.get(sent)
        if (plan?.kind === 'meanwhile') await plan.happens()
        const isRefused = refused !== null && items.some((item) => sqlOf(item).startsWith(refused!))
        if (plan?.kind === 'before') throw new Error(plan.message)
        if (isRefused) throw new Error(DRIVER_MESSAGE)
        const results = await target.batch(items)
        if (plan?.kind === 'after') throw new Error(plan.message)
        return results
      }
      return batch
    },
  })
  return {
    db,
    before: (batch, message = DRIVER_MESSAGE) => void plans.set(sent + batch, { kind: 'before', message }),
    after: (batch, message = DRIVER_MESSAGE) => void plans.set(sent + batch, { kind: 'after', message }),
    meanwhile: (batch, happens) => void plans.set(sent + batch, { kind: 'meanwhile', happens }),
    refuse: (beginning) => void (refused = beginning),
    clear() {
      plans.clear()
      refused = null
    },
  }
}

function sqlOf(statement: object): string {
  return 'toSQL' in statement ? (statement as { toSQL(): { sql: string } }).toSQL().sql : ''
}
