import type { AuthoredQuestion } from '../../content/document.ts'
import { drawing } from '../../grading/shuffle.ts'
import { guessAssignments, guessOrder, guessSubsets, type Guesses } from './spaces.ts'

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
      return { ...NONE, guesses: ids('options').map((choice) => ({ choice })) }
    case 'true-false':
      return { ...NONE, guesses: ['true', 'false'].map((choice) => ({ choice })) }
    case 'multiple-choice': {
      const guesses = guessSubsets(ids('options'), draw).map((choices) => ({ choices }))
      return { blank: { choices: [] }, everything: { choices: ids('options') }, guesses }
    }
    case 'ordering':
      return { ...NONE, guesses: guessOrder(ids('items'), draw).map((order) => ({ order })) }
    case 'matching': {
      const choices = ids('prompts').map((prompt) => [prompt, ids('options')] as const)
      return { ...NONE, blank: { pairs: {} }, guesses: guessAssignments(choices, draw).map((pairs) => ({ pairs })) }
    }
    case 'cloze':
      return {
        ...NONE,
        blank: { blanks: {} },
        guesses: guessAssignments(choicesOf(content), draw).map((blanks) => ({ blanks })),
      }
    case 'short-text':
      return { ...NONE, blank: { text: '' } }
    default:
      return NONE
  }
}

/** The blanks whose answer can be picked: who knows nothing leaves the others out. */
function choicesOf(content: AuthoredQuestion['content']): (readonly [string, readonly string[]])[] {
  const blanks = content['blanks'] as readonly (Listed & { readonly options?: readonly Listed[] })[]
  return blanks.flatMap(({ id, options }) => (options ? [[id, options.map((option) => option.id)] as const] : []))
}
