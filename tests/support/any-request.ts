import { type Playing, respond, resume, submit } from './play.ts'

/** One of a thousand requests. */
export async function anyRequest(playing: Playing, number: number): Promise<void> {
  const pick = Math.floor(number / 10)
  const single = { question: pick % 2 === 0 ? 'single' : 'fixed', response: { choice: 'abcdz'[pick % 5] } }
  const multiple = {
    question: 'multiple',
    response: { choices: [...'pqrst'].filter((_, bit) => (pick >> bit) % 2 === 1) },
  }
  const truth = { question: 'truth', response: { choice: pick % 2 === 0 ? 'true' : 'false' } }
  const { send, quiz, attempt, token } = playing
  const requests = [
    () => respond(playing, [single]),
    () => respond(playing, [multiple]),
    () => respond(playing, [truth, single]),
    () => respond(playing, [multiple, single, truth]),
    () => respond(playing, [single], { 'Idempotency-Key': 'one-secret-for-all-of-them' }),
    () => resume(playing),
    () => send('GET', `/v1/quizzes/${quiz}/questions`),
    () => submit(playing, 'abcd'[pick % 4]),
    () => respond(playing, [single, single]),
    () => (pick < 20 ? send('POST', `/v1/attempts/${attempt}/finish`, { token }) : resume(playing)),
  ]
  await requests[number % 10]!()
}

/** Numbers from 0 to 999 that look like chance and are the same each time (a linear congruential generator, "MINSTD"). */
export function sequence(seed: number): () => number {
  let state = seed % 2_147_483_647
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state % 1000
  }
}
