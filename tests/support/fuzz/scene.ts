import { issueKey } from '../api-keys.ts'
import { emptyDatabase } from '../empty-database.ts'
import { everyType } from '../every-type.ts'
import type { TestHost } from '../host.ts'
import { type Credential, credentialsIn, newScene } from '../operation-calls.ts'
import { SCOPES, type Scope } from '../../../src/services/_authorise.ts'

/**
 * What stands in the place of ids while requests are drawn: what they name is made later, and anew now and then. Each fits
 * the pattern of what it stands for.
 */
export const NAMES = {
  quiz: 'quiz-of-the-scene',
  attempt: 'att_of-the-scene',
  waiting: 'att_waiting-in-the-scene',
  revision: 'rev_of-the-scene',
  learner: 'learner of the scene',
  key: 'key_of-the-scene',
  regrade: 'rgr_of-the-scene',
  extension: 'ext_of-the-scene',
  webhook: 'whk_of-the-scene',
  delivery: 'msg_of-the-scene',
} as const

export type Caller = Credential | 'weak key'

export interface FuzzScene {
  /** A text with the ids in the place of their names. */
  fillIn(text: string): string
  readonly tokens: Readonly<Record<Caller, string | null>>
}

/** Everything that an operation can be about, in a database with nothing else. The weak key has every scope but `scope`. */
export async function newFuzzScene(host: TestHost, scope: Scope | null): Promise<FuzzScene> {
  await emptyDatabase(host.deps.db)
  const scene = await newScene(host, everyType({ feedback: 'deferred' }))
  const weak = await issueKey(host, ...SCOPES.filter((other) => other !== scope))
  const ids: Readonly<Record<keyof typeof NAMES, string>> = {
    ...scene,
    attempt: scene.run.id,
    waiting: scene.waiting.id,
  }
  const names = Object.entries(NAMES) as [keyof typeof NAMES, string][]
  return {
    tokens: { ...credentialsIn(scene), 'weak key': weak.secret },
    fillIn: (text) =>
      names.reduce(
        (filled, [name, placeholder]) =>
          filled.replaceAll(placeholder, ids[name]).replaceAll(encodeURIComponent(placeholder), ids[name]),
        text,
      ),
  }
}
