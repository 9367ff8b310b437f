import { PieceSpan } from './piece-span.ts'
import { type Trace, type Tracing, whenOver } from './tracing.ts'
import { formatTraceparent, parseTraceparent } from './trace-context.ts'
import {
  type Context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace as api,
  TraceFlags,
  type Tracer,
} from '@opentelemetry/api'
import type { Span, SpanProcessor } from '@opentelemetry/sdk-trace'

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const

/** Records spans with a tracer of OpenTelemetry's SDK. Contexts are handed on, not looked up: no global state is needed for it. */
export function openTelemetry(tracer: Tracer, pieces: Pick<SpanProcessor, 'onEnd'>): Tracing {
  return {
    begin(name, { parent, kind, attributes }) {
      const span = tracer.startSpan(name, { kind: KINDS[kind], ...(attributes && { attributes }) }, contextOf(parent))
      const began = performance.now()
      const { traceId, spanId, traceFlags } = span.spanContext()
      const sampled = (traceFlags & TraceFlags.SAMPLED) !== 0
      // What is sampled is a span of the SDK, which its readers can read.
      const root = sampled ? { span: span as Span, began } : null
      return {
        id: traceId,
        traceparent: formatTraceparent({ traceId, spanId, sampled }),
        span: (piece, work) => (root ? recorded(new PieceSpan(root, piece), work, pieces) : work()),
        end(outcome, { failed } = { failed: false }) {
          if (outcome) span.setAttributes(outcome)
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
        },
      } satisfies Trace
    },
  }
}

function recorded<T>(piece: PieceSpan, work: () => T, pieces: Pick<SpanProcessor, 'onEnd'>): T {
  return whenOver(work, (failed) => {
    piece.end(failed)
    pieces.onEnd(piece)
  })
}

function contextOf(traceparent: string | null): Context {
  const remote = parseTraceparent(traceparent)
  if (!remote) return ROOT_CONTEXT
  const { traceId, spanId, sampled } = remote
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE
  return api.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}
