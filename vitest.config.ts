import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

const database = (name: string) => ({
  '#test-database': fileURLToPath(new URL(`tests/support/${name}-database.ts`, import.meta.url)),
})

/** The suites of behaviour run twice, on D1 in workerd and on libSQL in Node; what needs no database runs in Node; the player in Chromium. */
export default defineConfig({
  test: {
    // vitest leaves one core free, which on a machine of two is half of it.
    maxWorkers: '100%',
    projects: [
      {
        plugins: [
          cloudflareTest(async () => ({
            miniflare: {
              compatibilityDate: '2026-10-23',
              d1Databases: ['DB'],
              bindings: { MIGRATIONS: await readD1Migrations('migrations') },
            },
          })),
        ],
        resolve: { alias: database('d1') },
        test: { name: 'd1', include: ['tests/behaviour/**/*.test.ts'], testTimeout: 20_000 },
      },
      {
        resolve: { alias: database('libsql') },
        test: {
          name: 'libsql',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'tests/player/**'],
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias: database('libsql') },
        test: {
          name: 'player',
          include: ['tests/player/**/*.test.ts'],
          globalSetup: 'tests/player/support/setup.ts',
          // A browser is many processes: its tests come when the others are done.
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
