/** Random bytes are taken from the system by the page: to ask for a few at a time costs as much. */
const PAGE = new Uint8Array(4096)
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** A page in hexadecimal, and how much of it is used. */
let digits = ''
let used = 0

/** So many random bytes, in hexadecimal: an id of a trace has 16, that of a span 8. */
export function randomHex(bytes: number): string {
  const end = used + 2 * bytes
  if (end > digits.length) {
    digits = Array.from(crypto.getRandomValues(PAGE), (byte) => HEX[byte]!).join('')
    used = 0
    return randomHex(bytes)
  }
  const text = digits.slice(used, end)
  used = end
  // The ids that a trace must not have are those of zeros alone.
  return /[^0]/.test(text) ? text : randomHex(bytes)
}
