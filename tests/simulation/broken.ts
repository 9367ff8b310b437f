/** An invariant that does not hold. */
export class Broken extends Error {
  readonly invariant: string

  constructor(invariant: string, detail: string) {
    super(`${invariant}\n${detail}`)
    this.name = 'Broken'
    this.invariant = invariant
  }
}

export function hold(condition: boolean, invariant: string, detail: () => string): asserts condition {
  if (!condition) throw new Broken(invariant, detail().slice(0, 12_000))
}
