import { isDeepStrictEqual } from 'node:util'
import { hold } from '../broken.ts'
import { forget } from '../isolates.ts'
import { staffToken } from '../learners.ts'
import { ask, type Reply } from '../send.ts'
import { goOn } from '../steps.ts'
import type { World } from '../world.ts'

/** Reads every attempt; and again when every isolate has been forgotten: it reads the same. */
export async function checkReading(world: World): Promise<void> {
  const { isolates } = world
  const before = await readAll(world)
  for (const index of isolates.keys()) forget(world, index)
  const after = await readAll(world)
  for (const [path, reply] of before) {
    const again = after.get(path)!
    hold(
      isDeepStrictEqual(withoutTime(reply), withoutTime(again)),
      'what is read does not depend on memory',
      () => `${path}\n${JSON.stringify(reply)}\n${JSON.stringify(again)}`,
    )
  }
}

async function readAll(world: World): Promise<Map<string, Reply>> {
  const replies = new Map<string, Reply>()
  const paths = world.store.rows('SELECT id FROM attempts').map(({ id }) => `/v1/attempts/${id}`)
  const lists = world.quizzes.flatMap(({ id }) => ['attempts', 'grades'].map((list) => `/v1/quizzes/${id}/${list}`))
  const all = async () => {
    for (const path of [...paths, ...lists]) {
      const asked = { what: 'reading in the end', method: 'GET', path, token: staffToken(world), key: null } as const
      const attempt = path.startsWith('/v1/attempts/') ? { attempt: path.slice(13) } : {}
      replies.set(path, (await ask(world, { ...asked, ...attempt, statuses: [200], viewer: 'staff' }))!)
    }
  }
  await goOn(world, all())
  return replies
}

function withoutTime({ body }: Reply): unknown {
  const { receipt: _, ...rest } = body
  return rest.attempt ? { ...rest, attempt: { ...rest.attempt, serverTime: null } } : rest
}
