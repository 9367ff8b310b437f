import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'vite'

const PUBLIC = 'public'

/** What is served as it stands: where in `public/` it goes, and where it comes from. */
const FILES = {
  'assets/page.css': 'assets/page.css',
  'assets/docs.js': 'assets/docs.js',
  'assets/swagger-ui.css': 'node_modules/swagger-ui-dist/swagger-ui.css',
  'assets/swagger-ui-bundle.js': 'node_modules/swagger-ui-dist/swagger-ui-bundle.js',
}

/** What is built into one ES module each, by its entry. */
const MODULES = {
  'player.js': 'player/index.ts',
}

/** Puts what browsers load from our own origin into `public/`, which git ignores. */
export async function buildAssets(): Promise<void> {
  for (const [target, source] of Object.entries(FILES)) {
    mkdirSync(dirname(join(PUBLIC, target)), { recursive: true })
    copyFileSync(source, join(PUBLIC, target))
  }
  for (const [target, entry] of Object.entries(MODULES)) await buildModule(entry, target)
}

async function buildModule(entry: string, target: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    // Whatever NODE_ENV says: Lit has another build for development.
    resolve: { conditions: ['module', 'browser', 'production'] },
    build: {
      lib: { entry, formats: ['es'], fileName: () => target },
      outDir: PUBLIC,
      emptyOutDir: false,
      target: 'es2022',
      minify: 'oxc',
      sourcemap: false,
    },
  })
}
