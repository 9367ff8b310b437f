import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { TestHost } from './host.ts'

export interface RawServer {
  /** Sends bytes as they are, and gives what comes back until the server ends it. */
  send(text: string): Promise<string>
  /** The same, and says that nothing more will come. */
  sendAndHangUp(text: string): Promise<string>
  close(): Promise<void>
}

/** The app behind Node's own parser of HTTP, for requests that no client would send. */
export async function serveRaw(host: TestHost): Promise<RawServer> {
  const server = serve({ fetch: host.app.fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const talk = (text: string, hangUp: boolean) =>
    new Promise<string>((resolve) => {
      let received = ''
      const socket = connect(port, '127.0.0.1', () => (hangUp ? socket.end(text) : socket.write(text)))
      socket.on('data', (chunk) => (received += chunk.toString('latin1')))
      // A server that has had enough may cut the connection while it is being written to.
      socket.on('error', () => socket.destroy())
      socket.on('close', () => resolve(received))
    })
  return {
    send: (text) => talk(text, false),
    sendAndHangUp: (text) => talk(text, true),
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
