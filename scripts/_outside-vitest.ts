import { registerHooks } from 'node:module'

/**
 * Lets a script use what the tests are made of: the database of a test file is libSQL's, and what the support of the tests
 * looks at after each test is looked at when the script asks for it.
 */
const checks: (() => void)[] = []
Object.assign(globalThis, { afterEach: (check: () => void) => void checks.push(check) })

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'vitest')
      return { url: 'data:text/javascript,export const { afterEach } = globalThis', shortCircuit: true }
    if (specifier !== '#test-database') return next(specifier, context)
    return next(new URL('../tests/support/libsql-database.ts', import.meta.url).href, context)
  },
})

/** Throws what a test would fail with at its end. */
export function afterEachTest(): void {
  for (const check of checks) check()
}
