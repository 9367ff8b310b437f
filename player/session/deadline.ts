import type { Attempt } from '../contract.ts'

/** Before the last call it is asked once more whether the deadline still holds: staff may have moved it. */
const ASK_AGAIN_MS = 5000

/** What is chosen and not sent is sent so shortly before the time is up. */
const LAST_CALL_MS = 1500

/** What a server said longer ago says nothing of now. */
export const STALE_AFTER_MS = 30_000

/** What is to be done about a deadline. */
export interface Due {
  readonly ask: boolean
  readonly sendDrafts: boolean
  readonly finish: boolean
}

/**
 * Takes how long is left and how long ago the server was last heard, in milliseconds. An attempt is finished only after the server
 * has confirmed its deadline in the last seconds; a page that slept through it has nothing more to send.
 */
export function dueAt(left: number, sinceContact: number): Due {
  const isConfirmed = sinceContact <= Math.min(ASK_AGAIN_MS - left, STALE_AFTER_MS)
  return {
    // Heard in the future, it was heard before the machine's clock was set back.
    ask: sinceContact < 0 || (left <= ASK_AGAIN_MS && !isConfirmed),
    sendDrafts: left <= LAST_CALL_MS && sinceContact <= STALE_AFTER_MS,
    finish: left <= 0 && isConfirmed,
  }
}

/** Whether it was the time that ended an attempt: handed in at the deadline, it may have reached the server a moment before. */
export function wasTimeUp({ finishReason, finishedAt, deadline }: Attempt): boolean {
  if (finishReason === 'expired') return true
  return Boolean(finishedAt && deadline) && Date.parse(finishedAt!) >= Date.parse(deadline!) - LAST_CALL_MS
}
