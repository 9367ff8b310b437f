import { defineConfig, type OxlintOverride } from 'oxlint'
import { ROOMS, type Room } from './rooms.config.ts'

/**
 * Bans every import that the table of rooms does not admit, in files that stand `depth` folders below the room. Types may
 * come from more rooms than values; that difference is held by the contract test alone.
 */
function importsOf(name: string, room: Room, depth: 0 | 1 | 2) {
  const out = '../'.repeat(depth + 1)
  const folders = Array.from({ length: depth }, (_, up) => '../'.repeat(up + 1))
  const own = ['./**', ...folders.flatMap((folder) => [`${folder}[a-z_]*.ts`, `${folder}[a-z_]*/**`])]
  const others = [...room.rooms, ...(room.types ?? [])].flatMap((other) => [`${out}${other}/**`, `${out}${other}.ts`])
  const packages = room.packages.flatMap((from) => (from === 'node:' ? ['node:*', 'node:*/**'] : [from, `${from}/**`]))
  return {
    group: ['**', ...[...own, ...others, ...packages, '**/openapi.json'].map((admitted) => `!${admitted}`)],
    message: `The room "${name}" holds ${room.holds}: see rooms.config.ts for what it may import.`,
  }
}

/** The files of a room: those in its folder, those one and two folders below, and for app.ts and the like the file itself. */
function overridesOf([name, room]: [string, Room]): OxlintOverride[] {
  const places = [
    { files: [`src/${name}/*.ts`], imports: importsOf(name, room, 0) },
    { files: [`src/${name}/*/*.ts`], imports: importsOf(name, room, 1) },
    { files: [`src/${name}/*/*/*.ts`], imports: importsOf(name, room, 2) },
    { files: [`src/${name}.ts`], imports: importsOfFile(name, room) },
  ]
  return places.map(({ files, imports }) => ({
    files,
    rules: {
      'no-restricted-imports': ['error', { patterns: [imports] }],
      ...(room.pure && { 'no-restricted-globals': ['error', ...EDGES] }),
    },
  }))
}

/** What stands beside the rooms names them with ./ */
function importsOfFile(name: string, room: Room) {
  const { group, message } = importsOf(name, room, 0)
  return {
    group: group.map((pattern) => pattern.replace('!./**', '!').replace('!../', '!./')).filter((p) => p !== '!'),
    message,
  }
}

/** Names that only an edge may use: what is pure gets them as arguments. */
const EDGES = ['Date', 'crypto', 'fetch', 'setTimeout', 'setInterval', 'process', 'console', 'performance']

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'node', 'vitest'],
  options: { typeAware: true },
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  rules: {
    'no-restricted-globals': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/consistent-type-imports': 'error',
    'unicorn/no-abusive-eslint-disable': 'error',
    // Loops that wait are how decisions are taken again; a map that spreads is how values are copied.
    'no-await-in-loop': 'off',
    'oxc/no-map-spread': 'off',
    // Casts stand where a schema or a database column has the knowledge that the compiler lacks.
    'typescript/no-unsafe-type-assertion': 'off',
  },
  overrides: [
    ...Object.entries(ROOMS).flatMap(overridesOf),
    { files: ['**/*.d.ts'], rules: { 'typescript/consistent-type-imports': 'off' } },
    {
      files: ['tests/**/*.ts'],
      rules: {
        'vitest/valid-title': 'off',
        'vitest/valid-expect': ['error', { maxArgs: 2 }],
        'vitest/no-standalone-expect': ['error', { additionalTestBlockFunctions: ['test'] }],
        'typescript/no-misused-spread': 'off',
        'typescript/no-explicit-any': 'off',
      },
    },
  ],
})
