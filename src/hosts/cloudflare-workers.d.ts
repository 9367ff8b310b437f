declare module 'cloudflare:workers' {
  /** Keeps the invocation alive for work that goes on after its answer, for 30 seconds at most. */
  export function waitUntil(work: Promise<unknown>): void

  export const tracing: import('../telemetry/worker-tracing.ts').PlatformTracing
}
