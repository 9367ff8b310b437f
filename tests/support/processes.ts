import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'

export interface Output {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command to its end. */
export async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Output> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { code, stdout: stdout(), stderr: stderr() }
}

export interface Server {
  readonly output: () => string
  /** Ends the process and everything that it started. */
  stop(): Promise<void>
  /** Ends it as a power cut would: it has no say in it. */
  kill(): Promise<void>
}

/** Starts a server in a process group of its own, and waits until a line of its output says so. */
export async function startServer(
  command: string,
  args: readonly string[],
  { env, ready }: { env: NodeJS.ProcessEnv; ready: RegExp },
): Promise<Server> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const output = () => `${stdout()}\n${stderr()}`
  // It is in a group of its own, and would outlive whoever started it.
  const endWithThis = () => endGroup(child, 'SIGKILL')
  process.once('exit', endWithThis)
  child.on('close', () => process.off('exit', endWithThis))
  const closed = new Promise<void>((resolve) => void child.on('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    const streams = [child.stdout, child.stderr]
    const look = () => {
      if (!ready.test(output())) return
      // A server that says much for long would be read from its beginning at each word.
      for (const stream of streams) stream.off('data', look)
      resolve()
    }
    for (const stream of streams) stream.on('data', look)
    child.on('error', reject)
    child.on('close', () => reject(new Error(`The server ended before it was ready.\n${output()}`)))
  })
  return {
    output,
    async stop() {
      endGroup(child, 'SIGTERM')
      await closed
    },
    async kill() {
      endGroup(child, 'SIGKILL')
      await closed
    },
  }
}

function endGroup({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal)
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  return () => text
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
