import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isSigned } from '../webhooks/verify.ts'
import { CliError } from './command.ts'

export interface Delivery {
  readonly id: string
  /** In seconds since 1970, as it was signed. */
  readonly timestamp: string
  readonly again: boolean
  readonly body: unknown
}

export interface Listener {
  readonly received: (delivery: Delivery) => void
  /** What was answered with 4xx, and why. */
  readonly refused: (reason: string) => void
}

const MAX_BYTES = 64_000

/** Receives webhooks on localhost alone, and takes what is signed. */
export async function startReceiver(
  { secret, port }: { readonly secret: string; readonly port: number },
  listener: Listener,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const seen = new Set<string>()
  const server = createServer((request, response) => {
    receive(request, { secret, seen, listener }).then(
      (status) => answer(response, status),
      () => answer(response, 400),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new CliError(unusable(port, error))))
    server.listen(port, 'localhost', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function unusable(port: number, error: Error): string {
  return 'code' in error && error.code === 'EADDRINUSE' ? `Port ${port} is taken.` : `Port ${port} cannot be used.`
}

/** Gives the status to answer with. */
async function receive(
  request: IncomingMessage,
  { secret, seen, listener }: { readonly secret: string; readonly seen: Set<string>; readonly listener: Listener },
): Promise<number> {
  if (request.method !== 'POST') return 405
  const body = await readBody(request)
  if (body === null) {
    listener.refused('the body is too large.')
    return 413
  }
  const headers = headersOf(request)
  const id = headers['webhook-id']
  if (!isSigned({ body, headers }, secret) || id === undefined) {
    listener.refused('no signature by this secret, or an old one.')
    return 401
  }
  listener.received({
    id,
    timestamp: headers['webhook-timestamp']!,
    again: seen.has(id),
    body: JSON.parse(body) as unknown,
  })
  seen.add(id)
  return 204
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  return Object.fromEntries(names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])))
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= MAX_BYTES) chunks.push(chunk)
  }
  return length > MAX_BYTES ? null : Buffer.concat(chunks).toString('utf8')
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...(status === 405 && { Allow: 'POST' }), Connection: 'close' }).end()
}
