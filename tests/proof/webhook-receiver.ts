import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { NodeHost } from '../support/node-host.ts'
import type { View } from './attempt-model.ts'
import { PASSING_POINTS } from './quizzes.ts'

export interface WebhookReceiver {
  /** Tries that have come in. */
  tries(): number
  /** What it was told, each once, as "<event> <attempt>". */
  told(): ReadonlySet<string>
  /** Ids that came with different bodies. */
  changed(): readonly string[]
  close(): void
}

/** A receiver on this machine that takes everything a host tells of attempts. */
export async function receiveWebhooks(host: NodeHost): Promise<WebhookReceiver> {
  const bodies = new Map<string, string>()
  const [told, changed] = [new Set<string>(), [] as string[]]
  let tries = 0
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      const id = String(request.headers['webhook-id'])
      tries += 1
      if ((bodies.get(id) ?? body) !== body) changed.push(id)
      bodies.set(id, body)
      told.add(nameOf(body))
      response.writeHead(204).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`
  const events = ['attempt.started', 'attempt.finished', 'attempt.passed']
  const registered = await host.call('POST', '/webhooks', { url, events })
  if (!registered.ok) throw new Error(`Registering failed: ${await registered.text()}`)
  return {
    tries: () => tries,
    told: () => told,
    changed: () => changed,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function nameOf(body: string): string {
  const { type, data } = JSON.parse(body) as { type: string; data: { attempt: string } }
  return `${type} ${data.attempt}`
}

/** What is to be told of an attempt that stands so in the end. */
export function toBeTold(attempt: string, { status, score }: View): string[] {
  if (status === 'active') return [`attempt.started ${attempt}`]
  const finished = [`attempt.started ${attempt}`, `attempt.finished ${attempt}`]
  return score! >= PASSING_POINTS ? [...finished, `attempt.passed ${attempt}`] : finished
}
