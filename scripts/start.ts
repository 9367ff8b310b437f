import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openNodeDatabase } from '../src/hosts/node-database.ts'
import {
  type Development,
  originOn,
  prepareDevelopment,
  printWelcome,
  readOptions,
  refuseTakenPort,
  waitUntilHealthy,
} from './_development.ts'
import { publishBank } from './_publish.ts'

/**
 * `npm start`: Answerkey on this machine through `wrangler dev`, with a local D1. With `--env libsql` it is the Worker on
 * remote libSQL, at the DATABASE_URL.
 */
const { env = '', ...options } = readOptions(['port', 'env'])
const development = await prepareDevelopment(options.port)
const state = join(development.dataDir, 'd1')
const environment = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' }

const origin = originOn('localhost', development.port)
await refuseTakenPort(origin)
await migrate()
const server = serve(development)
let ended = false
server.on('exit', (code) => {
  ended = true
  process.exitCode ||= code ?? 1
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))

try {
  await waitUntilHealthy(origin, () => ended)
  await publishBank(origin, development.adminKey)
  printWelcome(development)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  server.kill()
  process.exitCode = 1
}

async function migrate(): Promise<void> {
  if (env === 'libsql') {
    const { close } = await openNodeDatabase(process.env)
    return close()
  }
  const { status, stderr, stdout } = spawnSync(
    'wrangler',
    ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state],
    { env: environment, encoding: 'utf8' },
  )
  if (status === 0) return
  console.error(stdout, stderr)
  process.exit(1)
}

/** Variables go through a file that only this user can read, not through arguments that every process can see. */
function serve({ dataDir, port, publicUrl, adminKey, signingKeys, gitSha }: Development) {
  const file = join(dataDir, 'development.env')
  const variables = {
    PUBLIC_URL: publicUrl,
    ADMIN_KEY: adminKey,
    SIGNING_KEYS: signingKeys,
    GIT_SHA: gitSha,
    ...optionalVariables(),
  }
  // wrangler puts variables in place of $NAME, in quotes too.
  const lines = Object.entries(variables).map(([name, value]) => `${name}='${value.replaceAll('$', '\\$')}'\n`)
  writeFileSync(file, lines.join(''), { mode: 0o600 })
  const flags = ['--port', String(port), '--inspector-port', '0', '--persist-to', state, '--env-file', file]
  return spawn('wrangler', ['dev', ...flags, '--show-interactive-dev-session=false', '--env', env], {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

function optionalVariables(): Record<string, string> {
  const limits = Object.keys(process.env).filter((name) => name === 'RATE_LIMITS' || name.startsWith('RATE_LIMIT_'))
  const names = [
    'CORS_ORIGINS',
    'DATABASE_URL',
    'DATABASE_AUTH_TOKEN',
    'WEBHOOKS_ALLOW_LOOPBACK',
    'UNTOUCHED_ATTEMPT_DAYS',
    ...limits,
  ]
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}
