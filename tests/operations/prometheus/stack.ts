import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { freePort, startServer } from '../../support/processes.ts'
import { pathOf } from './programs.ts'
import { shortenedAlertmanager, shortenedPrometheus, shortenedRules, type Target } from './shortened.ts'

const TOKEN = 'what-the-pager-asks-for'

/** What came to a pager or a tracker. */
export interface Told {
  readonly receiver: string
  readonly authorization: string | undefined
  readonly status: 'firing' | 'resolved'
  readonly alert: string
  readonly service: string
  readonly annotations: Readonly<Record<string, string>>
}

/** An alert as Alertmanager has it. */
export interface Held {
  readonly labels: Readonly<Record<string, string>>
  readonly status: { readonly state: 'active' | 'suppressed'; readonly inhibitedBy: readonly string[] }
}

export interface Stack {
  /** Everything that was told, in order. */
  readonly told: readonly Told[]
  /** `Alertname state` of each alert of a service. */
  alerts(service: string): Promise<string[]>
  held(service: string): Promise<Held[]>
  /** The values that a question is answered with. */
  ask(question: string): Promise<number[]>
  stop(): Promise<void>
}

/** Prometheus and Alertmanager as they are committed, on free ports of this machine, and somebody who is told. */
export async function startStack(targets: Target[]): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'answerkey-monitoring-'))
  const write = (file: string, text: string) => {
    writeFileSync(join(folder, file), text)
    return join(folder, file)
  }
  const hearer = await startHearer()
  const [metrics, alerting] = [await freePort(), await freePort()]
  const token = write('token', TOKEN)
  const alertmanagerFile = write('alertmanager.yml', shortenedAlertmanager({ receiver: hearer.url, token }))
  const prometheusFile = write('prometheus.yml', shortenedPrometheus({ targets, alertmanager: alerting }))
  mkdirSync(join(folder, 'rules'))
  for (const [file, text] of Object.entries(shortenedRules())) write(join('rules', file), text)

  const alertmanager = await startServer(
    pathOf('alertmanager'),
    [
      `--config.file=${alertmanagerFile}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${alerting}`,
      // It looks for no others.
      '--cluster.listen-address=',
    ],
    { env: {}, ready: /Listening on/ },
  )
  const prometheus = await startServer(
    pathOf('prometheus'),
    [
      `--config.file=${prometheusFile}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${metrics}`,
    ],
    { env: {}, ready: /Server is ready to receive web requests/ },
  )

  const askPrometheus = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${metrics}/api/v1/${path}`)
    const { data } = (await response.json()) as { data: any }
    return data
  }
  return {
    told: hearer.told,
    async alerts(service) {
      const { alerts } = await askPrometheus('alerts')
      const own = (alerts as any[]).filter(({ labels }) => labels.service === service)
      return own.map(({ labels, state }) => `${labels.alertname} ${state}`).toSorted()
    },
    async held(service) {
      const response = await fetch(`http://127.0.0.1:${alerting}/api/v2/alerts`)
      return ((await response.json()) as Held[]).filter(({ labels }) => labels['service'] === service)
    },
    async ask(question) {
      const { result } = await askPrometheus(`query?query=${encodeURIComponent(question)}`)
      return (result as { value: [number, string] }[]).map(({ value }) => Number(value[1]))
    },
    async stop() {
      await Promise.all([prometheus.stop(), alertmanager.stop()])
      hearer.stop()
    },
  }
}

interface Message {
  readonly alerts: readonly {
    readonly status: Told['status']
    readonly labels: { readonly alertname: string; readonly service: string }
    readonly annotations: Told['annotations']
  }[]
}

/** Hears of alerts as a pager and as a tracker, by the path. */
async function startHearer() {
  const told: Told[] = []
  const server = createServer(async (request, response) => {
    const { alerts } = (await json(request)) as Message
    const { authorization } = request.headers
    for (const { status, labels, annotations } of alerts) {
      const { alertname: alert, service } = labels
      told.push({ receiver: request.url!.slice(1), authorization, status, alert, service, annotations })
    }
    response.end()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { told, url: `http://127.0.0.1:${port}`, stop: () => server.close().closeAllConnections() }
}

export const AUTHORIZED = `Bearer ${TOKEN}`
