import type { TelemetrySettings } from '../config.ts'
import { randomHex } from './random-hex.ts'
import { openTelemetry } from './open-telemetry.ts'
import type { Tracing } from './tracing.ts'
import { diag, DiagLogLevel } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'

export interface Otlp {
  readonly tracing: Tracing
  /** Sends what is still to be sent. */
  close(): Promise<void>
}

type SamplerSettings = NonNullable<TelemetrySettings['sampler']>

const silence = () => undefined
const SILENT = { verbose: silence, debug: silence, info: silence, warn: silence, error: silence }

const ROOTS = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio: number) => new TraceIdRatioBasedSampler(ratio),
}

/** Spans in batches over OTLP/HTTP. Where to, the exporter reads from OTEL_EXPORTER_OTLP_* as the specification has it. */
export function createOtlp(
  { service, version }: TelemetrySettings,
  { sampler, onFailure }: { sampler: SamplerSettings; onFailure: () => void },
): Otlp {
  // What OpenTelemetry says of failures names addresses, and what a collector answered.
  diag.setLogger({ ...SILENT, error: onFailure }, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true })
  const own = resourceFromAttributes({ 'service.name': service, 'service.version': version })
  const processor = new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })
  const provider = new TracerProvider({
    resource: defaultResource().merge(own),
    sampler: samplerOf(sampler),
    idGenerator: { generateTraceId: () => randomHex(16), generateSpanId: () => randomHex(8) },
    spanProcessors: [processor],
  })
  return {
    tracing: openTelemetry(provider.getTracer('answerkey', version), processor),
    close: () => provider.shutdown().catch(onFailure),
  }
}

function samplerOf({ name, ratio }: SamplerSettings): Sampler {
  const [, parentBased, root] = /^(parentbased_)?(.*)$/.exec(name)!
  const sampler = ROOTS[root as keyof typeof ROOTS](ratio)
  return parentBased ? new ParentBasedSampler({ root: sampler }) : sampler
}
