import type { TelemetrySettings } from '../config.ts'
import type { Backlog, Metrics } from './metrics.ts'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Seconds. 0.5 is what the slow-requests alert looks for. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const TRIP_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]

/** What a try can come to. */
const TRIES: readonly (readonly [outcome: string, statuses: readonly string[]])[] = [
  ['delivered', ['2xx']],
  ['retried', ['3xx', '4xx', '5xx', 'timeout', 'unreachable']],
  ['abandoned', ['3xx', '4xx', '5xx', 'timeout', 'unreachable']],
]

export interface Prometheus {
  readonly metrics: Metrics
  readonly contentType: string
  /** What a scrape reads; the backlog is null when the database does not say. */
  write(backlog: Backlog | null): Promise<string>
}

/** The metrics in memory, as Prometheus scrapes them. Series that alerts look at are there from the start, at 0. */
export function createPrometheus({ service, version }: Pick<TelemetrySettings, 'service' | 'version'>): Prometheus {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests that were answered.',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const requestSeconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'From a request to its answer.',
    labelNames: ['method', 'route'],
    buckets: REQUEST_BUCKETS,
    registers,
  })
  const graded = new Counter({
    name: 'answerkey_responses_graded_total',
    help: 'Responses that were taken and graded.',
    labelNames: ['type', 'verdict'],
    registers,
  })
  const tripSeconds = new Histogram({
    name: 'answerkey_database_round_trip_seconds',
    help: 'From a batch to the answer of the database.',
    labelNames: ['operation', 'outcome'],
    buckets: TRIP_BUCKETS,
    registers,
  })
  for (const operation of ['load', 'append']) {
    for (const outcome of ['ok', 'error']) tripSeconds.zero({ operation, outcome })
  }
  const deliveries = new Counter({
    name: 'answerkey_deliveries_total',
    help: 'Tries to deliver a webhook.',
    labelNames: ['outcome', 'status'],
    registers,
  })
  for (const [outcome, statuses] of TRIES) for (const status of statuses) deliveries.inc({ outcome, status }, 0)
  const build = new Gauge({
    name: 'answerkey_build_info',
    help: 'The commit that runs.',
    labelNames: ['version'],
    registers,
  })
  build.set({ version }, 1)
  return {
    metrics: {
      expectRequests({ method, route }) {
        requests.inc({ method, route, status: '503' }, 0)
      },
      requestAnswered({ method, route, status, seconds }) {
        requests.inc({ method, route, status: String(status) })
        requestSeconds.observe({ method, route }, seconds)
      },
      responseGraded({ type, verdict }) {
        graded.inc({ type, verdict })
      },
      tripMade({ operation, outcome, seconds }) {
        tripSeconds.observe({ operation, outcome }, seconds)
      },
      deliveryTried({ outcome, status }) {
        deliveries.inc({ outcome, status })
      },
    },
    contentType: registry.contentType,
    write: async (backlog) => `${await registry.metrics()}\n${await writeBacklog(service, backlog)}`,
  }
}

/** Made anew for each scrape: what could not be read is absent, and not an old value. */
async function writeBacklog(service: string, backlog: Backlog | null): Promise<string> {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name: `answerkey_${name}`, help, registers: [registry] }).set(value)
  gauge('database_up', 'Whether the database answered this scrape.', backlog ? 1 : 0)
  if (backlog) {
    gauge('attempts_open', 'Attempts begun in the last 24 hours and not finished.', backlog.attemptsOpen)
    gauge('outbox_deliveries', 'Webhooks that are to be sent, now or later.', backlog.deliveries)
    gauge('outbox_overdue_seconds', 'How long the webhook that is longest due has waited.', backlog.overdueSeconds)
    gauge('webhooks_failing', 'Receivers to which nothing gets through.', backlog.failingWebhooks)
    gauge('webhooks_failing_seconds', 'For how long, to the one that is worst off.', backlog.failingSeconds)
    gauge('webhooks_disabled', 'Receivers that were given up.', backlog.disabledWebhooks)
  }
  return registry.metrics()
}
