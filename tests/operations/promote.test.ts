import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { withImage } from '../../scripts/_overlay.ts'
import { run } from '../support/processes.ts'

/** Of the machine, and of no package. */
const KUBECTL = 'kubectl'
const SCRIPT = resolve('scripts/promote.ts')
const OVERLAYS = ['embedded', 'remote'].map((name) => `deploy/kubernetes/overlays/${name}/kustomization.yaml`)
const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`
const NAME = { NAME: 'a', EMAIL: 'a@b.c' }
const ENV = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  ...Object.fromEntries(
    Object.entries(NAME).flatMap(([k, v]) => [`GIT_AUTHOR_${k}`, `GIT_COMMITTER_${k}`].map((n) => [n, v])),
  ),
}

const overlay = (name: string) => `# Which image runs: written by scripts/promote.ts.
resources: [../../base]
images:
  - name: answerkey # as the base calls it
    newName: ghcr.io/OWNER/answerkey
    newTag: '0000000000000000000000000000000000000000'
replicas:
  - name: ${name}
    count: 2
`

const gitIn = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, encoding: 'utf8', env: { ...process.env, ...ENV } }).trim()

/** A repository with two overlays, its origin, and a commit on its main for each word. */
function repository() {
  const origin = mkdtempSync(join(tmpdir(), 'answerkey-origin-'))
  const clone = mkdtempSync(join(tmpdir(), 'answerkey-clone-'))
  const git = (...args: string[]) => gitIn(clone, ...args)
  gitIn(origin, 'init', '--quiet', '--bare', '--initial-branch=main')
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', origin)
  for (const path of OVERLAYS) {
    mkdirSync(join(clone, dirname(path)), { recursive: true })
    writeFileSync(join(clone, path), overlay(path.includes('remote') ? 'remote' : 'embedded'))
  }
  const commit = (word: string) => {
    writeFileSync(join(clone, 'code.ts'), word)
    git('add', '.')
    git('commit', '--quiet', '-m', word)
    git('push', '--quiet', 'origin', 'HEAD')
    return git('rev-parse', 'HEAD')
  }
  const promote = async (...args: string[]) => {
    const output = await run('node', [SCRIPT, ...args], { ...ENV, GIT_DIR: join(clone, '.git') })
    return { ...output, stdout: output.stdout.trim() }
  }
  const deployed = () => gitIn(origin, 'for-each-ref', '--format=%(objectname)', 'refs/heads/production')
  const parents = (of: string) => gitIn(origin, 'rev-list', '--parents', '-n', '1', of).split(' ').slice(1)
  const show = (of: string, path: string) => gitIn(origin, 'show', `${of}:${path}`)
  return { origin, clone, git, commit, promote, deployed, parents, show }
}

describe('a deployment', () => {
  it('is the tree of its commit, with its tag and digest in every overlay, and nothing else', async () => {
    const { commit, promote, deployed, parents, show, git } = repository()
    const sha = commit('one')
    const { code, stdout } = await promote(sha, digestOf('a'))
    expect([code, stdout]).toEqual([0, deployed()])
    expect(parents(stdout)).toEqual([sha])
    git('fetch', '--quiet', 'origin')
    expect(git('diff', '--name-only', sha, stdout).split('\n')).toEqual(OVERLAYS)
    for (const path of OVERLAYS) {
      const image = { name: 'answerkey', newName: 'ghcr.io/OWNER/answerkey', newTag: sha, digest: digestOf('a') }
      const before = parse(show(sha, path)) as object
      expect(parse(show(stdout, path))).toEqual({ ...before, images: [image] })
      expect(show(stdout, path)).toContain('# as the base calls it')
    }
  })

  it('follows on the one before it, so that the branch lists them all', async () => {
    const { commit, promote, deployed, parents, show } = repository()
    const first = await promote(commit('one'), digestOf('a'))
    const sha = commit('two')
    const second = await promote(sha, digestOf('b'))
    expect(parents(deployed())).toEqual([first.stdout, sha])
    expect(show(second.stdout, OVERLAYS[0]!)).toContain(`newTag: '${sha}'\n    digest: ${digestOf('b')}\n`)
    expect(show(second.stdout, 'code.ts')).toBe('two')
  })

  it('that is made again makes nothing', async () => {
    const { commit, promote, deployed } = repository()
    const sha = commit('one')
    const first = await promote(sha, digestOf('a'))
    expect(await promote(sha, digestOf('a'))).toEqual(first)
    expect(deployed()).toBe(first.stdout)
  })

  it('that was overtaken is refused, and goes back only when that is said', async () => {
    const { commit, promote, deployed, parents, show } = repository()
    const [old, recent] = [commit('one'), commit('two')]
    const { stdout: current } = await promote(recent, digestOf('b'))
    const late = await promote(old, digestOf('a'))
    expect([late.code, deployed()]).toEqual([1, current])
    expect(late.stderr).toContain('is not newer than what runs')
    const back = await promote(old, digestOf('a'), '--back')
    expect([back.code, parents(deployed()), show(deployed(), 'code.ts')]).toEqual([0, [current, old], 'one'])
    expect((await promote(recent, digestOf('b'))).code, 'a late run does not undo it').toBe(1)
    expect((await promote(commit('three'), digestOf('c'))).code, 'the next commit is deployed').toBe(0)
  })

  it('can be taken back by hand, with a revert, and the next one goes on from there', async () => {
    const { commit, promote, deployed, parents, show, git } = repository()
    await promote(commit('one'), digestOf('a'))
    await promote(commit('two'), digestOf('b'))
    git('fetch', '--quiet', 'origin')
    git('switch', '--quiet', '--create', 'back', 'origin/production')
    git('revert', '--no-edit', '--mainline', '1', 'HEAD')
    git('push', '--quiet', 'origin', 'HEAD:production')
    const back = deployed()
    expect(show(back, 'code.ts')).toBe('one')
    expect(show(back, OVERLAYS[0]!)).toContain(`digest: ${digestOf('a')}`)
    git('switch', '--quiet', 'main')
    const sha = commit('three')
    expect((await promote(sha, digestOf('c'))).code).toBe(0)
    expect(parents(deployed())).toEqual([back, sha])
  })

  it('of what is not on main, or is not named in full, is refused', async () => {
    const { commit, promote, deployed, git } = repository()
    const sha = commit('one')
    git('commit', '--quiet', '--allow-empty', '-m', 'beside')
    const beside = git('rev-parse', 'HEAD')
    const refused = [
      [beside, digestOf('a')],
      [sha.slice(0, 39), digestOf('a')],
      [sha, 'sha256:a'],
      ['main', digestOf('a')],
    ]
    for (const args of refused) expect((await promote(...args)).code).toBe(1)
    expect(deployed()).toBe('')
  })

  it('does not undo one that was made in between', async () => {
    const { commit, promote, deployed, git, origin, clone } = repository()
    const first = (await promote(commit('one'), digestOf('a'))).stdout
    const other = git('commit-tree', `${first}^{tree}`, '-p', first, '-m', 'by hand')
    git('push', '--quiet', 'origin', `${other}:refs/heads/by-hand`)
    const sha = commit('two')
    git('update-ref', '-d', 'refs/remotes/origin/production')
    // Git runs it when what was fetched is stored: after the deployment before was looked up, and before the push.
    const hook = join(clone, '.git/hooks/reference-transaction')
    const push = `git --git-dir='${origin}' update-ref refs/heads/production ${other}`
    writeFileSync(hook, `#!/bin/sh\n[ "$1" = committed ] || exit 0\nrm "$0"\n${push}\n`)
    chmodSync(hook, 0o755)
    expect((await promote(sha, digestOf('b'))).code).not.toBe(0)
    expect(deployed()).toBe(other)
  })
})

describe('the image of an overlay', () => {
  const text = overlay('remote')
  const sha = 'f00d'.repeat(10)

  it('is replaced with its digest, however often', () => {
    const once = withImage(text, 'beef'.repeat(10), digestOf('a'))!
    expect(withImage(once, sha, digestOf('b'))).toBe(withImage(text, sha, digestOf('b')))
  })

  it('is a text, also where the SHA could be read as a number', () => {
    for (const number of ['1234567890'.repeat(4), '1234567e10'.repeat(4).slice(0, 10).padStart(40, '1')]) {
      const { images } = parse(withImage(text, number, digestOf('a'))!) as { images: [{ newTag: unknown }] }
      expect(images[0].newTag).toBe(number)
    }
  })

  it('is not guessed: no image, two, or a digest elsewhere are refused', () => {
    const entry = '  - name: answerkey # as the base calls it\n'
    expect(withImage('resources: []\n', sha, digestOf('a'))).toBeNull()
    expect(withImage(`${text}  - name: other\n    newTag: "1"\n`, sha, digestOf('a'))).toBeNull()
    expect(withImage(text.replace(entry, `${entry}    digest: ${digestOf('c')}\n`), sha, digestOf('a'))).toBeNull()
  })
})

describe.skipIf(!existsSync('deploy/kubernetes'))('the overlays of this repository', () => {
  const sha = 'f00d'.repeat(10)
  const promoted = (path: string) => withImage(readFileSync(path, 'utf8'), sha, digestOf('a'))!

  it('are those that are promoted, and take the image and nothing else', () => {
    const own = globSync('deploy/kubernetes/overlays/*/kustomization.yaml').map((path) => path.replaceAll('\\', '/'))
    expect(own.toSorted()).toEqual(OVERLAYS)
    for (const path of OVERLAYS) {
      const { images, ...rest } = parse(readFileSync(path, 'utf8')) as { images: [object] }
      const expected = { ...rest, images: [{ ...images[0], newTag: sha, digest: digestOf('a') }] }
      expect(parse(promoted(path))).toEqual(expected)
    }
  })

  const noKubectl = process.env['CI'] === undefined && spawnSync(KUBECTL, ['version', '--client']).error !== undefined
  it.skipIf(noKubectl)('are whole with it: every container has both, and no name or label has the digest', () => {
    const folder = mkdtempSync(join(tmpdir(), 'answerkey-overlays-'))
    cpSync('deploy/kubernetes', join(folder, 'deploy/kubernetes'), { recursive: true })
    for (const path of OVERLAYS) {
      writeFileSync(join(folder, path), promoted(path))
      const rendered = execFileSync(KUBECTL, ['kustomize', dirname(join(folder, path))], { encoding: 'utf8' })
      const images = [...rendered.matchAll(/^ +(?:- )?image: (.+)$/gm)].map(([, image]) => image)
      expect(new Set(images)).toEqual(new Set([`ghcr.io/OWNER/answerkey:${sha}@${digestOf('a')}`]))
      expect(rendered.replaceAll(/^ +(?:- )?image: .+$/gm, '')).not.toContain('sha256')
    }
  })
})

describe('what Argo CD follows', () => {
  const manifests = globSync('deploy/argocd/**/*.yaml').map((path) => readFileSync(path, 'utf8'))
  it.skipIf(!existsSync('deploy/argocd'))('is the branch of the deployments, and not main', () => {
    const followed = manifests.flatMap((text) => [...text.matchAll(/targetRevision: *(\S+)/g)].map(([, name]) => name))
    expect(new Set(followed)).toEqual(new Set(['production']))
  })
})
