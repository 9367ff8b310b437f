import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { FOLDER, ruleFiles } from './rules.ts'

/** What is committed, with every duration and window a thirtieth of itself: a minute is two seconds. All else is as it is. */

const FACTOR = 30
const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const

/** In names, such as `increase5m`, a duration is no word of its own. */
export function shortened(text: string): string {
  return text
    .split('\n')
    .map((line) => (/^\s*(?:#|summary:|description:)/.test(line) ? line : shortenLine(line)))
    .join('\n')
}

function shortenLine(line: string): string {
  return line.replaceAll(/(?<![\w.:])(\d+)([smh])\b/g, (_, count: string, unit: keyof typeof UNITS) => {
    return `${Math.round((Number(count) * UNITS[unit]) / FACTOR)}ms`
  })
}

/** The files of rules, by their names. */
export function shortenedRules(): Record<string, string> {
  return Object.fromEntries(ruleFiles().map((file) => [basename(file), shortened(readFileSync(file, 'utf8'))]))
}

export interface Target {
  readonly service: string
  readonly metricsPort: number
}

/** prometheus.yml with other targets. Nothing of it is as short as a scrape must be allowed to take on a busy machine. */
export function shortenedPrometheus({ targets, alertmanager }: { targets: Target[]; alertmanager: number }): string {
  const found = targets.map(
    ({ service, metricsPort }) =>
      `      - targets: ['127.0.0.1:${metricsPort}']\n        labels:\n          service: ${service}\n`,
  )
  return replaced(shortened(readFileSync(`${FOLDER}/prometheus.yml`, 'utf8')), [
    [/scrape_interval: \w+/, 'scrape_interval: 1s'],
    [/scrape_timeout: \w+/, 'scrape_timeout: 1s'],
    [/'127\.0\.0\.1:9093'/, `'127.0.0.1:${alertmanager}'`],
    [/ +- targets: \['127\.0\.0\.1:9464'\].*\n.*\n.*\n/, found.join('')],
  ])
}

/** alertmanager.yml with other receivers, which are shown what stands in a file. */
export function shortenedAlertmanager({ receiver, token }: { receiver: string; token: string }): string {
  return replaced(shortened(readFileSync(`${FOLDER}/alertmanager.yml`, 'utf8')), [
    [/https:\/\/pager\.example\.com\/alerts/, `${receiver}/pager`],
    [/https:\/\/tickets\.example\.com\/alerts/, `${receiver}/tickets`],
    [/credentials_file: .*pager-token/, `credentials_file: ${token}`],
    [/credentials_file: .*tickets-token/, `credentials_file: ${token}`],
  ])
}

function replaced(text: string, replacements: readonly (readonly [RegExp, string])[]): string {
  return replacements.reduce((changed, [from, to]) => {
    if (!from.test(changed)) throw new Error(`There is no ${from} to be replaced.`)
    return changed.replace(from, () => to)
  }, text)
}
