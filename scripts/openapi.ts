import { readFileSync, writeFileSync } from 'node:fs'
import { describeApi } from '../src/routes/_http/describe-api.ts'
import { operations } from '../src/routes/operations.ts'
import { events } from '../src/routes/webhooks/events.ts'

/** Writes openapi.json, or with --check fails when the committed one says something else than the code. */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
const description = `${JSON.stringify(describeApi({ operations, events }, version), null, 2)}\n`
if (!process.argv.includes('--check')) {
  writeFileSync('openapi.json', description)
} else if (readFileSync('openapi.json', 'utf8') !== description) {
  console.error('openapi.json is not what the code says: run "npm run openapi".')
  process.exitCode = 1
}
