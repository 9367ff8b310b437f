import { ROUNDS, responsesOf } from './every-type-play.ts'
import { type Playing, respond, resume } from './play.ts'
import type { Json } from './quiz-document.ts'
import type { Session } from './transcript.ts'

/** What learners do where a policy asks for more than answers, or counts them otherwise: the same whatever the keys are. */

/** Answers all of `twins()`, sure and unsure, changes its mind in both, and says what is no certainty. */
export async function answerSurely(playing: Playing): Promise<void> {
  for (const [choice, certainty] of [
    ['a', 3],
    ['b', 2],
    ['b', 3],
    ['b', 3],
    ['d', undefined],
    ['d', 1],
  ] as const) {
    await respond(playing, [{ question: 'single', response: { choice }, ...(certainty && { certainty }) }])
    await resume(playing)
  }
  for (const [choices, certainty] of [
    ['p', 1],
    ['pqr', 3],
    ['rqp', 3],
    ['t', 3],
    ['', 3],
  ] as const) {
    await respond(playing, [
      { question: 'multiple', response: { choices: [...choices] }, certainty },
      { question: 'truth', response: { choice: 'true' }, certainty },
    ])
  }
  for (const certainty of [0, 4, '3', null, 1.5]) {
    await respond(playing, [{ question: 'truth', response: { choice: 'false' }, certainty }])
  }
  await resume(playing)
}

/** Takes the quiz in one call, very sure of everything. */
export async function submitSurely({ send, quiz }: Session): Promise<void> {
  const path = `/v1/quizzes/${quiz}/submissions`
  for (const choice of ['a', 'b', 'd']) {
    const responses = [
      { question: 'single', response: { choice }, certainty: 3 },
      { question: 'truth', response: { choice: 'true' }, certainty: 2 },
    ]
    await send('POST', path, { body: { responses } })
    await send('POST', path, { body: { responses: [{ ...responses[0], certainty: 5 }] } })
  }
}

/** Answers every type in rounds, each round with another certainty. */
export async function answerEveryTypeSurely(playing: Playing): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const certainty = (round % 3) + 1
    await respond(
      playing,
      responsesOf(round).map((response) => ({ ...response, certainty })),
    )
  }
  await resume(playing)
}

/** Leaves blank whatever can be left blank, in every way. */
export async function leaveBlank(playing: Playing): Promise<void> {
  const blanks: Json[] = [
    { question: 'multiple', response: { choices: [] } },
    { question: 'picks-1', response: { choices: [] } },
    { question: 'match', response: { pairs: {} } },
    { question: 'words', response: { text: '' } },
    { question: 'words', response: { text: ' \u3000' } },
    { question: 'gaps', response: { blanks: {} } },
    { question: 'gaps', response: { blanks: { tool: ' ' } } },
    { question: 'essay', response: { text: '\n' } },
  ]
  for (const blank of [...blanks, ...blanks]) await respond(playing, [blank])
  const headers = { 'Idempotency-Key': 'a-secret-of-one-who-leaves-blank' }
  for (const blank of blanks.slice(0, 2)) await respond(playing, [blank], headers)
  await resume(playing)
}
