import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server of HTTP on this machine, on a port of its own, until the test ends. It counts who came. */
export async function listen(answer: RequestListener): Promise<{ port: number; hits: () => number; server: Server }> {
  let hits = 0
  const server = createServer((request, response) => {
    hits += 1
    answer(request, response)
  })
  const port = await open(server)
  onTestFinished(() => server.closeAllConnections())
  return { port, hits: () => hits, server }
}

/** A server of whatever it does with a connection. */
export async function listenTcp(meet: (socket: Socket) => void): Promise<{ port: number; hits: () => number }> {
  let hits = 0
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    hits += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    meet(socket)
  })
  const port = await open(server)
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()))
  return { port, hits: () => hits }
}

/** Opens it on 127.0.0.1, until the test ends; returns its port. */
export async function open(server: TcpServer): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as { port: number }).port
}
