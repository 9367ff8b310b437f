import { parseNodeSettings } from '../config.ts'

/**
 * Asks the Node host on this machine whether it is alive: exit code 0, or 1. For the health check of an image that has no
 * shell; it reads the same PORT and LISTEN_HOST.
 */
const PATIENCE_MS = 4_000

try {
  const { port, hostname = '0.0.0.0' } = parseNodeSettings(process.env)
  const response = await fetch(`http://${reachable(hostname)}:${port}/healthz`, {
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  process.exitCode = response.ok ? 0 : 1
} catch {
  process.exitCode = 1
}

/** What listens on all interfaces listens on this one. */
function reachable(listens: string): string {
  if (listens === '0.0.0.0' || listens === '::') return '127.0.0.1'
  return listens.includes(':') ? `[${listens}]` : listens
}
