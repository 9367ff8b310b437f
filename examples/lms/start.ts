/** `npm run example:lms`: Answerkey on Node and the LMS, side by side, until Ctrl-C. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { originOn, prepareDevelopment, waitUntilHealthy } from '../../scripts/_development.ts'

process.env['DATA_DIR'] ||= join('.data', 'lms')
const { publicUrl, port, adminKey, dataDir } = await prepareDevelopment(process.env['PORT'] || '8787')
const lmsPort = process.env['LMS_PORT'] || '8790'
const children: ChildProcess[] = []

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
begin('scripts/start-node.ts', { PORT: String(port), WEBHOOKS_ALLOW_LOOPBACK: 'true' })
await waitUntilHealthy(originOn('localhost', port), () => children[0]?.exitCode !== null)
begin('examples/lms/server.ts', {
  ANSWERKEY_URL: publicUrl,
  ANSWERKEY_KEY: adminKey,
  LMS_PORT: lmsPort,
  LMS_DATA: join(dataDir, 'gradebook'),
})

/** When one ends, so does the other. */
function begin(script: string, env: NodeJS.ProcessEnv): void {
  const child = spawn(process.execPath, [script], { env: { ...process.env, ...env }, stdio: 'inherit' })
  child.on('exit', (code) => {
    process.exitCode ||= code ?? 0
    stop()
  })
  children.push(child)
}

function stop(): void {
  for (const child of children) child.kill('SIGTERM')
}
