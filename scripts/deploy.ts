import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { buildAssets } from './_assets.ts'
import { publishBank } from './_publish.ts'
import { parseOrigin } from '../src/config.ts'
import { openNodeDatabase } from '../src/hosts/node-database.ts'
import { unstable_readConfig } from 'wrangler'

/**
 * `npm run deploy`: takes this commit to Cloudflare. Nothing is changed before everything that is needed is there; then
 * the database is migrated, the Worker deployed, and the bank published. `--env libsql` for Workers on remote libSQL,
 * `--dry-run` to stop after building. What is not committed is not deployed, unless `--allow-dirty` says so.
 */
const { values } = parseArgs({
  options: {
    env: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    'allow-dirty': { type: 'boolean', default: false },
  },
})
const onLibsql = values.env === 'libsql'
const environment = ['--env', values.env ?? '']
const SECRETS = ['ADMIN_KEY', 'SIGNING_KEYS', ...(onLibsql ? ['DATABASE_URL'] : [])]

/** How long a deployment may take to answer under its own address. */
const ROLLOUT_MS = 60_000

const version = readVersion()
const subject = capture('git', ['log', '-1', '--format=%s']).trim()
// The same name three times: in the Worker, where /version says it, and on its version, where "wrangler versions list" does.
const named = ['--var', `GIT_SHA:${version}`, '--tag', version, '--message', `Commit: ${subject}`]
const deployment = ['deploy', ...environment, ...named]
await buildAssets()
if (values['dry-run']) {
  wrangler([...deployment, '--dry-run', '--outdir', '.wrangler/dry-run'])
} else {
  const publicUrl = requirePublicUrl()
  const adminKey = requireVariable('ADMIN_KEY', 'It publishes the bank when the Worker runs.')
  if (onLibsql) requireVariable('DATABASE_URL', 'The migrations are applied to it from here.')
  requireSecrets()
  await migrate()
  wrangler([...deployment, '--var', `PUBLIC_URL:${publicUrl}`])
  await waitForVersion(publicUrl)
  await publishBank(publicUrl, adminKey)
}

/** The commit that is deployed. A work tree that differs from it would answer with a SHA that it is not. */
function readVersion(): string {
  const sha = capture('git', ['rev-parse', 'HEAD']).trim()
  const changed = capture('git', ['status', '--porcelain']).trimEnd()
  if (changed === '') return sha
  if (values['allow-dirty'] || values['dry-run']) return `${sha}-dirty`
  return fail(
    `The work tree is not the commit ${sha}:\n${changed}\n` +
      `Commit it, or say --allow-dirty: /version then answers with ${sha}-dirty.`,
  )
}

function requirePublicUrl(): string {
  const { vars } = unstable_readConfig({ config: 'wrangler.toml', ...(values.env && { env: values.env }) })
  const url = process.env['PUBLIC_URL'] || String(vars['PUBLIC_URL'] ?? '')
  if (url === '') fail('PUBLIC_URL is not set: put the origin of this deployment into wrangler.toml.')
  try {
    return parseOrigin('PUBLIC_URL', url)
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'PUBLIC_URL is not an origin.')
  }
}

function requireVariable(name: string, why: string): string {
  return process.env[name] || fail(`${name} is not set in the environment. ${why}`)
}

function requireSecrets(): void {
  const listed = JSON.parse(capture('wrangler', ['secret', 'list', ...environment, '--format', 'json'])) as {
    name: string
  }[]
  const missing = SECRETS.filter((name) => !listed.some((secret) => secret.name === name))
  if (missing.length === 0) return
  const commands = missing.map((name) => `  npx wrangler secret put ${[name, ...environment].join(' ')}`)
  fail(`Secrets are missing on Cloudflare. Set them with:\n${commands.join('\n')}`)
}

async function migrate(): Promise<void> {
  if (!onLibsql) return wrangler(['d1', 'migrations', 'apply', 'DB', '--remote', ...environment])
  const { close } = await openNodeDatabase(process.env)
  close()
}

/** A deployment reaches every place within seconds; publishing waits for the version that it belongs to. */
async function waitForVersion(publicUrl: string): Promise<void> {
  const giveUp = Date.now() + ROLLOUT_MS
  while (Date.now() < giveUp) {
    const response = await fetch(`${publicUrl}/version`, { signal: AbortSignal.timeout(5000) }).catch(() => null)
    const body = response?.ok ? ((await response.json()) as { version?: unknown }) : null
    if (body?.version === version) return
    await new Promise((wake) => setTimeout(wake, 1000))
  }
  fail(`${publicUrl} does not answer with ${version}: does PUBLIC_URL lead to this Worker?`)
}

function wrangler(args: string[]): void {
  const { status } = spawnSync('wrangler', args, { stdio: 'inherit' })
  if (status !== 0) fail(`wrangler ${args[0]} failed.`)
}

function capture(command: string, args: string[]): string {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  return status === 0 ? stdout : fail(`${command} ${args.join(' ')} failed.`)
}

function fail(reason: string): never {
  console.error(reason)
  process.exit(1)
}
