import type { Metrics } from '../../src/telemetry/metrics.ts'
import { type Attributes, type Beginning, type Trace, type Tracing, whenOver } from '../../src/telemetry/tracing.ts'
import { formatTraceparent, parseTraceparent } from '../../src/telemetry/trace-context.ts'

/** A span as it was recorded: that of a piece of work lies within the one that it was begun in. */
export interface RecordedSpan {
  readonly name: string
  readonly traceId: string
  readonly kind: Beginning['kind'] | 'piece'
  attributes: Attributes
  /** Undefined until it has ended. */
  failed?: boolean
}

export interface RecordedFact {
  readonly of: keyof Metrics
  readonly [label: string]: unknown
}

/** Metrics and traces that a test can read. Ids count up, so that each is another one. */
export function recordTelemetry() {
  const spans: RecordedSpan[] = []
  const facts: RecordedFact[] = []
  let ids = 0
  const nextId = (digits: number) => (ids += 1).toString(16).padStart(digits, '0')
  const fact =
    (of: keyof Metrics) =>
    (labels: object): void =>
      void facts.push({ of, ...labels })
  const metrics: Metrics = {
    expectRequests: () => undefined,
    requestAnswered: fact('requestAnswered'),
    responseGraded: fact('responseGraded'),
    tripMade: fact('tripMade'),
    deliveryTried: fact('deliveryTried'),
  }
  const tracing: Tracing = {
    begin(name, { parent, kind, attributes = {} }) {
      const traceId = parseTraceparent(parent)?.traceId ?? nextId(32)
      const root: RecordedSpan = { name, traceId, kind, attributes }
      spans.push(root)
      const trace: Trace = {
        id: traceId,
        traceparent: formatTraceparent({ traceId, spanId: nextId(16), sampled: true }),
        span(piece, work) {
          const span: RecordedSpan = { name: piece, traceId, kind: 'piece', attributes: {} }
          spans.push(span)
          return whenOver(work, (failed) => void (span.failed = failed))
        },
        end(more = {}, { failed } = { failed: false }) {
          root.attributes = { ...root.attributes, ...more }
          root.failed = failed
        },
      }
      return trace
    },
  }
  return { metrics, tracing, spans, facts }
}
