#!/usr/bin/env node
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { run } from './run.ts'

process.exitCode = await run(process.argv.slice(2), {
  stdout: (output) => void process.stdout.write(output),
  stderr: (output) => void process.stderr.write(output),
  readStdin: () => text(process.stdin),
  env: process.env,
  fetch,
  interrupted: async () => {
    await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)))
  },
  cwd: process.cwd(),
})
