/**
 * Who may import whom: the architecture in one table. The lint bans what it does not admit while you type, and
 * `tests/contract/rooms.test.ts` reads every import and holds it.
 */
export interface Room {
  /** What stands here, for the messages. */
  readonly holds: string
  /** Folders of `src/`, or its files without their ending, besides the room itself. */
  readonly rooms: readonly string[]
  /** The same, for `import type` alone. */
  readonly types?: readonly string[]
  /** Packages, with everything below them; `node:` stands for Node's own modules. */
  readonly packages: readonly string[]
  /** Whether it computes from its arguments alone: no clock, no randomness, no edge. */
  readonly pure?: boolean
}

export const ROOMS: Readonly<Record<string, Room>> = {
  grading: {
    holds: 'the rules of grading and the fold',
    rooms: [],
    packages: ['valibot', 'fraction.js', 're2js'],
    pure: true,
  },
  content: {
    holds: 'the quiz document',
    rooms: ['grading'],
    packages: [
      'valibot',
      'micromark',
      'micromark-extension-gfm-autolink-literal',
      'micromark-extension-gfm-strikethrough',
      'micromark-extension-gfm-table',
    ],
    pure: true,
  },
  bank: {
    holds: 'the authored format',
    rooms: ['content', 'grading'],
    packages: [
      'valibot',
      'unified',
      'remark-parse',
      'remark-gfm',
      'remark-frontmatter',
      'mdast',
      'mdast-util-to-string',
      'yaml',
    ],
  },
  db: {
    holds: 'the tables, the drivers and every query',
    rooms: [],
    types: ['grading', 'content'],
    packages: ['drizzle-orm', '@libsql/client'],
  },
  tokens: {
    holds: 'signing and verifying',
    rooms: ['errors'],
    types: ['deps'],
    packages: ['jose', 'valibot'],
  },
  webhooks: {
    holds: 'what is told to receivers: bodies, signatures, the schedule, one try',
    rooms: [],
    packages: ['standardwebhooks'],
  },
  telemetry: {
    holds: 'what is told of the system to whoever operates it: metrics and traces',
    rooms: [],
    types: ['config', 'deps', 'db'],
    packages: ['drizzle-orm', 'prom-client', '@opentelemetry'],
  },
  services: {
    holds: 'what the system does, one file a verb',
    rooms: ['grading', 'content', 'db', 'tokens', 'webhooks', 'telemetry', 'errors'],
    types: ['deps'],
    packages: ['lru-cache'],
  },
  routes: {
    holds: 'HTTP',
    rooms: ['services', 'errors', 'grading', 'content', 'telemetry', 'webhooks'],
    types: ['deps'],
    packages: ['hono', 'valibot', '@valibot/to-json-schema', 'csv-stringify'],
  },
  cli: {
    holds: 'the answerkey command',
    rooms: ['bank', 'content', 'grading', 'tokens', 'webhooks'],
    packages: ['valibot', 'node:'],
  },
  hosts: {
    holds: 'the deps of each host; nobody imports it',
    rooms: ['app', 'config', 'security-headers', 'db', 'deps', 'services', 'telemetry', 'tokens', 'webhooks'],
    packages: [
      'cloudflare:workers',
      'undici',
      '@libsql/client',
      '@cloudflare/workers-types',
      '@hono/node-server',
      'hono',
      'drizzle-orm',
      'lru-cache',
      'node:',
    ],
  },
  app: {
    holds: 'the HTTP surface over deps',
    rooms: ['routes', 'services', 'errors', 'security-headers'],
    types: ['deps'],
    packages: ['hono'],
  },
  config: {
    holds: 'the environment, parsed once',
    rooms: ['grading', 'tokens'],
    types: ['deps'],
    packages: ['valibot'],
  },
  deps: {
    holds: 'the edges, as types',
    rooms: [],
    types: ['services', 'db', 'telemetry', 'tokens', 'webhooks'],
    packages: [],
  },
  'security-headers': { holds: 'what every answer is served with', rooms: [], packages: [] },
  errors: { holds: 'every way to fail', rooms: ['grading'], packages: [] },
}

/** What the player imports besides itself, by its folder: it knows the server by its contract alone. */
export const PLAYER_PACKAGES: Readonly<Record<string, readonly string[]>> = { '': ['lit'], verify: ['lit', 'jose'] }

/** The services that replay a log or publish. Nothing else reaches what grades. */
export const MAY_READ_ANSWER_KEYS: readonly string[] = [
  'src/services/_graded-revision.ts',
  'src/services/publish-quiz.ts',
  'src/services/read-revisions.ts',
]

/** What serves questions, or says what rows say: from here no chain of imports leads to the answer keys. */
export const NEVER_REACHES_ANSWER_KEYS: readonly string[] = [
  'src/services/list-attempts.ts',
  'src/services/list-grades.ts',
  'src/services/list-quizzes.ts',
  'src/services/read-quiz.ts',
  'src/services/read-questions.ts',
  'src/services/start-attempt.ts',
  'src/services/check-readiness.ts',
]
