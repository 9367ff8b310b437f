import type { Json } from './quiz-document.ts'

interface Said {
  /** By place: `correct`, `partly`, `incorrect` of the whole response, `option-a` … of an option. */
  readonly feedback: readonly string[] | null
  readonly hint: string | null
  readonly explanation: string | null
  readonly answer: unknown
}

/** What a result tells of a question of quiz-document.ts, each text by the place of its canary. */
export function said(result: Json): Said {
  const feedback = result['feedback'] as { option: string | null; text: Text }[] | null
  return {
    feedback: feedback && feedback.map(({ option, text }) => placeIn(text, option)),
    hint: place(result['hint']),
    explanation: place(result['explanation']),
    answer: result['answer'],
  }
}

/** What a result tells before anything is released. */
export const NOTHING_SAID: Said = { feedback: null, hint: null, explanation: null, answer: null }

interface Text {
  readonly markdown: string
}

function place(text: unknown): string | null {
  return text === null ? null : placeIn(text as Text, null)
}

/** An option's feedback has to stand under that option. */
function placeIn({ markdown }: Text, option: string | null): string {
  const found = /^canary "[^"]+" (\S+) ~ü$/.exec(markdown)?.[1]
  if (found === undefined || (option !== null && found !== `option-${option}`)) {
    throw new Error(`Not the text that belongs here: ${option ?? 'the question'} says ${markdown}`)
  }
  return found
}
