import { type ChildProcess, fork, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../tests/support/processes.ts'
import type { Load, Measured } from './load.ts'

const started: ChildProcess[] = []
const folders: string[] = []

/** A server of its own process, on a data folder of its own; it is up when it has said that it listens. */
export async function serveProcess(file: string, env: NodeJS.ProcessEnv): Promise<string> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'answerkey-bench-'))
  folders.push(folder)
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, DATA_DIR: folder, PORT: String(port), LISTEN_HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${file} ended.`)))
    child.stdout.on('data', (text: Buffer) => String(text).includes('listening') && resolve())
  })
  return `http://127.0.0.1:${port}`
}

/** The clients, in a process of their own. */
export function clients(): (load: Load) => Promise<Measured> {
  const child = fork(fileURLToPath(new URL('load.ts', import.meta.url)))
  started.push(child)
  const ended = new Promise<never>((_, reject) => child.once('exit', () => reject(new Error('The clients ended.'))))
  ended.catch(() => undefined)
  return (load) => {
    const measured = new Promise<Measured>((resolve) => child.once('message', resolve))
    child.send(load)
    return Promise.race([measured, ended])
  }
}

export function endAll(): void {
  for (const child of started) child.kill()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}
