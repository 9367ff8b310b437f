import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPage } from '../docs/page.ts'
import { run } from '../support/processes.ts'
import { METRICS, TARGET_LABELS } from './prometheus/metrics.ts'
import { needs, pathOf } from './prometheus/programs.ts'
import { labelsAskedIn, labelsGroupedIn, metricsIn } from './prometheus/promql.ts'
import { readRules } from './prometheus/rules.ts'

/** What the runbooks have somebody type at night works. */

const FOLDER = 'docs/runbooks'
const { alerts } = readRules()
const names = alerts.map(({ alert }) => alert)
const pages = Object.fromEntries([...names, 'README'].map((name) => [name, readPage(name, FOLDER)]))

const fencesOf = (language: string) =>
  Object.entries(pages).flatMap(([name, { fences }]) =>
    fences.filter((fence) => fence.language === language).map(({ text }) => ({ name, text })),
  )

describe('every runbook', () => {
  for (const { alert, labels } of alerts) {
    it(`${alert} says in this order what is to be said`, () => {
      const text = readFileSync(`${FOLDER}/${alert}.md`, 'utf8')
      const headings = [...text.matchAll(/^#.*$/gm)].map(([heading]) => heading)
      expect(headings).toEqual([`# ${alert}`, '## Confirm', '## Causes', '## Do', '## Escalate'])
      const introduction = text.slice(0, text.indexOf('## Confirm'))
      expect(introduction).toMatch(/\*\*For learners/)
      expect(introduction).toMatch(/the LMS/)
      expect(introduction).toMatch(labels['severity'] === 'critical' ? /\bCritical\b/ : /\bA\s+warning\b/)
    })

    it(`${alert} is asked for in Prometheus and in the log`, () => {
      const { fences } = pages[alert]!
      expect(fences.filter(({ language }) => language === 'promql').length).toBeGreaterThan(0)
      expect(fences.filter(({ text }) => text.includes('jq -R') && text.includes('answerkey.log')).length).toBe(1)
    })
  }

  it('is in the list, with the severity of its alert', () => {
    const [table] = pages['README']!.tables
    const listed = Object.fromEntries(table!.rows.map((row) => [row['alert']!.text, row['severity']!.text]))
    expect(listed).toEqual(Object.fromEntries(alerts.map(({ alert, labels }) => [alert, labels['severity']])))
    expect(table!.rows).toHaveLength(alerts.length)
  })

  it('links to pages that there are', () => {
    const links = Object.values(pages).flatMap((page) => page.links)
    const files = links.map((link) => join(FOLDER, link.replace(/#.*$/, '')))
    expect(files.filter((file) => !existsSync(file))).toEqual([])
  })
})

describe('the questions to Prometheus', () => {
  needs('promtool')

  const known: Record<string, readonly string[]> = { ...METRICS, up: [] }

  it('ask for what a host shows', () => {
    for (const { name, text } of fencesOf('promql')) {
      expect(Object.keys(known), name).toEqual(expect.arrayContaining(metricsIn(text)))
      const labels = [...TARGET_LABELS, ...metricsIn(text).flatMap((metric) => known[metric]!)]
      const asked = [...labelsAskedIn(text).map(([, label]) => label), ...labelsGroupedIn(text)]
      expect(labels, name).toEqual(expect.arrayContaining(asked))
    }
  })

  it('are PromQL', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'answerkey-runbooks-')), 'rules.yml')
    const rules = fencesOf('promql').map(({ text }, index) => ({ record: `question_${index}`, expr: text }))
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'questions', rules }] }))
    const { code, stdout, stderr } = await run(pathOf('promtool'), ['check', 'rules', file])
    expect(code, stdout + stderr).toBe(0)
  })
})

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const at = { time: '2026-01-05T09:00:00.000Z', traceId: TRACE }
const request = { ...at, event: 'request', requestId: 'req_1', method: 'POST', durationMs: 3.1, actor: 'staff' }

/** A line of each kind that is asked for, among one that is no JSON. */
const LOG = [
  { ...request, level: 'info', route: '/v1/webhooks/{webhook}/rotations', status: 201 },
  { ...request, level: 'error', route: '/v1/attempts/{attempt}', status: 503, error: 'LibsqlError', where: 'at x' },
  { ...at, level: 'error', event: 'delivery-failed' },
  { ...at, level: 'error', event: 'timer-failed' },
]
  .map((line) => JSON.stringify(line))
  .concat('Port 8787 is taken.')
  .join('\n')

const WEBHOOK = { id: 'whk_1', url: 'https://lms.example.edu/hooks', failingSince: '2026-01-05T09:00:00.000Z' }
const DELIVERY = { id: 'msg_1', status: 'failed', tries: 10, lastStatus: '5xx', lastAnswer: 'No.' }
const STAFF = {
  webhooks: [WEBHOOK, { ...WEBHOOK, failingSince: null }, { ...WEBHOOK, disabledAt: WEBHOOK.failingSince }],
  deliveries: [DELIVERY],
}

describe('the commands', () => {
  needs('jq')

  for (const { name, text } of fencesOf('sh').filter((fence) => fence.text.includes('jq '))) {
    it(`${name}: ${text.slice(0, 60)}… finds what it looks for`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'answerkey-runbooks-'))
      writeFileSync(join(folder, 'answerkey.log'), LOG)
      writeFileSync(join(folder, 'staff.json'), JSON.stringify(STAFF))
      const script = `set -eo pipefail; cd ${folder}; as_staff() { cat staff.json; }\n${text}`
      const { code, stdout, stderr } = await run('bash', ['-c', script])
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout.trim()).not.toBe('')
    })
  }

  it('of the failures groups them by their place, with a trace id to follow', async () => {
    const fence = fencesOf('sh').find(({ name }) => name === 'HighErrorRate')
    const folder = mkdtempSync(join(tmpdir(), 'answerkey-runbooks-'))
    writeFileSync(join(folder, 'answerkey.log'), `${LOG}\n${LOG}`)
    const { stdout } = await run('bash', ['-c', `cd ${folder}; ${fence!.text}`])
    const [failure] = JSON.parse(`[${stdout.trim().replaceAll('}\n{', '},{')}]`) as object[]
    expect(failure).toEqual({
      count: 2,
      error: 'LibsqlError',
      where: 'at x',
      route: '/v1/attempts/{attempt}',
      traceId: TRACE,
    })
  })
})
