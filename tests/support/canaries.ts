import { createHash } from 'node:crypto'

interface Canary {
  readonly question: string
  readonly place: string
}

const forms = new Map<string, Canary & { form: string }>()

/**
 * A text to put where a secret stands. It holds characters that every encoding writes differently, so it is found again
 * plain, escaped for JSON, HTML or URLs, in hex, in base64 at any alignment, or hashed.
 */
export function canary(question: string, place: string): string {
  return guard(`canary "${question}" ${place} ~ü`, question, place)
}

/** A number of twelve digits to put where a secret number stands: long enough to occur nowhere by chance. */
export function canaryNumber(question: string, place: string): string {
  const hash = createHash('sha256').update(`${question} ${place}`).digest('hex').slice(0, 16)
  return guard(String(100_000_000_000n + (BigInt(`0x${hash}`) % 900_000_000_000n)), question, place)
}

function guard(text: string, question: string, place: string): string {
  const bytes = new TextEncoder().encode(text)
  const hash = createHash('sha256').update(bytes).digest()
  const json = JSON.stringify(text).slice(1, -1)
  const html = text.replaceAll('"', '&quot;')
  const add = (form: string, encoded: string) => {
    if (!forms.has(encoded)) forms.set(encoded, { question, place, form })
  }
  add('plain', text)
  add('JSON', json)
  add('JSON, ASCII', json.replaceAll('ü', String.raw`\u00fc`))
  add('HTML', html)
  add('HTML in JSON', html.replaceAll('&', String.raw`\u0026`))
  add('URL', encodeURIComponent(text))
  add('form', encodeURIComponent(text).replaceAll('%20', '+'))
  add('hex', toHex(bytes))
  add('SHA-256 hex', toHex(hash))
  add('SHA-256 base64', toBase64(hash).replace(/=+$/, ''))
  add('SHA-256 base64url', toUrl(toBase64(hash)))
  for (const shift of [0, 1, 2]) {
    const aligned = innerBase64(bytes, shift)
    add(`base64 +${shift}`, aligned)
    add(`base64url +${shift}`, toUrl(aligned))
  }
  return text
}

/** Every canary in a text, with the form in which it stands there. */
export function findCanaries(text: string): (Canary & { form: string })[] {
  return [...forms].filter(([encoded]) => text.includes(encoded)).map(([, found]) => found)
}

/** The base64 characters that depend on the bytes alone when `shift` other bytes come before them. */
function innerBase64(bytes: Uint8Array, shift: number): string {
  const padded = new Uint8Array(shift + bytes.length)
  padded.set(bytes, shift)
  const start = shift === 0 ? 0 : 4
  const wholeGroups = Math.floor(padded.length / 3) * 4
  return toBase64(padded).slice(start, wholeGroups)
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function toUrl(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
