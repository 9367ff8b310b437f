import { tracing, waitUntil } from 'cloudflare:workers'
import { createClient } from '@libsql/client/web'
import { type Environment, requireText, text } from '../config.ts'
import { fetchInTime, openLibsql } from '../db/libsql.ts'
import { createWorker } from './create-worker.ts'

/** Cloudflare Workers on a remote libSQL database. */
export default createWorker<Environment>({
  openDatabase(env) {
    const url = requireText(env, 'DATABASE_URL')
    const authToken = text(env, 'DATABASE_AUTH_TOKEN')
    return openLibsql(createClient({ url, fetch: fetchInTime, ...(authToken !== undefined && { authToken }) }))
  },
  background: waitUntil,
  tracing,
})
