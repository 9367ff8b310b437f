/** Resolves when so much time has passed. */
export function passed(milliseconds: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, milliseconds))
}
