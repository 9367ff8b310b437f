/** A fault to plant: a text of a file in src/, which stands there once, becomes another. */
export interface Mutant {
  readonly name: string
  readonly file: string
  readonly find: string
  readonly replace: string
}

export const MUTANTS: readonly Mutant[] = []
