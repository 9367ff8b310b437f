import type { AuthoredQuestion } from '../../content/document.ts'
import { drawing } from '../../grading/shuffle.ts'
import { asResponses, guessAssignments, guessOrder, guessSubsets, type Guesses } from './spaces.ts'

/** What somebody can answer who knows nothing. */
export interface Strategies {
  /** Nothing picked or written, where that is a response. */
  readonly blank: unknown
  /** Everything picked, where that can be done. */
  readonly everything: unknown
  /** Every response to the same degree; null where the responses have no number. */
  readonly guesses: Guesses | null
}

interface Listed {
  readonly id: string
}

const NONE: Strategies = { blank: undefined, everything: undefined, guesses: null }

export function strategiesFor({ id, type, content }: Pick<AuthoredQuestion, 'id' | 'type' | 'content'>): Strategies {
  const ids = (list: string) => (content[list] as readonly Listed[]).map((entry) => entry.id)
  const draw = drawing(id)
  switch (type) {
    case 'single-choice':
      return { ...NONE, guesses: pick(ids('options')) }
    case 'true-false':
      return { ...NONE, guesses: pick(['true', 'false']) }
    case 'multiple-choice': {
      const guesses = asResponses(guessSubsets(ids('options'), draw), (choices) => ({ choices }))
      return { blank: { choices: [] }, everything: { choices: ids('options') }, guesses }
    }
    case 'ordering':
      return { ...NONE, guesses: asResponses(guessOrder(ids('items'), draw), (order) => ({ order })) }
    case 'matching': {
      const choices = ids('prompts').map((prompt) => [prompt, ids('options')] as const)
      const guesses = asResponses(guessAssignments(choices, draw), (pairs) => ({ pairs }))
      return { ...NONE, blank: { pairs: {} }, guesses }
    }
    case 'cloze': {
      const guesses = asResponses(guessAssignments(choicesOf(content), draw), (blanks) => ({ blanks }))
      return { ...NONE, blank: { blanks: {} }, guesses }
    }
    case 'short-text':
      return { ...NONE, blank: { text: '' } }
    default:
      return NONE
  }
}

function pick(choices: readonly string[]): Guesses {
  return { responses: choices.map((choice) => ({ choice })), isAll: true }
}

/** The blanks whose answer can be picked: who knows nothing leaves the others out. */
function choicesOf(content: AuthoredQuestion['content']): (readonly [string, readonly string[]])[] {
  const blanks = content['blanks'] as readonly (Listed & { readonly options?: readonly Listed[] })[]
  return blanks.flatMap(({ id, options }) => (options ? [[id, options.map((option) => option.id)] as const] : []))
}
