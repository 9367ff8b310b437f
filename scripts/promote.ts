import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { withImage } from './_overlay.ts'

/**
 * `node scripts/promote.ts SHA DIGEST`: makes SHA what runs, by one commit on the branch that Argo CD watches. Its tree is
 * that of SHA, with the image in every overlay; its first parent is the deployment before it, its second one SHA. So the
 * branch is the list of all deployments, and nothing of a commit reaches the cluster before its gates are passed.
 *
 * A commit that is older than what runs is refused: it was overtaken. `--back` goes back to it all the same.
 * Imports no package: it runs where the branch can be written. The last line that it prints is the commit on the branch.
 */
const BRANCH = 'refs/heads/production'
const DEPLOYED = 'refs/remotes/origin/production'
const OVERLAYS = 'deploy/kubernetes/overlays'

const { values, positionals } = parseArgs({
  options: { back: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [sha = '', digest = ''] = positionals
if (!/^[0-9a-f]{40}$/.test(sha)) fail('SHA is not the full SHA of a commit.')
if (!/^sha256:[0-9a-f]{64}$/.test(digest)) fail('DIGEST is not a digest such as sha256:….')
if (!succeeds('merge-base', '--is-ancestor', sha, 'refs/remotes/origin/main')) fail(`${sha} is not on main.`)
console.log(promote())

function promote(): string {
  const before = deployed()
  const tree = treeWithImage()
  if (before !== null) {
    if (git('rev-parse', `${before}^{tree}`) === tree) return before
    if (!values.back && succeeds('merge-base', '--is-ancestor', sha, before)) {
      fail(`${sha} is not newer than what runs. To go back to it, say so.`)
    }
  }
  const parents = [...(before === null ? [] : [before]), sha].flatMap((parent) => ['-p', parent])
  const words = `${values.back ? 'Go back to' : 'Deploy'} ${sha}\n\nImage-Digest: ${digest}\n`
  const commit = git('commit-tree', tree, ...parents, '-m', words)
  // Never forced: whoever pushed in between is not undone.
  git('push', '--quiet', 'origin', `${commit}:${BRANCH}`)
  return commit
}

/** The deployment that the branch names now; null before the first one. */
function deployed(): string | null {
  if (git('ls-remote', 'origin', BRANCH) === '') return null
  git('fetch', '--quiet', 'origin', `+${BRANCH}:${DEPLOYED}`)
  return git('rev-parse', DEPLOYED)
}

/** Made in an index of its own, so that the work tree is neither needed nor touched. */
function treeWithImage(): string {
  const paths = git('ls-tree', '-r', '--name-only', sha, '--', OVERLAYS).split('\n')
  const overlays = paths.filter((path) => path.endsWith('/kustomization.yaml'))
  if (overlays.length === 0) fail(`${sha} has no overlay in ${OVERLAYS}.`)
  const folder = mkdtempSync(join(tmpdir(), 'promote-'))
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, 'index') }
  const inIndex = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', env }).trim()
  inIndex('read-tree', sha)
  for (const path of overlays) {
    const text = withImage(execFileSync('git', ['show', `${sha}:${path}`], { encoding: 'utf8' }), sha, digest)
    if (text === null) fail(`${path}: expected one image, with its newTag in a line of its own.`)
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { encoding: 'utf8', input: text }).trim()
    inIndex('update-index', '--cacheinfo', `100644,${blob},${path}`)
  }
  const tree = inIndex('write-tree')
  rmSync(folder, { recursive: true })
  return tree
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' }).trim()
}

function succeeds(...args: string[]): boolean {
  return spawnSync('git', args, { stdio: 'ignore' }).status === 0
}

function fail(reason: string): never {
  console.error(reason)
  return process.exit(1)
}
