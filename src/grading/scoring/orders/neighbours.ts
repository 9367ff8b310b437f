/** How many items are followed directly by the one that should follow them. The last item is followed by none. */
export function rightSuccessors(ranks: readonly number[]): number {
  return ranks.filter((rank, place) => ranks[place + 1] === rank + 1).length
}
