import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { mayExecute } from '../../support/may-execute.ts'

/** The Chromium of this machine: none is downloaded. */

/** Under which it is looked for on the PATH, in this order. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

const HOW_TO_GET_IT =
  'On Debian and Ubuntu: apt-get install chromium. Elsewhere: CHROMIUM=/path/to/chromium npm test, with any Chromium or Chrome.'

type Environment = Readonly<Record<string, string | undefined>>

/** The browser that CHROMIUM names, or else the first on the PATH; null where there is none. */
export function findChromium(env: Environment, isExecutable = mayExecute): string | null {
  if (env['CHROMIUM']) {
    if (isExecutable(env['CHROMIUM'])) return env['CHROMIUM']
    throw new Error(`CHROMIUM is ${env['CHROMIUM']}, and there is nothing there that can be executed.`)
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find(isExecutable) ?? null
}

/** The same for tests: without a browser they are skipped, which is told once; in continuous integration they fail. */
export function chromiumForTests(env: Environment, tell: (line: string) => void, isExecutable = mayExecute) {
  const path = findChromium(env, isExecutable)
  if (path !== null) return path
  if (env['CI']) throw new Error(`The player cannot be tested: there is no Chromium. ${HOW_TO_GET_IT}`)
  tell(`The tests of the player in a browser are skipped: there is no Chromium. ${HOW_TO_GET_IT}`)
  return null
}

/** Chromium's sandbox refuses to be started by root, as whom containers usually run. */
export function launchChromium(executablePath: string): Promise<Browser> {
  const isRoot = process.getuid?.() === 0
  return chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] })
}
