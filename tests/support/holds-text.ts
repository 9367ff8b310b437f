/** Whether every text in a value may stand in a body: none has NUL or half a surrogate pair. */
export function holdsText(value: unknown): boolean {
  return !/\\u(?:0000|d[89a-f])/.test(JSON.stringify(value))
}
