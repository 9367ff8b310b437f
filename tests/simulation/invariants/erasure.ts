import { hold } from '../broken.ts'
import { NAMED_LEARNERS, staffToken } from '../learners.ts'
import { comeToRest } from '../rest.ts'
import { ask } from '../send.ts'
import { goOn } from '../steps.ts'
import type { World } from '../world.ts'

const TABLES = [
  'attempts',
  'attempt_events',
  'accommodations',
  'regrade_changes',
  'request_keys',
  'jobs',
  'webhook_deliveries',
] as const

/** Erases everyone who has a name: then nothing of them is left, and nothing hangs on what is gone. */
export async function checkErasure(world: World): Promise<void> {
  checkOrphans(world)
  const all = async () => {
    for (const learner of NAMED_LEARNERS) {
      const asked = { what: `erasure of ${learner}`, method: 'DELETE', path: `/v1/learners/${learner}` }
      await ask(world, { ...asked, token: staffToken(world), key: null, statuses: [204, 404], viewer: 'staff' })
    }
  }
  await goOn(world, all())
  await comeToRest(world)
  checkOrphans(world)
  for (const table of TABLES) {
    for (const row of world.store.rows(`SELECT * FROM ${table}`)) {
      const text = JSON.stringify(row)
      hold(!/learner-\d/.test(text), 'nothing of an erased learner is left', () => `${table}: ${text}`)
    }
  }
}

/** Every id of an attempt, wherever it stands, is that of one that is there. */
function checkOrphans({ store }: World): void {
  const there = new Set(store.rows('SELECT id FROM attempts').map(({ id }) => String(id).slice(4)))
  for (const table of TABLES) {
    for (const row of store.rows(`SELECT * FROM ${table}`)) {
      const { attempt, subject, id, cursor: _, ...rest } = row
      const named = table === 'webhook_deliveries' ? [JSON.parse(rest['body']).data.attempt] : [attempt, subject]
      const ids = named.filter((name) => typeof name === 'string' && name.startsWith('att_'))
      const gone = ids.some((name) => !there.has(String(name).slice(4)))
      hold(!gone, 'nothing hangs on an attempt that is gone', () => `${table}: ${id} ${JSON.stringify(row)}`)
    }
  }
}
