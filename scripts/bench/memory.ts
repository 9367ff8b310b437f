import { quizDocument, singleChoice } from '../../tests/support/quiz-document.ts'
import { openInProcess } from './in-process.ts'

const REVISIONS = 200

/** Megabytes of heap that an isolate takes more with 200 revisions of 18 questions in its memory; Workers have 128. */
export async function measureMemory(): Promise<{ revisions: number; megabytes: number }> {
  const host = await openInProcess()
  const attempts: string[] = []
  for (let number = 0; number < REVISIONS; number++) {
    const questions = Array.from({ length: 18 }, (_, index) => singleChoice(`q${index}`))
    await host.call('PUT', `/quizzes/quiz-${number}`, { body: quizDocument({ questions }) })
    const { json } = await host.call('POST', `/quizzes/quiz-${number}/attempts`, { body: {} })
    attempts.push(json.attempt.id)
  }
  const forgetful = await host.forgetting()
  const before = heap()
  for (const attempt of attempts) await forgetful.call('GET', `/attempts/${attempt}`)
  const megabytes = (heap() - before) / 1e6
  host.close()
  return { revisions: REVISIONS, megabytes }
}

function heap(): number {
  if (!globalThis.gc) throw new Error('Start it with --expose-gc.')
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
