import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseSync } from 'oxc-parser'

export interface Import {
  /** The file that imports. */
  readonly file: string
  /** As it is written: a package, or a path. */
  readonly specifier: string
  /** The imported file of this repository, or null for a package. */
  readonly target: string | null
  /** Whether nothing of it is left at run time. */
  readonly typeOnly: boolean
}

/** Every import and re-export of the files that match, dynamic ones too. */
export function readImports(pattern: string): { files: string[]; imports: Import[] } {
  const files = globSync(pattern).toSorted()
  return { files, imports: files.flatMap(importsOf) }
}

function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8')
  const { module, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed.`)
  const make = (specifier: string, typeOnly: boolean): Import => ({
    file,
    specifier,
    target: specifier.startsWith('.') ? join(dirname(file), specifier) : null,
    typeOnly,
  })
  return [
    ...module.staticImports.map(({ moduleRequest, entries }) =>
      make(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType)),
    ),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) => (moduleRequest ? [make(moduleRequest.value, isType)] : [])),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) =>
      make(source.slice(moduleRequest.start + 1, moduleRequest.end - 1), false),
    ),
  ]
}

/** Every file that `from` reaches through its imports at run time, itself included. */
export function reachableFrom(from: string, imports: readonly Import[]): Set<string> {
  const reached = new Set([from])
  for (const file of reached) {
    for (const { file: importer, target, typeOnly } of imports) {
      if (importer === file && target !== null && !typeOnly) reached.add(target)
    }
  }
  return reached
}
