import { type Trace, type Tracing, whenOver } from './tracing.ts'
import { formatTraceparent, parseTraceparent } from './trace-context.ts'
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace as api,
  TraceFlags,
  type Tracer,
} from '@opentelemetry/api'

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const

/** Records spans with a tracer of OpenTelemetry. Contexts are handed on, not looked up: no global state is needed for it. */
export function openTelemetry(tracer: Tracer): Tracing {
  return {
    begin(name, { parent, kind, attributes }) {
      const span = tracer.startSpan(name, { kind: KINDS[kind], ...(attributes && { attributes }) }, contextOf(parent))
      return recorded(tracer, span)
    },
  }
}

function contextOf(traceparent: string | null): Context {
  const remote = parseTraceparent(traceparent)
  if (!remote) return ROOT_CONTEXT
  const { traceId, spanId, sampled } = remote
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE
  return api.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}

function recorded(tracer: Tracer, span: Span): Trace {
  const { traceId, spanId, traceFlags } = span.spanContext()
  const within = api.setSpan(ROOT_CONTEXT, span)
  return {
    id: traceId,
    traceparent: formatTraceparent({ traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 }),
    span(name, work) {
      const piece = tracer.startSpan(name, {}, within)
      return whenOver(work, (failed) => end(piece, failed))
    },
    end(attributes, { failed } = { failed: false }) {
      if (attributes) span.setAttributes(attributes)
      end(span, failed)
    },
  }
}

/** An error says nothing of itself here: messages of drivers hold SQL and its parameters. */
function end(span: Span, failed: boolean): void {
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}
