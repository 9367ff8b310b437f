import { defineConfig } from 'vitest/config'

const rooms = ['tests/grading/**/*.test.ts', 'tests/tokens/**/*.test.ts']

/**
 * What mutants are held against: the suites of the rooms that they are in, without a database; or of these only the files
 * in `MUTATE_TESTS`, with commas between them. Stryker's own `--testFiles` is not for it: with that, 10.1.1 changes what
 * runs on import only after it has run, and all of that survives.
 */
export default defineConfig({
  test: { include: process.env['MUTATE_TESTS']?.split(',') ?? rooms, testTimeout: 20_000 },
})
