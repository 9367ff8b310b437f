/** Random bytes are taken from the system by the page: to ask for a few at a time costs as much. */
const POOL = new Uint8Array(4096)
let used = POOL.length

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** So many random bytes, in hexadecimal: an id of a trace has 16, that of a span 8. */
export function randomHex(bytes: number): string {
  if (used + bytes > POOL.length) {
    crypto.getRandomValues(POOL)
    used = 0
  }
  let text = ''
  for (const end = used + bytes; used < end; used++) text += HEX[POOL[used]!]!
  // The ids that a trace must not have are those of zeros alone.
  return /[^0]/.test(text) ? text : randomHex(bytes)
}
