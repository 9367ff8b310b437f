import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { CONTRACT_FAULTS } from '../tests/support/planted/contract-faults.ts'
import { LEAKS } from '../tests/support/planted/leaks.ts'

/** Imported before everything else: changes one file while it is loaded, by the name in PLANTED. Nothing is written. */
const planted = [...LEAKS, ...CONTRACT_FAULTS].find(({ name }) => name === process.env['PLANTED'])
if (!planted) throw new Error(`There is nothing to plant by the name ${process.env['PLANTED']}.`)
const { file, find, replace } = planted
const target = new URL(`../${file}`, import.meta.url).href
const source = readFileSync(fileURLToPath(target), 'utf8')
if (source.split(find).length !== 2) throw new Error(`${file} does not hold once: ${find}`)

registerHooks({
  load: (url, context, next) =>
    url === target
      ? { format: 'module-typescript', source: source.replace(find, () => replace), shortCircuit: true }
      : next(url, context),
})
