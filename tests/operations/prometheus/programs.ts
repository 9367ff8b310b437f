import { delimiter, join } from 'node:path'
import { beforeEach } from 'vitest'
import { mayExecute } from '../../support/may-execute.ts'

/** What these tests run, by the names that it has on some system or other. */
const NAMES = {
  promtool: ['promtool'],
  prometheus: ['prometheus'],
  amtool: ['amtool'],
  alertmanager: ['prometheus-alertmanager', 'alertmanager'],
  jq: ['jq'],
} as const

type Program = keyof typeof NAMES

const HOW_TO_GET_THEM =
  'On Debian and Ubuntu: apt-get install --no-install-recommends prometheus prometheus-alertmanager jq.'

/**
 * Has tests skipped where a program is missing, which they say; in continuous integration they fail. Returns whether all
 * are there.
 */
export function needs(...programs: readonly Program[]): boolean {
  const missing = programs.filter((program) => find(program) === null)
  const reason = `There is no ${missing.join(', no ')}. ${HOW_TO_GET_THEM}`
  if (missing.length === 0) return true
  if (process.env['CI']) throw new Error(reason)
  console.warn(`Tests are skipped: ${reason}`)
  beforeEach(({ skip }) => skip(reason))
  return false
}

export function pathOf(program: Program): string {
  const path = find(program)
  if (path === null) throw new Error(`There is no ${program}. ${HOW_TO_GET_THEM}`)
  return path
}

function find(program: Program): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = NAMES[program].flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find(mayExecute) ?? null
}
