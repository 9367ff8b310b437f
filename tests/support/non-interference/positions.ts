import { chiSquare } from '../chi-square.ts'
import { createHost, ROOT_KEY } from '../host.ts'
import { type Json, quizDocument } from '../quiz-document.ts'
import { seededBytes } from '../seeded-bytes.ts'

/** Where something right stood among what was served, and how far the counts are from even. */
export interface Positions {
  readonly what: string
  /** By position, or by question where it is about which ones are drawn. */
  readonly counts: readonly number[]
  readonly chiSquare: number
}

/** Bound that chance exceeds once in ten thousand times with three degrees of freedom: everything here has four places. */
export const BOUND = 21.1

const listed = (ids: string): Json[] => [...ids].map((id) => ({ id, text: `The entry ${id}` }))
const base = (id: string, type: string, members: Json): Json => ({
  id,
  type,
  section: 'all',
  prompt: 'Which?',
  explanation: 'Because.',
  ...members,
})

const QUESTIONS: readonly Json[] = [
  base('single', 'single-choice', { options: listed('abcd'), key: { choice: 'a' } }),
  base('multiple', 'multiple-choice', { options: listed('dcba'), key: { choices: ['d'] } }),
  base('order', 'ordering', { items: listed('abcd'), key: { order: [...'abcd'] } }),
  base('match', 'matching', { prompts: listed('l'), options: listed('badc'), key: { pairs: { l: 'b' } } }),
]
/** One of four is drawn. */
const DRAWN = [...'wxyz'].map((id) =>
  base(`drawn-${id}`, 'true-false', { section: 'drawn', key: { choice: id < 'y' ? 'true' : 'false' } }),
)
const DOCUMENT = quizDocument({
  sections: ['all', 'drawn'].map((id) => ({ id, title: id })),
  questions: [...QUESTIONS, ...DRAWN],
  policy: { feedback: 'deferred', draw: { drawn: 1 }, shuffle: { questions: true } },
})
export const QUESTIONS_AN_ATTEMPT = QUESTIONS.length + 1

interface Served {
  readonly id: string
  readonly options?: readonly { readonly id: string }[]
  readonly items?: readonly { readonly id: string }[]
}

/** Counts over so many attempts, which are the same for the same seed. */
export async function countPositions(attempts: number, seed: number): Promise<Positions[]> {
  const host = await createHost({ randomBytes: seededBytes(seed) })
  await host.client.call('PUT', '/v1/quizzes/positions', { token: ROOT_KEY, body: DOCUMENT })
  const counts = new Map<string, number[]>()
  const count = (what: string, place: number) => {
    const of = counts.get(what) ?? [0, 0, 0, 0]
    of[place]! += 1
    counts.set(what, of)
  }
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { body } = await host.client.call('POST', '/v1/quizzes/positions/attempts')
    const served = body.questions as Served[]
    const find = (id: string) => served.find((question) => question.id === id)!
    const placeOf = (list: Served['options'], id: string) => list!.findIndex((entry) => entry.id === id)
    count('the right option of a single-choice question', placeOf(find('single').options, 'a'))
    count('the right option of a multiple-choice question', placeOf(find('multiple').options, 'd'))
    count('the item that comes first in an ordering', placeOf(find('order').items, 'a'))
    count('the item that comes last in an ordering', placeOf(find('order').items, 'd'))
    count('the right option of a matching', placeOf(find('match').options, 'b'))
    count('a question that is always there, among its section', placeOf(served.slice(0, 4), 'single'))
    count('which of four questions is drawn', 'wxyz'.indexOf(served[4]!.id.slice(-1)))
  }
  return [...counts].map(([what, each]) => ({ what, counts: each, chiSquare: chiSquare(each) }))
}
