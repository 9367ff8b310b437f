import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { MUTANTS, type Mutant } from './mutants.ts'

/** Loaded before anything else: plants the mutant that the environment names as its file is loaded. No file is touched. */

const SRC = new URL('../../src/', import.meta.url)

export function mutate({ name, file, find, replace }: Mutant): string {
  const source = readFileSync(new URL(file, SRC), 'utf8')
  const parts = source.split(find)
  if (parts.length !== 2) throw new Error(`${name}: its text stands ${parts.length - 1} times in ${file}.`)
  return parts.join(replace)
}

const name = process.env['PLANTED']
const mutant = MUTANTS.find((each) => each.name === name)
if (mutant) {
  const path = fileURLToPath(new URL(mutant.file, SRC))
  const source = mutate(mutant)
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.startsWith('file:') || fileURLToPath(url) !== path) return nextLoad(url, context)
      return { format: 'module-typescript', source, shortCircuit: true }
    },
  })
}
