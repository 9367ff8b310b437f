import { isNameOfRun, type Run } from './records.ts'
import { isPlain } from './stored.ts'

/** What a session takes from the browser. */

/** A secret of 128 random bits, in hexadecimal. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * The attempt and the quiz that a progress token is for: a JWT says so to anyone (RFC 7519, section 3). Whether it is a good one, the
 * server says. Null for what is no token.
 */
export function readToken(token: string): (Run & { readonly quiz: string }) | null {
  try {
    const payload = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))
    const { sub, quiz } = JSON.parse(new TextDecoder().decode(bytes)) as {
      readonly sub?: unknown
      readonly quiz?: unknown
    }
    return isPlain(sub) && isPlain(quiz) && isPlain(token) ? { attempt: sub, quiz, token } : null
  } catch {
    return null
  }
}

/**
 * Tells the other tabs of this origin which attempt has changed, and hears it from them: null where another attempt may have
 * become this browser's. What a tab has stored can reach another one later than its message, so both are listened to.
 */
export class Tabs {
  /** Null in a browser that has none: there a tab looks for itself. */
  readonly #channel = globalThis.BroadcastChannel ? new BroadcastChannel('answerkey') : null

  readonly #onStorage: (event: StorageEvent) => void

  constructor(hear: (attempt: string | null) => void) {
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') hear(data)
    })
    this.#onStorage = ({ key }) => {
      if (key && isNameOfRun(key)) hear(null)
    }
    window.addEventListener('storage', this.#onStorage)
  }

  tell(attempt: string): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches one origin alone, and takes none.
    this.#channel?.postMessage(attempt)
  }

  close(): void {
    this.#channel?.close()
    window.removeEventListener('storage', this.#onStorage)
  }
}
