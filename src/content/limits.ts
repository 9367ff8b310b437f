/** Bounds of a quiz document. A stored document is measured in bytes of UTF-8. */
export const MAX_QUESTIONS = 500
export const MAX_SECTIONS = 100
export const MAX_HINTS = 20
export const MAX_SAMPLES = 50
export const MAX_TITLE = 200
export const MAX_STORED_BYTES = 1_800_000
