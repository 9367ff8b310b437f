import { type Attributes, carryOn, type Trace, type Tracing } from './tracing.ts'

/** The tracing of the Workers platform, as far as it is used here (`cloudflare:workers`). */
export interface PlatformTracing {
  enterSpan<T>(name: string, work: () => T): T
  getActiveSpan(): PlatformSpan | undefined
}

export interface PlatformSpan {
  setAttributes(attributes: Attributes): unknown
  spanContext(): { readonly traceId: string }
}

/**
 * Spans of the platform, which records the requests, queries and fetches by itself. It goes on with nobody's trace: where
 * a request comes with one, that id is what the log and the next hop say, and the platform's own span of the request is
 * marked with it.
 */
export function workerTracing(platform: PlatformTracing, randomHex: (bytes: number) => string): Tracing {
  return {
    begin(name, beginning) {
      const active = platform.getActiveSpan()
      const ownId = recordedId(active)
      const ids = carryOn((bytes) => (bytes === 16 && ownId !== null ? ownId : randomHex(bytes)))
      const trace = ids.begin(name, beginning)
      const own = beginning.kind === 'server' ? active : undefined
      own?.setAttributes({ 'answerkey.trace_id': trace.id ?? '', ...beginning.attributes })
      return onPlatform(platform, trace, own)
    },
  }
}

/** An invocation that the platform does not record has an id of zeros. */
function recordedId(span: PlatformSpan | undefined): string | null {
  const id = span?.spanContext().traceId ?? ''
  return /[1-9a-f]/.test(id) ? id : null
}

function onPlatform(platform: PlatformTracing, trace: Trace, own: PlatformSpan | undefined): Trace {
  return {
    ...trace,
    span: (name, work) => platform.enterSpan(name, work),
    end: (attributes = {}) => void own?.setAttributes(attributes),
  }
}
