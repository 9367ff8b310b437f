declare module 'cloudflare:workers' {
  /** What vitest.config.ts binds for the tests in workerd. */
  export const env: {
    readonly DB: import('@cloudflare/workers-types').D1Database
    readonly MIGRATIONS: import('cloudflare:test').D1Migration[]
  }
}

interface ImportMeta {
  /** Vite's: the files that match, here as their texts. */
  glob(pattern: string, options: { query: '?raw'; import: 'default'; eager: true }): Record<string, string>
}
