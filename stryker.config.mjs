/**
 * `npm run mutate -- --mutate src/grading/tally.ts`: changes what grades, signs and releases at every place, and looks whether a
 * test notices. By hand, and a file at a time: all of it takes hours. `MUTATE_TESTS=tests/grading/golden.test.ts,…` holds the
 * mutants against those files alone, which is where to begin: what survives is then held against all. docs/proof.md lists
 * what survives that, and why.
 */
export default {
  mutate: ['src/grading/**/*.ts', 'src/tokens/**/*.ts'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutate.config.ts', related: true },
  coverageAnalysis: 'perTest',
  // What is said to people in a whole sentence may be said in other words.
  plugins: ['@stryker-mutator/vitest-runner', import.meta.filename],
  ignorers: ['sentences'],
  concurrency: 1,
  timeoutMS: 20_000,
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: '.stryker/report.json' },
  clearTextReporter: { reportTests: false, logTests: false, allowColor: false },
  // Its reader of this file wants a compiler API, which TypeScript 7 has not; Node and Vite take the types away by themselves.
  tsconfigFile: 'none',
  tempDirName: '.stryker',
  cleanTempDir: 'always',
  ignorePatterns: ['public', '.data', '.git', 'docs', 'deploy', 'player'],
}

const SENTENCE = /^[A-Z].* .*[.]$/s

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'sentences',
    value: { shouldIgnore: ({ node }) => (isSentence(node) ? 'a sentence for people' : undefined) },
  },
]

function isSentence(node) {
  const text =
    node.type === 'StringLiteral'
      ? node.value
      : node.type === 'TemplateLiteral'
        ? node.quasis.map((quasi) => quasi.value.cooked).join(' ')
        : ''
  return SENTENCE.test(text)
}
