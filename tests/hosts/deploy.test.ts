import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, run, type Server, startServer } from '../support/processes.ts'

const ADMIN_KEY = 'an-admin-key-for-the-deployment'
const SUBJECT = '--first: "quoted" $(text)'
const folder = mkdtempSync(join(tmpdir(), 'answerkey-deploy-'))
const calls = join(folder, 'calls')

/** What is deployed here is the commit of a repository of its own, so that it is clean whatever this one is. */
const repository = mkdtempSync(join(tmpdir(), 'answerkey-commit-'))
const GIT = { GIT_DIR: join(repository, '.git'), GIT_WORK_TREE: repository }
const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', env: { ...process.env, ...GIT } })
git('init', '--quiet')
git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--allow-empty', '-m', SUBJECT)
const sha = git('rev-parse', 'HEAD').trim()
const named = (version: string) => `--var GIT_SHA:${version} --tag ${version} --message Commit: ${SUBJECT}`

/** Stands in for wrangler: writes down what it is asked, and lists the secrets that a test says are there. */
function standInForWrangler(): void {
  const path = join(folder, 'wrangler')
  writeFileSync(
    path,
    `#!/bin/sh\necho "$*" >> '${calls}'\n[ "$1" != "$FAILING" ] || exit 1\n[ "$1" != secret ] || echo "$SECRETS"\n`,
  )
  chmodSync(path, 0o755)
}

/** The deployed service: what answers under PUBLIC_URL. */
let service: Server
let origin: string

beforeAll(async () => {
  standInForWrangler()
  const port = await freePort()
  origin = `http://localhost:${port}`
  service = await startServer('node', ['scripts/start-node.ts', '--port', String(port)], {
    env: { DATA_DIR: folder, ADMIN_KEY, GIT_SHA: sha, PUBLIC_URL: '', DATABASE_URL: '' },
    ready: /Answerkey serves on/,
  })
}, 30_000)

afterAll(() => service.stop())

async function deploy(env: NodeJS.ProcessEnv, args: string[] = []) {
  writeFileSync(calls, '')
  const output = await run('node', ['scripts/deploy.ts', ...args], {
    PATH: `${folder}${delimiter}${process.env['PATH']}`,
    PUBLIC_URL: origin,
    ADMIN_KEY,
    DATABASE_URL: '',
    SECRETS: '[{"name":"ADMIN_KEY"},{"name":"SIGNING_KEYS"},{"name":"DATABASE_URL"}]',
    FAILING: '',
    ...GIT,
    ...env,
  })
  return { ...output, calls: readFileSync(calls, 'utf8').trim().split('\n').filter(Boolean) }
}

describe('deploying', () => {
  it('checks the secrets, migrates, deploys this commit, and publishes the bank, in this order', async () => {
    const deployed = await deploy({})
    expect(deployed.stderr).toBe('')
    expect(deployed.code).toBe(0)
    expect(deployed.calls).toEqual([
      'secret list --env  --format json',
      'd1 migrations apply DB --remote --env ',
      `deploy --env  ${named(sha)} --var PUBLIC_URL:${origin}`,
    ])
    expect(deployed.stdout).toContain('devops-deep-dive: unchanged')
  }, 30_000)

  it('to the libSQL environment migrates the database that it names', async () => {
    const database = `file:${join(folder, 'remote.db')}`
    const deployed = await deploy({ DATABASE_URL: database }, ['--env', 'libsql'])
    expect(deployed.code).toBe(0)
    expect(deployed.calls).toEqual([
      'secret list --env libsql --format json',
      `deploy --env libsql ${named(sha)} --var PUBLIC_URL:${origin}`,
    ])
  }, 30_000)

  describe('of a work tree that is not the commit', () => {
    const changed = join(repository, 'changed.ts')
    beforeAll(() => writeFileSync(changed, ''))
    afterAll(() => rmSync(changed))

    it('is refused, and changes nothing', async () => {
      const deployed = await deploy({})
      expect([deployed.code, deployed.calls, deployed.stdout]).toEqual([1, [], ''])
      expect(deployed.stderr).toContain(`?? changed.ts\nCommit it, or say --allow-dirty`)
    })

    it('names it dirty when it is wanted, so that no clean commit is claimed', async () => {
      const dirty = `${sha}-dirty`
      const deployed = await deploy({ FAILING: 'deploy' }, ['--allow-dirty'])
      expect(deployed.calls.at(-1)).toBe(`deploy --env  ${named(dirty)} --var PUBLIC_URL:${origin}`)
    }, 30_000)

    it('may be tried dry, which changes nothing', async () => {
      const deployed = await deploy({}, ['--dry-run'])
      expect(deployed.calls).toEqual([`deploy --env  ${named(`${sha}-dirty`)} --dry-run --outdir .wrangler/dry-run`])
    }, 30_000)
  })

  it('fits what Cloudflare keeps of a tag: 100 bytes', () => {
    expect(`${sha}-dirty`.length).toBeLessThanOrEqual(100)
  })

  const refused: [name: string, env: NodeJS.ProcessEnv, says: string, calls: number][] = [
    ['a missing PUBLIC_URL', { PUBLIC_URL: '' }, 'PUBLIC_URL is not set', 0],
    ['a PUBLIC_URL with a path', { PUBLIC_URL: 'https://quiz.example/api' }, 'PUBLIC_URL is not an origin', 0],
    ['a missing ADMIN_KEY', { ADMIN_KEY: '' }, 'ADMIN_KEY is not set', 0],
    ['a missing secret', { SECRETS: '[{"name":"ADMIN_KEY"}]' }, 'npx wrangler secret put SIGNING_KEYS', 1],
    ['a migration that fails', { FAILING: 'd1' }, 'wrangler d1 failed', 2],
    ['a deployment that fails', { FAILING: 'deploy' }, 'wrangler deploy failed', 3],
  ]
  for (const [name, env, says, made] of refused) {
    it(`stops at ${name}, says so, and goes no further`, async () => {
      const deployed = await deploy(env)
      expect(deployed.code).toBe(1)
      expect(deployed.stderr).toContain(says)
      expect(deployed.calls).toHaveLength(made)
      expect(deployed.stdout).not.toContain('devops-deep-dive')
    }, 30_000)
  }
})
