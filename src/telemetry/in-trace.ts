import type { Deps } from '../deps.ts'
import { observedDatabase } from './observed-database.ts'
import type { Trace } from './tracing.ts'

/** The same edges for work that belongs to a trace: its queries are spans, and its lines in the log name it. */
export function inTrace(deps: Deps, trace: Trace): Deps {
  return {
    ...deps,
    trace,
    db: observedDatabase(deps.db, { metrics: deps.metrics, elapsed: deps.elapsed, trace }),
    log: (entry) => deps.log({ ...entry, traceId: trace.id }),
  }
}

/** Does work in a trace of its own, unless it is part of one already. */
export async function traced<T>(deps: Deps, name: string, work: (deps: Deps) => Promise<T>): Promise<T> {
  if (deps.trace.id !== null) return work(deps)
  const trace = deps.tracing.begin(name, { parent: null, kind: 'internal' })
  try {
    const result = await work(inTrace(deps, trace))
    trace.end()
    return result
  } catch (error) {
    trace.end({}, { failed: true })
    throw error
  }
}
