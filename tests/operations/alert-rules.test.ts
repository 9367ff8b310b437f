import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from '../support/processes.ts'
import { METRICS, TARGET_LABELS } from './prometheus/metrics.ts'
import { needs, pathOf } from './prometheus/programs.ts'
import { labelsAskedIn, labelsGroupedIn, metricsIn } from './prometheus/promql.ts'
import { FOLDER, readRules, ruleFiles, ruleTests } from './prometheus/rules.ts'

const { alerts, recordings } = readRules()
const names = alerts.map(({ alert }) => alert).toSorted()

async function tool(program: 'promtool' | 'amtool', ...args: string[]) {
  const { code, stdout, stderr } = await run(pathOf(program), args)
  return { code, said: stdout + stderr }
}

describe('Prometheus and Alertmanager', () => {
  needs('promtool', 'amtool')

  it('take the configuration, with every file of rules', async () => {
    const { code, said } = await tool('promtool', 'check', 'config', `${FOLDER}/prometheus.yml`)
    expect(said).toContain(`${ruleFiles().length} rule files found`)
    expect(code, said).toBe(0)
  })

  it('take that for Kubernetes, but for the discovery, which some are built without', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'answerkey-prometheus-')), 'prometheus.yml')
    const text = readFileSync(`${FOLDER}/prometheus-kubernetes.yml`, 'utf8')
    const discovery = '    kubernetes_sd_configs:\n      - role: pod\n'
    expect(text).toContain(discovery)
    writeFileSync(file, text.replace(discovery, '').replace('rules/*.yml', join(process.cwd(), FOLDER, 'rules/*.yml')))
    const { code, said } = await tool('promtool', 'check', 'config', file)
    expect(code, said).toBe(0)
  })

  it('take the rules, and find nothing to say of them', async () => {
    const { code, said } = await tool('promtool', 'check', 'rules', '--lint=all', '--lint-fatal', ...ruleFiles())
    expect(code, said).toBe(0)
  })

  for (const file of ruleTests()) {
    it(`alert as ${file} says`, async () => {
      const { code, said } = await tool('promtool', 'test', 'rules', file)
      expect(code, said).toBe(0)
    })
  }

  const config = `${FOLDER}/alertmanager.yml`

  it('take the routes', async () => {
    const { code, said } = await tool('amtool', 'check-config', config)
    expect(code, said).toBe(0)
  })

  const routed: [severity: string[], receiver: string][] = [
    [['severity=critical'], 'pager'],
    [['severity=warning'], 'tickets'],
    [['severity=unheard-of'], 'tickets'],
    [[], 'tickets'],
  ]
  for (const [severity, receiver] of routed) {
    it(`bring an alert with ${severity[0] ?? 'no severity'} to: ${receiver}`, async () => {
      const labels = ['alertname=HighErrorRate', 'service=answerkey', ...severity]
      const { code, said } = await tool('amtool', 'config', 'routes', 'test', '--config.file', config, ...labels)
      // It warns of what it does by itself when it is told a file.
      expect([code, said.replace(/^Warning: --config\.file.*\n/m, '').trim()]).toEqual([0, receiver])
    })
  }
})

describe('every alert', () => {
  it('has a name of its own', () => {
    expect(names).toEqual([...new Set(names)])
  })

  for (const { alert, labels, annotations } of alerts) {
    it(`${alert} has a severity that is routed, a summary, a description and a runbook`, () => {
      expect(['critical', 'warning']).toContain(labels['severity'])
      expect(annotations['summary']).toBeTruthy()
      expect(annotations['description']).toBeTruthy()
      expect(annotations['runbook']).toBe(`docs/runbooks/${alert}.md`)
      expect(existsSync(annotations['runbook']!)).toBe(true)
    })
  }

  it('has a runbook, and every runbook is that of an alert', () => {
    const pages = readdirSync('docs/runbooks').filter((file) => file !== 'README.md')
    expect(pages.toSorted()).toEqual(names.map((name) => `${name}.md`))
  })

  it('is tested: that it fires with all that it says', () => {
    const tested = ruleTests().flatMap((file) => firing(parse(readFileSync(file, 'utf8')) as RuleTests))
    expect([...new Set(tested)].toSorted()).toEqual(names)
  })
})

interface RuleTests {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly { readonly alertname: string; readonly exp_alerts: readonly object[] }[]
  }[]
}

function firing({ tests }: RuleTests): string[] {
  const expected = tests.flatMap((test) => test.alert_rule_test ?? [])
  return expected.filter((each) => each.exp_alerts.length > 0).map(({ alertname }) => alertname)
}

describe('the rules', () => {
  const known: Record<string, readonly string[]> = {
    ...METRICS,
    ...Object.fromEntries(recordings.map(({ record }) => [record, []])),
    up: [],
  }

  for (const rule of [...alerts, ...recordings]) {
    it(`${'alert' in rule ? rule.alert : rule.record} asks for what a host shows, and for no other label`, () => {
      expect(metricsIn(rule.expr).length).toBeGreaterThan(0)
      expect(Object.keys(known)).toEqual(expect.arrayContaining(metricsIn(rule.expr)))
      for (const [metric, label] of labelsAskedIn(rule.expr)) {
        expect([...(known[metric] ?? []), ...TARGET_LABELS], metric).toContain(label)
      }
      const groups = labelsGroupedIn(rule.expr)
      expect([...TARGET_LABELS, ...metricsIn(rule.expr).flatMap((metric) => known[metric]!)]).toEqual(
        expect.arrayContaining(groups),
      )
    })
  }

  it('leave out probes by paths that there are', () => {
    const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as { paths: object }
    const texts = ruleFiles().map((file) => readFileSync(file, 'utf8'))
    const excluded = texts.flatMap((text) => [...text.matchAll(/route!~"([^"]*)"/g)].map(([, routes]) => routes!))
    expect([...new Set(excluded)]).toEqual(['/healthz|/readyz'])
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/healthz', '/readyz']))
  })
})

describe('alertmanager.yml', () => {
  const text = readFileSync(`${FOLDER}/alertmanager.yml`, 'utf8')
  const { inhibit_rules: inhibitions } = parse(text) as { inhibit_rules: Inhibition[] }

  it('silences by alerts that there are, never one by itself, and only at the same service', () => {
    for (const { source_matchers: source, target_matchers: target, equal } of inhibitions) {
      const [causes, symptoms] = [namesIn(source), namesIn(target)]
      expect(names).toEqual(expect.arrayContaining([...causes, ...symptoms]))
      expect(causes.filter((cause) => symptoms.includes(cause))).toEqual([])
      expect(equal).toEqual(['service'])
    }
  })

  it('silences nothing whose cause would be silenced by it', () => {
    const pairs = inhibitions.flatMap(({ source_matchers: source, target_matchers: target }) =>
      namesIn(source).flatMap((cause) => namesIn(target).map((symptom) => `${cause} > ${symptom}`)),
    )
    const turned = new Set(pairs.map((pair) => pair.split(' > ').toReversed().join(' > ')))
    expect(pairs.filter((pair) => turned.has(pair))).toEqual([])
  })

  it('holds no secret, and no host but those that are said to be placeholders', () => {
    const hosts = [...text.matchAll(/https?:\/\/([^/\s]+)/g)].map(([, host]) => host)
    expect(hosts).toEqual(['pager.example.com', 'tickets.example.com'])
    expect(text).not.toMatch(/^\s*(?:-\s*)?(?:credentials|password|bearer_token|\w*_key|\w*secret):/m)
  })
})

interface Inhibition {
  readonly source_matchers: readonly string[]
  readonly target_matchers: readonly string[]
  readonly equal: readonly string[]
}

function namesIn(matchers: readonly string[]): string[] {
  return matchers.flatMap((matcher) => /^alertname=~?"([\w|]+)"$/.exec(matcher)![1]!.split('|'))
}
