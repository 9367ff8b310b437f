import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

/** A fault put into the code for the length of one run, to see that it is found. */
export interface Planted {
  readonly name: string
  /** From the root of the project. */
  readonly file: string
  /** Stands there once. */
  readonly find: string
  readonly replace: string
}

const ROOT = new URL('../../../', import.meta.url)

/** The file with the fault in it; one whose text no longer stands there once is an error. */
export function mutate({ name, file, find, replace }: Planted): string {
  const parts = readFileSync(fileURLToPath(new URL(file, ROOT)), 'utf8').split(find)
  if (parts.length !== 2) throw new Error(`${name}: its text stands ${parts.length - 1} times in ${file}.`)
  return parts.join(replace)
}

/** Changes the file as it is loaded, if nothing has loaded it yet. Nothing is written. */
export function plant(planted: Planted): void {
  const target = new URL(planted.file, ROOT).href
  const source = mutate(planted)
  registerHooks({
    load: (url, context, next) =>
      url === target ? { format: 'module-typescript', source, shortCircuit: true } : next(url, context),
  })
}
