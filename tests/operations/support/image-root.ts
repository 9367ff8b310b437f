import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { run } from '../../support/processes.ts'
import { type Copied, copiesOf, readStages } from './dockerfile.ts'
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
    await RUNS[stage.name]?.(root)
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

const RUNS: Readonly<Record<string, (root: string) => unknown>> = {
  base: (root) => cpSync(process.execPath, join(root, 'usr/local/bin/node')),
  dependencies(root) {
    for (const path of productionPackages()) {
      cpSync(path, join(root, 'app', path), {
        recursive: true,
        filter: (at) => basename(at) !== 'node_modules' || at === path,
      })
    }
  },
  async build(root) {
    const app = join(root, 'app')
    symlinkSync(resolve('node_modules'), join(app, 'node_modules'))
    const { code, stderr } = await run('npm', ['--prefix', app, 'run', 'build'])
    if (code !== 0) throw new Error(`The files of the stage "build" do not build:\n${stderr}`)
    mkdirSync(join(root, 'data'), { mode: 0o700 })
  },
}

/** Folders below node_modules that `npm ci --omit=dev` makes here, without peers that are there for development. */
function productionPackages(): string[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>
  }
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional && existsSync(path))
    .map(([path]) => path)
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
