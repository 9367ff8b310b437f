import { takeAttempt, type TakenAttempt } from './learners.ts'
import type { PersistentClient } from './persistent-client.ts'
import { PROOF_QUIZZES } from './quizzes.ts'
import { type Random, seededRandom } from './random.ts'

/** Clients an attempt: most attempts are shared, and so their histories are worth explaining. */
const TABS = [1, 2, 3, 2]

export interface Crowd {
  readonly client: PersistentClient
  readonly clients: number
  readonly seed: number
  /** The calls of a client in one attempt. */
  readonly calls: number
  readonly isOver: () => boolean
  readonly think?: (random: Random) => Promise<void>
  readonly taken: (attempt: TakenAttempt) => void
}

/** So many clients, in groups that take one attempt after the other until it is over; they end the ones that they have begun. */
export async function takeAttempts({ client, clients, seed, calls, isOver, think, taken }: Crowd): Promise<void> {
  const groups: number[] = []
  for (let left = clients; left > 0; left -= groups.at(-1)!)
    groups.push(Math.min(left, TABS[groups.length % TABS.length]!))
  await Promise.all(
    groups.map(async (tabs, group) => {
      const random = seededRandom(seed * 1000 + group)
      for (let number = 0; !isOver(); number++) {
        const quiz = PROOF_QUIZZES[(group + number) % PROOF_QUIZZES.length]!
        const name = `${seed}-${group}-${number}`
        taken(
          await takeAttempt({ client, quiz, random, name, tabs, calls, ...(think && { think: () => think(random) }) }),
        )
      }
    }),
  )
}
