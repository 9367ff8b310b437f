import type { TestHost } from './host.ts'

/** What something cost in round trips to the database, and in rows where the driver tells: null on libSQL. */
export interface Cost {
  readonly trips: number
  readonly rowsRead: number | null
  readonly rowsWritten: number | null
}

export async function costOf(host: TestHost, act: () => Promise<unknown>): Promise<Cost> {
  const before = { ...host.meter }
  await act()
  const after = host.meter
  const difference = (name: 'rowsRead' | 'rowsWritten') =>
    after[name] === null ? null : after[name] - (before[name] ?? 0)
  return {
    trips: after.trips - before.trips,
    rowsRead: difference('rowsRead'),
    rowsWritten: difference('rowsWritten'),
  }
}
