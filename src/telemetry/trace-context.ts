/** A place in a trace, as one system tells it to the next. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string
  /** 16 hexadecimal digits. */
  readonly spanId: string
  /** Whether who came before records this trace. */
  readonly sampled: boolean
}

const SAMPLED = 1

/** Version, trace id, parent id, flags, and what a later version may add (W3C Trace Context §3.2). */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/

/** Reads a `traceparent`; null for one that is missing or not valid, of which the specification says to begin a new trace. */
export function parseTraceparent(header: string | null): TraceContext | null {
  const [, version, traceId, spanId, flags, more] = TRACEPARENT.exec(header ?? '') ?? []
  if (!version || !traceId || !spanId || !flags || version === 'ff') return null
  if (version === '00' && more !== undefined) return null
  if (isZero(traceId) || isZero(spanId)) return null
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & SAMPLED) !== 0 }
}

export function formatTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`
}

function isZero(id: string): boolean {
  return /^0+$/.test(id)
}
