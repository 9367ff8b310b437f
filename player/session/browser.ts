import type { Run } from './records.ts'

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
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as { readonly sub?: unknown; readonly quiz?: unknown }
    if (typeof claims.sub !== 'string' || typeof claims.quiz !== 'string') return null
    return { attempt: claims.sub, quiz: claims.quiz, token }
  } catch {
    return null
  }
}

/** Tells the other tabs of this origin which attempt has changed, and hears it from them. */
export class Tabs {
  readonly #channel = new BroadcastChannel('answerkey')

  constructor(hear: (attempt: string) => void) {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') hear(data)
    })
  }

  tell(attempt: string): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches one origin alone, and takes none.
    this.#channel.postMessage(attempt)
  }

  close(): void {
    this.#channel.close()
  }
}
