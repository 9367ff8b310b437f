import { wrongAnswer } from '../tests/support/many-answers.ts'

/** Responses of an attempt: its log is read at each, as long as it is. */
const PER_ATTEMPT = 20

export interface Turn {
  readonly origin: string
  readonly quiz: string
  readonly adminKey: string
  readonly responses: number
}

/** A process that gives as many responses as it is asked for, each of which is graded and another one, and says when it has. */
let learners = 0
process.on('message', async (turn: Turn) => {
  await respond(turn)
  process.send?.('done')
})

async function respond({ origin, quiz, adminKey, responses }: Turn): Promise<void> {
  for (let given = 0; given < responses; given += PER_ATTEMPT) {
    learners += 1
    const body = { learner: { id: `learner-${learners}` } }
    const { attempt, token } = await post(`${origin}/v1/quizzes/${quiz}/attempts`, adminKey, body)
    for (let number = 0; number < PER_ATTEMPT; number++) {
      const answers = [{ question: 'many', response: wrongAnswer(number) }]
      await post(`${origin}/v1/attempts/${attempt.id}/responses`, token, { responses: answers })
    }
  }
}

async function post(url: string, token: string, body: object) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { token: string; attempt: { id: string } }
}
