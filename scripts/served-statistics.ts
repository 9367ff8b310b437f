import { parseArgs } from 'node:util'
import { afterEachTest } from './_outside-vitest.ts'

/**
 * `npm run served-statistics -- --questions 10000 --pairs 300`: whether the place of what is right says anything, which
 * decides how this ends, and how long right and wrong answers take, which is told and decides nothing.
 */
const { values } = parseArgs({
  options: { questions: { type: 'string', default: '10000' }, pairs: { type: 'string', default: '300' } },
})
const { BOUND, countPositions, QUESTIONS_AN_ATTEMPT } = await import('../tests/support/non-interference/positions.ts')
const { measureResponseTimes } = await import('../tests/support/non-interference/response-times.ts')

const started = performance.now()
const attempts = Math.ceil(Number(values.questions) / QUESTIONS_AN_ATTEMPT)
const positions = await countPositions(attempts, 20_260_105)
afterEachTest()
console.log(
  `Places over ${attempts * QUESTIONS_AN_ATTEMPT} served questions: chance exceeds ${BOUND} once in 10,000 times`,
)
for (const { what, counts, chiSquare } of positions)
  console.log(`  ${what}: ${counts.join(' ')}, chi-square ${chiSquare.toFixed(1)}`)
const uneven = positions.filter(({ chiSquare }) => chiSquare > BOUND)
for (const { what } of uneven) console.log(`FAILED, ${what} is not anywhere alike often`)

console.log(`Milliseconds that a saved answer takes in a deferred quiz, of ${values.pairs} pairs, medians:`)
for (const { question, right, wrong, difference, interval } of await measureResponseTimes(Number(values.pairs))) {
  const [from, to] = interval.map((time) => time.toFixed(3))
  console.log(
    `  ${question}: right ${right.toFixed(3)}, wrong ${wrong.toFixed(3)}, right − wrong ${difference.toFixed(3)} (95 %: ${from} to ${to})`,
  )
}
console.log(`${Math.round((performance.now() - started) / 1000)} s`)
process.exit(uneven.length > 0 ? 1 : 0)
