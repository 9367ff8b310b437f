import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { assetHeaders } from './asset-headers.ts'
import type { Hono } from 'hono'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'

const FOLDER = fileURLToPath(new URL('../../public', import.meta.url))

/** Whether `npm run build` has been here: without it there are pages, and nothing on them. */
export function areFilesBuilt(): boolean {
  return existsSync(`${FOLDER}/player.js`)
}

/** Serves what the build made; what it did not make is left to the API, which knows nothing of it either. */
export function serveFiles(app: Hono, publicUrl: string): void {
  for (const [path, fields] of Object.entries(assetHeaders(publicUrl))) {
    const headers = Object.entries(fields)
    app.use(
      path,
      etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...headers.map(([name]) => name)] }),
      serveStatic({ root: FOLDER, onFound: (_, c) => headers.forEach(([name, value]) => c.header(name, value)) }),
    )
  }
}
