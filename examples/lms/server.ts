/**
 * A small LMS that is told of grades: it has itself told by an Answerkey, once, and shows what it heard. A real one has an
 * API key with the scope `webhooks:write` alone.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { createRemoteJWKSet } from 'jose'
import { createLms } from './app.ts'
import { Gradebook } from './gradebook.ts'

const { ANSWERKEY_URL = 'http://localhost:8787', ANSWERKEY_KEY = '', LMS_PORT = '8790' } = process.env
const { LMS_URL = `http://localhost:${LMS_PORT}`, LMS_DATA = join('.data', 'lms-gradebook') } = process.env

mkdirSync(LMS_DATA, { recursive: true, mode: 0o700 })
const gradebook = new Gradebook(join(LMS_DATA, 'received.jsonl'))
const registration = join(LMS_DATA, 'webhook.json')
const isKnown = existsSync(registration)
const { id, secret } = isKnown ? (JSON.parse(readFileSync(registration, 'utf8')) as Registration) : await register()

const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', ANSWERKEY_URL))
const app = createLms({ gradebook, issuer: ANSWERKEY_URL, keys, secret })
const server = serve(
  { fetch: app.fetch, port: Number(LMS_PORT), hostname: 'localhost' },
  () => void catchUp().catch(console.error),
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0))
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}

type Registration = { readonly id: string; readonly secret: string }

/** The secret is shown once, so it is kept at once. */
async function register(): Promise<Registration> {
  const events = ['attempt.finished', 'attempt.graded', 'attempt.regraded']
  const made = (await call('POST', '/v1/webhooks', { url: `${LMS_URL}/webhooks`, events })) as Registration
  writeFileSync(registration, JSON.stringify({ id: made.id, secret: made.secret }), { mode: 0o600 })
  return made
}

/** What came while this was down would come by itself, but in its own time: after hours, if it was down for hours. */
async function catchUp(): Promise<void> {
  if (isKnown) {
    await call('PATCH', `/v1/webhooks/${id}`, { disabled: false })
    const since = new Date(Date.parse(gradebook.lastAt ?? '2000-01-01T00:00:00Z') - 3_600_000).toISOString()
    await call('POST', `/v1/webhooks/${id}/replay`, { since })
  }
  console.log(`The gradebook is on ${LMS_URL}`)
}

async function call(method: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(`${ANSWERKEY_URL}${path}`, {
    method,
    headers: { Authorization: `Bearer ${ANSWERKEY_KEY}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
