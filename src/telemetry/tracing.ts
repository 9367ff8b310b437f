import { formatTraceparent, parseTraceparent } from './trace-context.ts'

/** The pieces that work is made of. */
export type SpanName = 'verify' | 'load' | 'append' | 'grade' | 'sign'

/** What is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** Begins traces, or goes on with those of others. */
export interface Tracing {
  begin(name: string, beginning: Beginning): Trace
}

export interface Beginning {
  /** The `traceparent` that the work came with. */
  readonly parent: string | null
  /** Whether it answers a request, sends one, or neither. */
  readonly kind: 'server' | 'client' | 'internal'
  readonly attributes?: Attributes
}

/** The trace that a piece of work belongs to. */
export interface Trace {
  /** 32 hexadecimal digits: what spans and lines of the log are joined by. Null outside any trace. */
  readonly id: string | null
  /** What the next hop is told. Null outside any trace. */
  readonly traceparent: string | null
  /** Does a piece of the work as a span of its own, which ends with it. */
  span<T>(name: SpanName, work: () => T): T
  /** Says what the work came to. */
  end(attributes?: Attributes, outcome?: { readonly failed: boolean }): void
}

/** What belongs to no request, and has not begun anything. */
export const UNTRACED: Trace = {
  id: null,
  traceparent: null,
  span: (_, work) => work(),
  end: () => undefined,
}

/**
 * Records no spans, and carries the ids on: the lines of the log are joined all the same, and so are the next hops. These are
 * told that the trace is recorded, for it is, in our lines, and most record what their caller does; unless our own caller
 * has said that it is not.
 */
export function carryOn(randomHex: (bytes: number) => string): Tracing {
  return {
    begin(_, { parent }) {
      const { traceId, sampled } = parseTraceparent(parent) ?? { traceId: randomHex(16), sampled: true }
      return { ...UNTRACED, id: traceId, traceparent: formatTraceparent({ traceId, spanId: randomHex(8), sampled }) }
    },
  }
}

/** Does work and tells when it is over: at once, or when its promise is kept or broken. */
export function whenOver<T>(work: () => T, over: (failed: boolean) => void): T {
  let result: T
  try {
    result = work()
  } catch (error) {
    over(true)
    throw error
  }
  if (!(result instanceof Promise)) {
    over(false)
    return result
  }
  result.then(
    () => over(false),
    () => over(true),
  )
  return result
}
