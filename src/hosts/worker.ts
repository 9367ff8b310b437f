import { tracing, waitUntil } from 'cloudflare:workers'
import { openD1 } from '../db/d1.ts'
import { createWorker } from './create-worker.ts'
import type { D1Database } from '@cloudflare/workers-types'

interface Env extends Readonly<Record<string, unknown>> {
  readonly DB: D1Database
}

/** Cloudflare Workers on D1. */
export default createWorker<Env>({
  openDatabase: (env) => openD1(env.DB),
  background: waitUntil,
  tracing,
})
