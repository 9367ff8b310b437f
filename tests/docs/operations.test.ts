import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAnalyticsEngine } from '../../src/telemetry/analytics-engine.ts'
import { createPrometheus } from '../../src/telemetry/prometheus.ts'
import { readPage } from './page.ts'

const page = readPage('operations', 'docs')
const [metrics, points, events] = page.tables
const BACKLOG = {
  attemptsOpen: 1,
  deliveries: 2,
  overdueSeconds: 3,
  failingWebhooks: 4,
  failingSeconds: 5,
  disabledWebhooks: 6,
}
const names = (text: string) => text.split(', ').filter((name) => name !== '')

describe('the page on operating it', () => {
  it('names the metrics that there are, with their labels', async () => {
    const prometheus = createPrometheus({ service: 'answerkey', version: 'abc' })
    prometheus.metrics.requestAnswered({ method: 'GET', route: '/', status: 200, seconds: 1 })
    prometheus.metrics.responseGraded({ type: 'essay', verdict: 'pending' })
    const text = await prometheus.write(BACKLOG)
    const shown = Object.fromEntries(
      [...text.matchAll(/^# TYPE (http_\w+|answerkey_\w+) /gm)].map(([, name]) => {
        const [, labels] = new RegExp(`^${name}(?:_count)?\\{(.*)\\} `, 'm').exec(text)!
        const own = [...labels!.matchAll(/(\w+)="/g)].map(([, label]) => label!)
        return [name!, own.filter((label) => label !== 'service').toSorted()]
      }),
    )
    const told = metrics!.rows.map((row) => [row['metric']!.text, names(row['labels']!.text).toSorted()] as const)
    expect(Object.fromEntries(told.filter(([name]) => !/^(?:process|nodejs)_/.test(name)))).toEqual(shown)
  })

  it('names the points of Workers, with their labels and doubles in order', () => {
    const written: { blobs: string[]; doubles: number[] }[] = []
    const engine = createAnalyticsEngine({ writeDataPoint: (point) => void written.push(point) }, 'abc')
    engine.metrics.requestAnswered({ method: 'method', route: 'route', status: 200, seconds: 1 })
    engine.metrics.responseGraded({ type: 'type', verdict: 'verdict' })
    engine.metrics.tripMade({ operation: 'load', outcome: 'ok', seconds: 1 })
    engine.metrics.deliveryTried({ outcome: 'delivered', status: '2xx' })
    engine.flush()
    engine.backlogRead(BACKLOG)
    const told = points!.rows.map((row) => [row['blob1']!.text, names(row['labels, from blob3 on']!.text).length])
    expect(told).toEqual(written.map(({ blobs: [name, , ...labels] }) => [name, labels.length]))
    expect(written.at(-1)!.doubles).toEqual([1, 2, 3, 4, 5, 6])
    expect(names(points!.rows.at(-1)!['doubles']!.text)).toHaveLength(6)
  })

  it('names every event of the log', () => {
    const source = globSync('src/**/*.ts').map((file) => readFileSync(file, 'utf8'))
    const logged = source.flatMap((text) => [...text.matchAll(/event: '([a-z-]+)'/g)].map(([, event]) => event!))
    const ofHosts = source.flatMap((text) => [...text.matchAll(/\blog\('([a-z-]+)'/g)].map(([, event]) => event!))
    const told = events!.rows.flatMap((row) => names(row['event']!.text))
    expect(told.toSorted()).toEqual([...new Set([...logged, ...ofHosts])].toSorted())
  })

  it('links to pages that there are', () => {
    const files = page.links.filter((link) => !link.startsWith('http')).map((link) => link.replace(/#.*$/, ''))
    expect(files.filter((file) => !existsSync(join('docs', file)))).toEqual([])
  })
})
