import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { assetHeaders } from '../src/hosts/asset-headers.ts'
import { build, type Rolldown } from 'vite'

const PUBLIC = 'public'
/** Where files are written before they take their place: git ignores it, and nothing serves or watches it. */
const DRAFTS = '.wrangler'

/** What is served as it stands: where in `public/` it goes, and where it comes from. */
const FILES = {
  'assets/page.css': 'assets/page.css',
  'assets/icon.svg': 'assets/icon.svg',
  'assets/docs.js': 'assets/docs.js',
  'assets/swagger-ui.css': 'node_modules/swagger-ui-dist/swagger-ui.css',
  'assets/swagger-ui-bundle.js': 'node_modules/swagger-ui-dist/swagger-ui-bundle.js',
}

/** What is built into one ES module each, by its entry. */
const MODULES = {
  'player.js': 'player/index.ts',
  'assets/play.js': 'player/pages/play.ts',
  'assets/verify.js': 'player/verify/index.ts',
}

/** Puts what browsers load from our own origin into `public/`, which git ignores. */
export async function buildAssets(): Promise<void> {
  for (const [target, source] of Object.entries(FILES)) place(target, readFileSync(source))
  for (const [target, entry] of Object.entries(MODULES)) place(target, await buildModule(entry))
  place('_headers', Buffer.from(headersFile()))
}

async function buildModule(entry: string): Promise<Buffer> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    // Whatever NODE_ENV says: Lit has another build for development.
    resolve: { conditions: ['module', 'browser', 'production'] },
    build: {
      // As an application, not as a library: a library keeps its white space, for whoever bundles it.
      rolldownOptions: { input: entry },
      modulePreload: false,
      write: false,
      target: 'es2022',
      minify: 'oxc',
    },
  })) as Rolldown.RolldownOutput
  const [module, ...more] = output
  if (more.length > 0) throw new Error(`${entry} is not built into one module.`)
  return Buffer.from(module.code)
}

/** The headers as Workers Assets read them. By http browsers pass over what is for https alone. */
function headersFile(): string {
  const lines = Object.entries(assetHeaders('https:')).map(([path, headers]) => [
    path,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  ])
  return `${lines.flat().join('\n')}\n`
}

/** Whole, and only where it changes: another server on this machine may be serving the file. */
function place(target: string, content: Buffer): void {
  const path = join(PUBLIC, target)
  if (existsSync(path) && readFileSync(path).equals(content)) return
  const draft = join(DRAFTS, `${process.pid}-${basename(target)}`)
  mkdirSync(DRAFTS, { recursive: true })
  writeFileSync(draft, content)
  mkdirSync(dirname(path), { recursive: true })
  renameSync(draft, path)
}
