import type { ModelQuestion } from '../../support/sessions/questions.ts'
import type { Row } from '../database.ts'
import type { World } from '../world.ts'
import { checkAcknowledged } from './acknowledged.ts'
import { checkAttempts } from './attempts.ts'
import { checkErasure } from './erasure.ts'
import { checkReading } from './reading.ts'
import { checkWebhooks } from './webhooks.ts'

/** Looks at everything when the world is at rest. */
export async function checkEverything(world: World): Promise<void> {
  // Before anything is read: whoever reads settles what was left, and tells of it.
  const rested = {
    attempts: world.store.rows('SELECT * FROM attempts'),
    deliveries: world.store.rows('SELECT * FROM webhook_deliveries'),
  }
  await checkReading(world)
  checkWebhooks(world, rested, checkAttempts(world, rested, revisionsOf(world)))
  checkAcknowledged(world)
  await checkErasure(world)
}

/** The rows as they stood when the world had come to rest. */
export interface Rested {
  readonly attempts: readonly Row[]
  readonly deliveries: readonly Row[]
}

/** By the id of a revision what staff have published in it: each has a title of its own. */
function revisionsOf({ store, quizzes }: World): Map<string, readonly ModelQuestion[]> {
  const rows = store.rows("SELECT id, quiz, json_extract(document, '$.title') AS title FROM revisions")
  return new Map(
    rows.map(({ id, quiz, title }) => [id, quizzes.find((each) => each.id === quiz)!.publications.get(title)!]),
  )
}
