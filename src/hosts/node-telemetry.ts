import { serve, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import type { TelemetrySettings } from '../config.ts'
import type { Deps } from '../deps.ts'
import { readBacklog } from '../services/read-backlog.ts'
import { createOtlp } from '../telemetry/otlp.ts'
import { createPrometheus, type Prometheus } from '../telemetry/prometheus.ts'
import { writeLine } from './node-log.ts'
import { passed } from './passed.ts'

/** How long a scrape waits for the database: it must be over before Prometheus gives up, and says that the host is down. */
const BACKLOG_MS = 5000

/** How long whoever stops waits for a collector. */
const CLOSE_MS = 2000

export interface NodeTelemetry {
  /** Edges of the host, as far as they are set up. */
  readonly edges: Partial<Pick<Deps, 'metrics' | 'tracing'>>
  /** Answers `GET /metrics` on a port of its own, where one is set: whoever reaches it learns how the system is used. */
  serve(deps: Deps, hostname: string | undefined, onError: (error: Error) => void): void
  /** Sends what is still to be sent, and ends. */
  close(): Promise<void>
}

/** Metrics where there is a port for them, and traces where there is somewhere to send them. */
export function createTelemetry(settings: TelemetrySettings): NodeTelemetry {
  const { metricsPort, sampler } = settings
  const prometheus = metricsPort === null ? null : createPrometheus(settings)
  const otlp = sampler && createOtlp(settings, { sampler, onFailure: tellOfFailure })
  let server: ServerType | undefined
  return {
    edges: { ...(prometheus && { metrics: prometheus.metrics }), ...(otlp && { tracing: otlp.tracing }) },
    serve(deps, hostname, onError) {
      if (!prometheus || metricsPort === null) return
      const { fetch } = metricsApp(prometheus, deps)
      server = serve({ fetch, port: metricsPort, ...(hostname && { hostname }) }, ({ port }) =>
        deps.log({ level: 'info', event: 'metrics', port }),
      )
      server.on('error', onError)
    },
    async close() {
      server?.close()
      if (otlp) await Promise.race([otlp.close(), passed(CLOSE_MS)])
    },
  }
}

function tellOfFailure(): void {
  writeLine({ level: 'warn', event: 'spans-not-sent' })
}

function metricsApp(prometheus: Prometheus, deps: Deps): Hono {
  const app = new Hono()
  app.get('/metrics', async (c) => {
    const late = passed(BACKLOG_MS).then(() => null)
    const backlog = await Promise.race([readBacklog(deps).catch(() => null), late])
    return c.body(await prometheus.write(backlog), 200, { 'Content-Type': prometheus.contentType })
  })
  return app
}
