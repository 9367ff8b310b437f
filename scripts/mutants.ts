import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CONTRACT_FAULTS } from '../tests/support/planted/contract-faults.ts'
import { LEAKS } from '../tests/support/planted/leaks.ts'

/**
 * `npm run non-interference:mutants` and `npm run fuzz:mutants`: plants one fault after the other, and has each looked for.
 * One that is not found is a failure.
 */
const at = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const RUNS = {
  'non-interference': LEAKS.map(({ name }) => ({ name, args: ['--sessions', '600', '--processes', '1'] })),
  fuzz: CONTRACT_FAULTS.map(({ name, operations }) => ({
    name,
    args: ['--cases', '400', '--processes', '1', '--operation', operations],
  })),
}
const script = process.argv[2] as keyof typeof RUNS

const started = performance.now()
let missed = 0
for (const { name, args } of RUNS[script]) {
  const run = spawnSync(
    process.execPath,
    ['--import', at('../tests/support/planted/preload.ts'), at(`${script}.ts`), ...args],
    {
      env: { ...process.env, PLANTED: name },
      encoding: 'utf8',
    },
  )
  const found = run.status === 1 && /^FAILED/m.test(run.stdout)
  const line = /^FAILED.*$/m.exec(run.stdout)?.[0] ?? run.stderr.slice(-800)
  console.log(`${found ? 'found ' : 'MISSED'} ${name}: ${line.slice(0, 160)}`)
  if (!found) missed += 1
}
const seconds = Math.round((performance.now() - started) / 1000)
console.log(`${RUNS[script].length} faults planted, ${missed} missed, ${seconds} s`)
process.exit(missed > 0 ? 1 : 0)
