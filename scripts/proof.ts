import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * `npm run proof [-- --size 0.1]`: every proof that takes too long for each change, one after the other, and writes what they
 * print into docs/proof.md between its marks. A size below 1 takes that share of the seeds, cases, sessions and minutes.
 * Ends with 1 if one of them finds something.
 */
const { values } = parseArgs({ options: { size: { type: 'string', default: '1' } } })
const size = Number(values.size)
const sized = (whole: number) => String(Math.max(1, Math.round(whole * size)))

const PROOFS: readonly (readonly [title: string, script: string, ...args: string[]])[] = [
  ['Simulation', 'simulate', '--seeds', sized(10_000)],
  ['Faults planted for the simulation', 'simulate:mutants'],
  ['Real processes', 'proof:processes', '--kills', sized(30), '--responses', sized(1000), '--minutes', sized(10)],
  ['Fuzzing', 'fuzz', '--cases', sized(5000)],
  ['Faults planted for the fuzzing', 'fuzz:mutants'],
  ['Non-interference', 'non-interference', '--sessions', sized(50_000)],
  ['Leaks planted for the non-interference', 'non-interference:mutants'],
  ['What is right, by its place and by the time it takes', 'served-statistics'],
]

const PAGE = new URL('../docs/proof.md', import.meta.url)
const BEGIN = '<!-- What `npm run proof` printed. -->\n'
const END = '<!-- End of what it printed. -->\n'

const sections: string[] = []
let failed = 0
for (const [title, script, ...args] of PROOFS) {
  const command = `npm run ${script}${args.length > 0 ? ` -- ${args.join(' ')}` : ''}`
  console.log(`\n${title}: ${command}`)
  const began = performance.now()
  const { code, text } = await run(script, args)
  const seconds = Math.round((performance.now() - began) / 1000)
  if (code !== 0) failed += 1
  sections.push(
    `### ${title}\n\n\`${command}\`: ${seconds} s, ended with ${code}\n\n\`\`\`text\n${text.trim()}\n\`\`\`\n`,
  )
  write()
}
process.exitCode = failed > 0 ? 1 : 0

function run(script: string, args: readonly string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    process.stdout.write(chunk)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, text }))
  })
}

/** After each proof, so that what has been shown is there though a later one is cut off. */
function write(): void {
  const path = fileURLToPath(PAGE)
  const machine = `${cpus()[0]!.model}, ${cpus().length} processors, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}`
  const head = `Of ${new Date().toISOString().slice(0, 10)}, on ${machine}; at size ${size}.\n`
  const page = readFileSync(path, 'utf8')
  const [before, rest] = page.split(BEGIN)
  const after = rest?.split(END)[1]
  if (after === undefined) throw new Error('docs/proof.md has lost its marks.')
  writeFileSync(path, `${before}${BEGIN}\n${head}\n${sections.join('\n')}\n${END}${after}`)
}
