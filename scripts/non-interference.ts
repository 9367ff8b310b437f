import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { afterEachTest } from './_outside-vitest.ts'
import { shareOut } from './_share-out.ts'

/**
 * `npm run non-interference -- --sessions 50000 [--from S] [--processes N]`: plays each session with two quizzes that differ
 * in what is not public, and compares every byte of what comes back. A process ends at its first leak.
 */
const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    step: { type: 'string', default: '1' },
    processes: { type: 'string', default: '2' },
  },
})
const [count, from, step, processes] = [values.sessions, values.from, values.step, values.processes].map(Number) as [
  number,
  number,
  number,
  number,
]

interface Told {
  sessions: number
  requests: number
  saved: number
  leaks: number
  kinds: Record<string, number>
}

const started = performance.now()
const told = processes > 1 ? await shared() : await played()
if (step === 1) {
  console.log(
    `${told.sessions} sessions from ${from} on, played with two quizzes each: ${told.requests} requests, ${told.saved} of them saved responses in each`,
  )
  for (const [kind, sessions] of Object.entries(told.kinds)) console.log(`  ${kind}: ${sessions}`)
  console.log(`${told.leaks} leaks, ${Math.round((performance.now() - started) / 1000)} s`)
} else console.log(JSON.stringify(told))
process.exit(told.leaks > 0 ? 1 : 0)

async function shared(): Promise<Told> {
  const shares = Array.from({ length: processes }, (_, index) => {
    const sessions = Math.floor((count + processes - 1 - index) / processes)
    return [
      '--processes',
      '1',
      '--step',
      String(processes),
      '--from',
      String(from + index),
      '--sessions',
      String(sessions),
    ]
  })
  const { failed, said } = await shareOut(fileURLToPath(import.meta.url), shares)
  const sum: Told = { sessions: 0, requests: 0, saved: 0, leaks: 0, kinds: {} }
  for (const text of said) {
    // A process that died has nothing to sum up.
    const line = text.trimEnd().split('\n').pop()!
    if (!line.startsWith('{')) continue
    const part = JSON.parse(line) as Told
    for (const name of ['sessions', 'requests', 'saved', 'leaks'] as const) sum[name] += part[name]
    for (const [kind, sessions] of Object.entries(part.kinds)) sum.kinds[kind] = (sum.kinds[kind] ?? 0) + sessions
  }
  if (failed && sum.leaks === 0) throw new Error('A process has failed.')
  return sum
}

async function played(): Promise<Told> {
  const { generateKeys } = await import('../src/tokens/generate-keys.ts')
  const { compare, sessionOf } = await import('../tests/support/non-interference/sessions.ts')
  const signingKeys = await generateKeys()
  const sum: Told = { sessions: 0, requests: 0, saved: 0, leaks: 0, kinds: {} }
  for (let index = 0; index < count && sum.leaks === 0; index++) {
    const number = from + index * step
    const session = sessionOf(number)
    sum.sessions += 1
    sum.kinds[session.kind] = (sum.kinds[session.kind] ?? 0) + 1
    try {
      const { requests, saved, difference } = await compare(session, signingKeys)
      afterEachTest()
      sum.requests += requests
      sum.saved += saved
      if (difference !== null) throw new Error(difference)
    } catch (error) {
      sum.leaks += 1
      console.log(
        `FAILED, session ${number} (${session.kind}): ${error instanceof Error ? error.message.slice(0, 3000) : String(error)}`,
      )
      console.log(`  again: npm run non-interference -- --processes 1 --sessions 1 --from ${number}`)
    }
  }
  return sum
}
