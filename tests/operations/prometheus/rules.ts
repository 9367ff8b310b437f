import { globSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

export const FOLDER = 'deploy/prometheus'

export interface Alert {
  readonly alert: string
  readonly expr: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

interface Recording {
  readonly record: string
  readonly expr: string
}

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly (Alert | Recording)[] }[]
}

export const ruleFiles = (): string[] => globSync(`${FOLDER}/rules/*.yml`).toSorted()
export const ruleTests = (): string[] => globSync(`${FOLDER}/tests/*.yml`).toSorted()

export function readRules(): { alerts: Alert[]; recordings: Recording[] } {
  const files = ruleFiles().map((file) => parse(readFileSync(file, 'utf8')) as RuleFile)
  const rules = files.flatMap(({ groups }) => groups.flatMap((group) => group.rules))
  return {
    alerts: rules.filter((rule) => 'alert' in rule),
    recordings: rules.filter((rule) => 'record' in rule),
  }
}
