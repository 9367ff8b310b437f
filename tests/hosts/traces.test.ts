import type { IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { listen } from '../support/listening.ts'
import { type NodeHost, startNodeHost } from '../support/node-host.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'
const STARTS = '/quizzes/watched/attempts'

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly status: { readonly code: number }
  readonly attributes: readonly { key: string; value: { stringValue?: string; intValue?: number } }[]
}

/** Somebody who collects spans over OTLP/HTTP in JSON. */
async function collector() {
  const spans: Span[] = []
  const services = new Set<unknown>()
  const take = async (request: IncomingMessage) => {
    const body: any = await json(request)
    for (const { resource, scopeSpans } of body.resourceSpans) {
      services.add(valueOf(resource, 'service.name'))
      for (const scope of scopeSpans) spans.push(...scope.spans)
    }
    return '{}'
  }
  const { port } = await listen((request, response) => void take(request).then((text) => response.end(text)))
  return { spans, services, endpoint: `http://127.0.0.1:${port}` }
}

function valueOf({ attributes }: Pick<Span, 'attributes'>, name: string): unknown {
  const value = attributes.find(({ key }) => key === name)?.value
  return value && Object.values(value)[0]
}

async function respond(host: NodeHost, traceparent: string): Promise<{ requestId: string; token: string }> {
  const started = (await (await host.call('POST', STARTS)).json()) as any
  const body = { responses: [{ question: 'single', response: { choice: 'b' } }] }
  const headers = { Authorization: `Bearer ${started.token}`, traceparent }
  const answer = await host.call('POST', `/attempts/${started.attempt.id}/responses`, body, headers)
  expect(answer.status).toBe(200)
  return { requestId: answer.headers.get('X-Request-Id')!, token: started.token }
}

describe('the traces of a Node host', () => {
  it('go on with the caller’s, say what a request came to, and are joined with its line in the log', async () => {
    const { spans, services, endpoint } = await collector()
    const hooks = await listen((_, response) => void response.writeHead(204).end())
    const host = await startNodeHost({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_SERVICE_NAME: 'quiz',
      WEBHOOKS_ALLOW_LOOPBACK: 'true',
    })
    await host.call('POST', '/webhooks', { url: `http://127.0.0.1:${hooks.port}/`, events: ['attempt.started'] })
    const { requestId, token } = await respond(host, `00-${TRACE}-${PARENT}-01`)
    // What is not sent yet is sent before it ends.
    await host.server.stop()

    expect(services).toEqual(new Set(['quiz']))
    const own = spans.filter(({ traceId }) => traceId === TRACE)
    const root = own.find(({ parentSpanId }) => parentSpanId === PARENT)!
    expect([root.name, root.kind]).toEqual(['POST /v1/attempts/{attempt}/responses', 2])
    expect(own.filter(({ parentSpanId }) => parentSpanId === root.spanId).map(({ name }) => name)).toEqual([
      'verify',
      // The answer key, for it is the first response.
      'load',
      'append',
      'grade',
      'sign',
    ])
    expect(own).toHaveLength(6)
    const line = host.lines().find((each) => each['requestId'] === requestId)!
    expect(line).toMatchObject({ event: 'request', traceId: TRACE, route: valueOf(root, 'http.route'), status: 200 })
    expect(valueOf(root, 'answerkey.request_id')).toBe(requestId)
    expect(valueOf(root, 'http.response.status_code')).toBe(200)

    // The webhook of the start belongs to the start.
    const begun = spans.find(({ name }) => name === 'POST /v1/quizzes/{quiz}/attempts')!
    const delivery = spans.find(({ name }) => name === 'deliver')!
    expect([delivery.traceId, delivery.parentSpanId, delivery.kind]).toEqual([begun.traceId, begun.spanId, 3])

    // Every line of a request has its spans, and nothing in them is secret, or names an attempt's path.
    const requests = host.lines().filter(({ event }) => event === 'request')
    const roots = new Set(spans.map((span) => valueOf(span, 'answerkey.request_id')))
    expect(requests.map((each) => roots.has(each['requestId']))).toEqual(requests.map(() => true))
    const told = JSON.stringify(spans)
    for (const secret of [token, host.env['ADMIN_KEY']!, '/v1/attempts/att_', 'choice']) {
      expect(told).not.toContain(secret)
    }
  })

  it('are not recorded where the caller’s is not, nor beyond the share that is set; the log names them all the same', async () => {
    const { spans, endpoint } = await collector()
    const host = await startNodeHost({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0',
    })
    const { requestId } = await respond(host, `00-${TRACE}-${PARENT}-00`)
    await host.server.stop()
    expect(spans).toEqual([])
    const lines = host.lines().filter(({ event }) => event === 'request')
    expect(lines.find((each) => each['requestId'] === requestId)!['traceId']).toBe(TRACE)
    for (const each of lines) expect(each['traceId']).toMatch(/^[0-9a-f]{32}$/)
  })

  it('hold nobody up when their collector hangs or is gone', async () => {
    const hanging = await listen(() => undefined)
    for (const port of [hanging.port, 9]) {
      const host = await startNodeHost({
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
        OTEL_EXPORTER_OTLP_TIMEOUT: '500',
      })
      await respond(host, `00-${TRACE}-${PARENT}-01`)
      await host.server.stop()
      expect(host.lines().map(({ event }) => event)).toContain('spans-not-sent')
      expect(host.lines().at(-1)).toMatchObject({ event: 'stopped' })
    }
  })
})
