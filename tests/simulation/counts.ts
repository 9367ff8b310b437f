/** How often things have happened, by their names. */
export class Counts {
  readonly all = new Map<string, number>()

  add(name: string, times = 1): void {
    this.all.set(name, (this.all.get(name) ?? 0) + times)
  }
}
