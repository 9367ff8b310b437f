import type { QuizRow } from '../db/quizzes.ts'
import type { AnswerKey, PublicQuiz } from '../grading/quiz.ts'
import { LRUCache } from 'lru-cache'

/** A revision as it is kept in memory. It is immutable, so it never goes stale. */
export interface LoadedRevision {
  readonly id: string
  readonly quizId: string
  readonly quiz: PublicQuiz
}

/** What an isolate remembers. Nothing in it belongs to one attempt. */
export interface Caches {
  readonly revisions: LRUCache<string, LoadedRevision>
  readonly answerKeys: LRUCache<string, AnswerKey>
  /** Where quizzes point, believed for a short while on public reads; with the time of reading. */
  readonly pointers: LRUCache<string, { readonly row: QuizRow; readonly readAt: number }>
  /** How often a pointer was forgotten: what was read before that may be older than what made it so. */
  forgotten: number
}

const MAX_BYTES = 16_000_000

export function createCaches(): Caches {
  return {
    revisions: new LRUCache({ maxSize: MAX_BYTES, sizeCalculation: (revision) => sizeOf(revision.quiz) }),
    answerKeys: new LRUCache({ maxSize: MAX_BYTES, sizeCalculation: (key) => sizeOf(key) }),
    pointers: new LRUCache({ max: 1000 }),
    forgotten: 0,
  }
}

/** About the bytes that a parsed document takes: two a character of its JSON. */
function sizeOf(document: unknown): number {
  return JSON.stringify(document).length * 2
}
