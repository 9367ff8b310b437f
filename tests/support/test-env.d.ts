declare module 'cloudflare:workers' {
  /** What vitest.config.ts binds for the tests in workerd. */
  export const env: {
    readonly DB: import('@cloudflare/workers-types').D1Database
    readonly MIGRATIONS: import('cloudflare:test').D1Migration[]
  }
}
