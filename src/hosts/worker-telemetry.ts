import type { Environment } from '../config.ts'
import type { Deps } from '../deps.ts'
import { readBacklog } from '../services/read-backlog.ts'
import { createAnalyticsEngine, type Dataset } from '../telemetry/analytics-engine.ts'
import { randomHex } from '../telemetry/random-hex.ts'
import { type PlatformTracing, workerTracing } from '../telemetry/worker-tracing.ts'

export interface WorkerTelemetry {
  readonly edges: Partial<Pick<Deps, 'metrics' | 'tracing'>>
  /** Writes what was counted, at the end of an invocation. */
  readonly flush: () => void
  /** Writes what waits in the database, every few minutes: on D1 each row that is read is paid for. */
  readBacklog(deps: Deps): Promise<void>
}

const BACKLOG_MINUTES = 5

/** Spans of the platform, and metrics where a dataset of Analytics Engine is bound as METRICS. */
export function createTelemetry(env: Environment, platform: PlatformTracing, version: string): WorkerTelemetry {
  const tracing = workerTracing(platform, randomHex)
  const dataset = env['METRICS']
  if (!isDataset(dataset)) return { edges: { tracing }, flush: () => undefined, readBacklog: async () => undefined }
  const { metrics, flush, backlogRead } = createAnalyticsEngine(dataset, version)
  return {
    edges: { tracing, metrics },
    flush,
    async readBacklog(deps) {
      const minute = Math.floor(deps.now() / 60_000)
      if (minute % BACKLOG_MINUTES === 0) backlogRead(await readBacklog(deps))
    },
  }
}

function isDataset(binding: unknown): binding is Dataset {
  return typeof binding === 'object' && binding !== null && 'writeDataPoint' in binding
}
