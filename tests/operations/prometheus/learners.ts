import { expect } from 'vitest'
import { type NodeHost, SUBMISSION } from '../../support/node-host.ts'

/** Requests that go on, ten a second, whatever becomes of them. */
export function startLearners(host: NodeHost): { readonly statuses: number[]; stop(): void } {
  const statuses: number[] = []
  const timer = setInterval(() => {
    void begin(host).then((status) => statuses.push(status))
  }, 100)
  return { statuses, stop: () => clearInterval(timer) }
}

/** The status of a start, or 0 where no answer came. */
async function begin(host: NodeHost): Promise<number> {
  try {
    const response = await host.call('POST', '/quizzes/watched/attempts')
    await response.arrayBuffer()
    return response.status
  } catch {
    return 0
  }
}

/** A submission of a whole attempt at once: it is started, graded and finished. */
export async function submitOne(host: NodeHost): Promise<void> {
  const { status } = await host.call('POST', '/quizzes/watched/submissions', SUBMISSION)
  expect(status).toBe(201)
}
