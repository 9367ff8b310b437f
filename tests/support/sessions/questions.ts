import { ALL, NOTHING, ratio, type Rational } from './rational.ts'

/** The questions of a session's quiz as the model knows them: by names that no revision changes. */

export type Kind = 'single-choice' | 'multiple-choice' | 'matching' | 'essay'

/** A question in one revision. Only ids and texts depend on `id` and `suffix`; what is right is told in names. */
export interface ModelQuestion {
  readonly name: string
  readonly kind: Kind
  readonly section: 'fixed' | 'pool'
  readonly id: string
  /** What its options (and prompts) are called here, after their names. */
  readonly suffix: string
  /** In thousandths. */
  readonly points: number
  /** Names: of an option, of options, or `prompt>option` pairs. */
  readonly right: readonly string[]
  /** Which explanation goes with it. */
  readonly version: number
}

/** A response in names: picks, or pairs, or a text. */
export type Said = { readonly picks: readonly string[] } | { readonly text: string }

const ENTRIES = { 'single-choice': 'abc', 'multiple-choice': 'pqrst', matching: 'klm', essay: '' } as const
export const PROMPTS = ['x', 'y', 'z'] as const

export const namesOf = ({ kind }: ModelQuestion): string[] => [
  ...ENTRIES[kind],
  ...(kind === 'matching' ? PROMPTS : []),
]
export const optionsOf = ({ kind }: ModelQuestion): string[] => [...ENTRIES[kind]]

export const explanationOf = ({ name, version }: ModelQuestion): string => `Explanation ${version} of ${name}.`

/** What a response is worth by a question's key, and its parts where it is graded part by part; null for a person. */
export interface Worth {
  readonly share: Rational | null
  readonly parts: readonly boolean[] | null
}

export function worthOf({ kind, right }: ModelQuestion, said: Said): Worth {
  if ('text' in said) return { share: said.text.trim() === '' ? NOTHING : null, parts: null }
  const hits = said.picks.filter((pick) => right.includes(pick)).length
  if (kind === 'single-choice') return { share: hits === 1 ? ALL : NOTHING, parts: null }
  if (kind === 'multiple-choice') {
    const net = hits - (said.picks.length - hits)
    return { share: net > 0 ? ratio(net, right.length) : NOTHING, parts: null }
  }
  const parts = PROMPTS.map((prompt) =>
    said.picks.some((pick) => pick.startsWith(`${prompt}>`) && right.includes(pick)),
  )
  return { share: ratio(hits, PROMPTS.length), parts }
}

/** Whether it says nothing, which in one way of scoring is no try. */
export function isBlank({ kind }: ModelQuestion, said: Said): boolean {
  if ('text' in said) return said.text.trim() === ''
  return kind !== 'single-choice' && said.picks.length === 0
}

/** Equal for responses that are the same but for the order in which they name things, and for outer space. */
export const sameText = (said: Said): string =>
  'text' in said ? `text ${said.text.trim()}` : `picks ${said.picks.toSorted().join()}`

/** A response as it is sent and served. */
export function written({ kind, suffix }: ModelQuestion, said: Said): unknown {
  if ('text' in said) return { text: said.text }
  if (kind === 'single-choice') return { choice: `${said.picks[0]}${suffix}` }
  if (kind === 'multiple-choice') return { choices: said.picks.map((pick) => `${pick}${suffix}`) }
  const pairs = said.picks.map((pick) => pick.split('>').map((name) => `${name}${suffix}`))
  return { pairs: Object.fromEntries(pairs) }
}

/** The right response as it is shown in the names of the question that was served; null for an essay. */
export function rightAnswer(served: ModelQuestion, { right }: ModelQuestion): unknown {
  return served.kind === 'essay' ? null : written(served, { picks: right.toSorted() })
}

/** The question as an author writes it. */
export function authored(question: ModelQuestion): Record<string, unknown> {
  const { id, kind, section, points, suffix, right, name } = question
  const entries = (names: readonly string[]) =>
    names.map((entry) => ({ id: `${entry}${suffix}`, text: `Entry ${entry} of ${name}` }))
  const key = kind === 'essay' ? {} : written(question, { picks: right })
  return {
    id,
    section,
    type: kind,
    points: points / 1000,
    prompt: `Prompt of ${name}`,
    explanation: explanationOf(question),
    ...(kind !== 'essay' && { options: entries(optionsOf(question)) }),
    ...(kind === 'matching' && { prompts: entries(PROMPTS), scoring: { method: 'per-part' } }),
    ...(kind === 'multiple-choice' && { scoring: { method: 'net-correct' } }),
    key,
  }
}

/** The questions of a quiz's first revision; those of the pool have equal points. */
export function firstQuestions(points: readonly number[], { pool }: { pool: boolean }): ModelQuestion[] {
  const made = (name: string, kind: Kind, right: readonly string[], section: 'fixed' | 'pool' = 'fixed') => {
    const worth = section === 'pool' ? points[4] : points[['single', 'multiple', 'pairs', 'essay'].indexOf(name)]
    return { name, kind, section, id: name, suffix: '', points: worth!, right, version: 1 }
  }
  return [
    made('single', 'single-choice', ['b']),
    made('multiple', 'multiple-choice', ['p', 'q', 'r']),
    made('pairs', 'matching', ['x>k', 'y>l', 'z>l']),
    made('essay', 'essay', []),
    ...(pool ? [made('left', 'single-choice', ['a'], 'pool'), made('other', 'multiple-choice', ['s'], 'pool')] : []),
  ]
}
