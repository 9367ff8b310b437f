import { writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { quizDocument, singleChoice } from '../../tests/support/quiz-document.ts'
import { serveProcess } from './processes.ts'

export const QUIZ = 'bench'
const ADMIN_KEY = 'a-root-key-that-is-long-enough'
const QUESTIONS = Array.from({ length: 18 }, (_, number) => `q${number}`)

/** Ours, the floor, and a bare handler, each in a process; and what they need to answer with as many bytes. */
export interface Subjects {
  readonly ours: string
  readonly floor: string
  readonly bare: string
  readonly etag: string
  readonly bytes: Readonly<Record<string, number>>
}

export async function serveSubjects(): Promise<Subjects> {
  const ours = await serveProcess('src/hosts/node.ts', {
    PUBLIC_URL: 'https://quiz.example',
    ADMIN_KEY,
    SIGNING_KEYS: JSON.stringify(await generateKeys()),
    DATABASE_URL: '',
    RATE_LIMITS: 'off',
  })
  const document = { ...quizDocument(), questions: QUESTIONS.map((id) => singleChoice(id)) }
  await call(ours, 'PUT', '', document)
  const questions = await call(ours, 'GET', '/questions')
  const started = await call(ours, 'POST', '/attempts', {})
  const { attempt, token } = started.json
  const at = `${ours}/v1/attempts/${attempt.id}`
  const responses = await send(`${at}/responses`, 'POST', token, {
    responses: [{ question: 'q0', response: { choice: 'a' } }],
  })
  const finish = await send(`${at}/finish`, 'POST', responses.json.token, {})
  const whole = QUESTIONS.map((question) => ({ question, response: { choice: 'a' } }))
  const submissions = await call(ours, 'POST', '/submissions', { responses: whole })
  const bytes = {
    attempts: started.text.length,
    responses: responses.text.length,
    finish: finish.text.length,
    submissions: submissions.text.length,
    questions: questions.text.length,
  }
  const bodyFile = join(mkdtempSync(join(tmpdir(), 'answerkey-bench-')), 'questions.json')
  writeFileSync(bodyFile, questions.text)
  const etag = questions.headers.get('ETag')!
  const [floor, bare] = await Promise.all([
    serveProcess('scripts/bench/floor.ts', { ANSWER_BYTES: JSON.stringify(bytes) }),
    serveProcess('scripts/bench/bare.ts', { BODY_FILE: bodyFile, ETAG: etag }),
  ])
  return { ours, floor, bare, etag, bytes }
}

const call = (origin: string, method: string, path: string, body?: object) =>
  send(`${origin}/v1/quizzes/${QUIZ}${path}`, method, method === 'PUT' ? ADMIN_KEY : null, body)

async function send(url: string, method: string, token: string | null, body?: object) {
  const answer = await fetch(url, {
    method,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
  return { text, json: JSON.parse(text), headers: answer.headers }
}
