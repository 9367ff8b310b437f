import { parseArgs } from 'node:util'
import { MUTANTS } from '../tests/simulation/mutants.ts'
import { mutate } from '../tests/support/planted/plant.ts'
import { runSeeds } from '../tests/simulation/pool.ts'

/**
 * `npm run simulate:mutants`: plants faults in the product, each alone, and looks for each until a seed finds it. Ends with 1
 * if one survives as many seeds as it may, or if its text is no longer there. `-- --only NAME` tries that one.
 */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '300' }, only: { type: 'string', multiple: true } },
})
const most = Number(values.seeds)
const mutants = MUTANTS.filter(({ name }) => values.only?.includes(name) ?? true)
let survivors = 0

for (const mutant of mutants) {
  const began = performance.now()
  const found = await find(mutant.name, () => mutate(mutant))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  if (!found.isFound) survivors += 1
  console.log(`${found.isFound ? 'found' : 'SURVIVED'} | ${mutant.name} | ${found.what} | ${seconds} s`)
}
console.log(`${mutants.length - survivors} of ${mutants.length} planted faults found`)
if (survivors > 0 || mutants.length === 0) process.exitCode = 1

async function find(planted: string, plant: () => string): Promise<{ isFound: boolean; what: string }> {
  let [done, what] = [0, '']
  try {
    plant()
    await runSeeds({
      planted,
      seeds: Array.from({ length: most }, (_, index) => index + 1),
      onOutcome({ seed, broken }) {
        done += 1
        if (broken) what = `seed ${seed}: ${broken.invariant}`
        return broken === null
      },
    })
  } catch (error) {
    return { isFound: false, what: error instanceof Error ? error.message : 'it does not begin' }
  }
  return { isFound: what !== '', what: what === '' ? `${done} seeds` : what }
}
