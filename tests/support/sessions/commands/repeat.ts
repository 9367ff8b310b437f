import { type Chosen, chooser, type Picks, type Session } from '../step.ts'
import type { World } from '../world.ts'

/** An earlier request again: as it was, without its key, or something else with its key. */
export function repeat(world: World, { sent }: Session, picks: Picks): Chosen | null {
  const { of, oneIn, number } = chooser(picks)
  if (sent.length === 0) return null
  const { action, request } = of(oneIn(2) ? sent.slice(-3) : sent)
  const how = number(8)
  if (how === 0 && request.key) return { action, request: { ...request, key: null } }
  const other = how === 1 && request.key ? action.make(world, picks) : null
  return { action, request: other ? { ...other, key: request.key } : request }
}
