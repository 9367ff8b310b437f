import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { run } from '../../support/processes.ts'
import { type Copied, copiesOf, instructionsOf, readStages, wordsOf } from './dockerfile.ts'
import { isIgnored } from './dockerignore.ts'

/** The user of the image. It is taken where the tests may take it; who may not is nobody special anyway. */
export const NOBODY = process.getuid?.() === 0 ? { uid: 65_532, gid: 65_532 } : {}

/**
 * The file system of the image below a folder of this machine, by the Dockerfile's COPY instructions. What its RUN instructions
 * do is done here without npm's registry: packages are copied that the lockfile has for production, and the build runs on the
 * files that its stage was given. Everything but /data can only be read.
 */
export async function assembleImage(): Promise<{ root: string; remove: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'answerkey-image-'))
  chmodSync(folder, 0o755)
  const roots: Record<string, string> = {}
  for (const stage of readStages()) {
    const root = join(folder, stage.name || 'image')
    mkdirSync(join(root, 'app'), { recursive: true })
    if (stage.from in roots) cpSync(join(roots[stage.from]!, 'app'), join(root, 'app'), { recursive: true })
    for (const copied of copiesOf(stage)) place(copied, root, copied.from === null ? null : roots[copied.from]!)
    await RUNS[stage.name]?.(root, instructionsOf(stage, 'RUN').flatMap(wordsOf))
    roots[stage.name] = root
  }
  const root = roots['']!
  // Root's files are safe from who is not root; of their own files owners must be kept out.
  const own = 'uid' in NOBODY ? [] : filesBelow(join(root, 'app'))
  for (const path of own) chmodSync(path, statSync(path).mode & 0o555)
  return {
    root,
    async remove() {
      for (const path of own) chmodSync(path, statSync(path).mode | 0o700)
      await rm(folder, { recursive: true })
    },
  }
}

const RUNS: Readonly<Record<string, (root: string, words: readonly string[]) => unknown>> = {
  base: (root) => cpSync(process.execPath, join(root, 'usr/local/bin/node')),
  dependencies(root, words) {
    const app = join(root, 'app')
    mkdirSync(join(app, 'node_modules/.bin'), { recursive: true })
    for (const path of productionPackages()) cpSync(path, join(app, path), { recursive: true, filter: isOwn })
    const removes = words.indexOf('rm')
    const removed = removes < 0 ? [] : words.slice(removes + 2)
    for (const path of removed) rmSync(join(app, path), { recursive: true })
  },
  async build(root) {
    const app = join(root, 'app')
    symlinkSync(resolve('node_modules'), join(app, 'node_modules'))
    const { code, stderr } = await run('npm', ['--prefix', app, 'run', 'build'])
    if (code !== 0) throw new Error(`The files of the stage "build" do not build:\n${stderr}`)
    mkdirSync(join(root, 'data'))
  },
}

/** What a package contains, without the packages in it, which have places of their own in the lockfile. */
function isOwn(path: string): boolean {
  return basename(path) !== 'node_modules'
}

/** Folders below node_modules that `npm ci --omit=dev` makes here: `devOptional` are peers that are there for development. */
function productionPackages(): string[] {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { dev?: boolean }> }
  const packages = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev)
  return packages.map(([path]) => path).filter((path) => existsSync(path))
}

function place({ sources, target, owner }: Copied, root: string, from: string | null): void {
  for (const source of sources) {
    const at = from === null ? source : join(from, source)
    const into = resolve(join(root, 'app'), target.startsWith('/') ? join(root, target) : target)
    const to = target.endsWith('/') ? join(into, basename(source)) : into
    mkdirSync(dirname(to), { recursive: true })
    const filter = (path: string) => from !== null || !isIgnored(relative('.', path))
    cpSync(at, to, { recursive: true, filter, verbatimSymlinks: true })
    if (owner !== null && 'uid' in NOBODY) chownSync(to, Number(owner.split(':')[0]), Number(owner.split(':')[1]))
  }
}

/** It and all that is in it: folders come before what they hold. */
function filesBelow(folder: string): string[] {
  return [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path))]
}
