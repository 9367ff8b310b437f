/** A fault put into the code for the length of one run, to see that it is found. */
export interface Planted {
  readonly name: string
  /** From the root of the project. */
  readonly file: string
  /** Stands there once. */
  readonly find: string
  readonly replace: string
}
