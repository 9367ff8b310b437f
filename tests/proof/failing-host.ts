import { fileURLToPath } from 'node:url'
import { type NodeHost, startNodeHost } from '../support/node-host.ts'
import { freePort } from '../support/processes.ts'
import type { FaultsChange, FaultsState } from './failing-database.ts'

const FAILING_DATABASE = fileURLToPath(new URL('failing-database.ts', import.meta.url))

/** A Node host whose database can be made to fail. */
export interface FailingHost {
  readonly host: NodeHost
  /** Changes what fails from now on, and says how the host is. */
  readonly faults: (change?: FaultsChange) => Promise<FaultsState>
}

export async function startFailingHost(seed: number): Promise<FailingHost> {
  const port = await freePort()
  const host = await startNodeHost({
    NODE_OPTIONS: `--import ${FAILING_DATABASE}`,
    FAULTS_SEED: String(seed),
    CONTROL_PORT: String(port),
    WEBHOOKS_ALLOW_LOOPBACK: 'true',
  })
  return {
    host,
    async faults(change) {
      const init = change ? { method: 'POST', body: JSON.stringify(change) } : {}
      const answer = await fetch(`http://127.0.0.1:${port}`, init)
      return (await answer.json()) as FaultsState
    },
  }
}
