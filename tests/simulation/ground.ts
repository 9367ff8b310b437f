import { createDeps } from '../../src/hosts/create-deps.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { openStore } from './database.ts'
import { makeCryptoSequential } from './web-crypto.ts'
import type { World } from './world.ts'

export const ROOT_KEY = 'root-key-of-the-simulation-0123456789'

const nowhere = () => Promise.reject(new Error('Each isolate has its own.'))

/** What the simulations of a process share: the database that each finds empty, the keys, the configuration. */
export async function prepareGround(): Promise<Pick<World, 'store' | 'base'>> {
  const signingKeys = await generateKeys()
  makeCryptoSequential()
  const store = await openStore()
  const config = {
    publicUrl: 'https://quiz.example',
    corsOrigins: null,
    gitSha: 'simulated',
    webhooksAllowLoopback: false,
    adminKey: ROOT_KEY,
    signingKeys: { keys: signingKeys.keys.map((key) => ({ ...key, kid: 'simulated' })) },
  }
  return { store, base: await createDeps(config, { db: store.db, background: () => {}, outgoing: nowhere }) }
}
