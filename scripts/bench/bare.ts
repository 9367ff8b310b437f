import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

/** The least that serves questions with the same framework: a handler that has the bytes, and knows their ETag. */
const body = readFileSync(process.env['BODY_FILE']!, 'utf8')
const etag = process.env['ETAG']!

const app = new Hono()
app.get('*', (c) => {
  if (c.req.header('If-None-Match') === etag) return c.body(null, 304, { ETag: etag })
  return c.body(body, 200, { 'Content-Type': 'application/json', ETag: etag, 'Cache-Control': 'public, no-cache' })
})
serve({ fetch: app.fetch, port: Number(process.env['PORT']), hostname: '127.0.0.1' }, () => console.log('listening'))
