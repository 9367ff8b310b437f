import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet, SignJWT } from 'jose'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { createLms } from '../../examples/lms/app.ts'
import { Gradebook } from '../../examples/lms/gradebook.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { importKeySet } from '../../src/tokens/key-set.ts'
import { signReceipt } from '../../src/tokens/receipt.ts'
import { freePort, startServer } from '../support/processes.ts'

/** The example of an LMS, as a receiver by itself and side by side with Answerkey. */

const ISSUER = 'https://quiz.example'
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const signing = await importKeySet(await generateKeys())

const standing = {
  attempt: 'att_1',
  quiz: 'basics',
  revision: 'rev_1',
  learner: { id: 'ada', name: '<b>Ada</b>' },
  score: 2,
  maxScore: 4,
  passed: false as boolean | null,
  startedAt: '2026-01-05T09:00:00.000Z',
  finishedAt: '2026-01-05T09:10:00.000Z',
  seq: 3,
  final: true,
}

async function event(change: Partial<typeof standing> = {}, keys = signing) {
  const data = { ...standing, ...change }
  const receipt = await signReceipt(data, { keys, publicUrl: ISSUER, now: 0 })
  return { type: 'attempt.finished', timestamp: data.finishedAt, data: { ...data, metadata: {}, receipt } }
}

function receiver(file = join(mkdtempSync(join(tmpdir(), 'answerkey-lms-')), 'received.jsonl')) {
  const gradebook = new Gradebook(file)
  const app = createLms({
    gradebook,
    issuer: ISSUER,
    keys: createLocalJWKSet({ keys: [...signing.jwks.keys] }),
    secret: SECRET,
  })
  const send = async (id: string, body: object, secret = SECRET) => {
    const text = JSON.stringify(body)
    const at = new Date()
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, text),
    }
    return (await app.request('/webhooks', { method: 'POST', body: text, headers })).status
  }
  return { app, gradebook, send, file }
}

const scores = ({ gradebook }: { gradebook: Gradebook }) => gradebook.grades().map(({ score, seq }) => [score, seq])

describe('the LMS as a receiver', () => {
  it('keeps the highest seq of an attempt, in whatever order events come, and takes each id once', async () => {
    const lms = receiver()
    expect(await lms.send('msg_4', await event({ seq: 4, score: 3 }))).toBe(204)
    expect(await lms.send('msg_3', await event())).toBe(204)
    expect(scores(lms)).toEqual([[3, 4]])
    expect(await lms.send('msg_4', await event({ seq: 9, score: 4 }))).toBe(204)
    expect(scores(lms)).toEqual([[3, 4]])
    expect(await lms.send('msg_5', await event({ seq: 5, score: 4 }))).toBe(204)
    expect(scores(lms)).toEqual([[4, 5]])
  })

  it('remembers what it acknowledged after a restart', async () => {
    const lms = receiver()
    await lms.send('msg_3', await event())
    const again = receiver(lms.file)
    expect(scores(again)).toEqual([[2, 3]])
    expect(again.gradebook.has('msg_3')).toBe(true)
  })

  it('refuses another signature, and a receipt that is forged, of something else, or of another kind', async () => {
    const lms = receiver()
    const good = await event()
    const forged = await event({}, await importKeySet(await generateKeys()))
    const raised = { ...good, data: { ...good.data, score: 4 } }
    const moved = { ...good, data: { ...good.data, attempt: 'att_2' } }
    const typ = 'progress+jwt'
    const otherKind = await new SignJWT({ ...standing })
      .setProtectedHeader({ alg: 'ES256', typ, kid: signing.signing.kid })
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .sign(signing.signing.key)
    const token = { ...good, data: { ...good.data, receipt: otherKind } }
    const none = { ...good, data: { ...good.data, receipt: 'a.b.c' } }
    expect(await lms.send('msg_1', good, 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).toBe(401)
    expect((await lms.app.request('/webhooks', { method: 'POST', body: JSON.stringify(good) })).status).toBe(401)
    for (const bad of [forged, raised, moved, token, none]) expect(await lms.send('msg_1', bad)).toBe(422)
    expect(scores(lms)).toEqual([])
    expect(await lms.send('msg_1', good)).toBe(204)
  })

  it('takes a ping', async () => {
    const lms = receiver()
    expect(await lms.send('msg_1', { type: 'ping', timestamp: standing.startedAt, data: { webhook: 'whk_1' } })).toBe(
      204,
    )
  })

  it('shows names as texts, on a page that runs nothing', async () => {
    const lms = receiver()
    await lms.send('msg_3', await event())
    const page = await lms.app.request('/')
    const text = await page.text()
    expect(text).toContain('<td>&lt;b&gt;Ada&lt;/b&gt;</td>')
    expect(text).toContain('<td>2 of 4</td>')
    expect(text).not.toContain('<b>')
    expect(page.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; style-src 'nonce-[\w-]+';/)
    expect(page.headers.get('Content-Security-Policy')).not.toMatch(/script|unsafe/)
  })
})

const ADMIN_KEY = 'root-key-of-the-lms-0123456789'

/** Asks until the answer is there, for half a minute at most; gives it, and the milliseconds that it took. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<{ answer: T; took: number }> {
  const begun = Date.now()
  while (Date.now() - begun < 30_000) {
    const answer = await ask().catch(() => undefined)
    if (answer !== undefined) return { answer, took: Date.now() - begun }
    await new Promise((wake) => setTimeout(wake, 50))
  }
  throw new Error('It did not come to that.')
}

async function takeQuiz(origin: string): Promise<string> {
  const post = async (path: string, token?: string) => {
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
    return (await (await fetch(`${origin}${path}`, { method: 'POST', headers })).json()) as any
  }
  const { attempt, token } = await post('/v1/quizzes/devops-deep-dive/attempts')
  await post(`/v1/attempts/${attempt.id}/finish`, token)
  return attempt.id
}

function gradeOf(lms: string, attempt: string) {
  return eventually(async () => {
    const { grades } = (await (await fetch(`${lms}/grades`)).json()) as { grades: { attempt: string }[] }
    return grades.find((grade) => grade.attempt === attempt)
  })
}

describe('the LMS beside Answerkey', () => {
  for (const [name, script] of [
    ['Node', 'scripts/start-node.ts'],
    ['Workers', 'scripts/start.ts'],
  ] as const) {
    it(`shows a grade seconds after the finish, and after it was down the one that it missed, on ${name}`, async () => {
      const [port, lmsPort] = [await freePort(), await freePort()]
      const folder = mkdtempSync(join(tmpdir(), 'answerkey-lms-'))
      const [origin, lms] = [`http://localhost:${port}`, `http://localhost:${lmsPort}`]
      const answerkey = await startServer('node', [script, '--port', String(port)], {
        env: { DATA_DIR: folder, ADMIN_KEY, WEBHOOKS_ALLOW_LOOPBACK: 'true', PUBLIC_URL: '', DATABASE_URL: '' },
        ready: /Answerkey serves on/,
      })
      const startLms = () =>
        startServer('node', ['examples/lms/server.ts'], {
          env: { ANSWERKEY_URL: origin, ANSWERKEY_KEY: ADMIN_KEY, LMS_PORT: String(lmsPort), LMS_DATA: folder },
          ready: /The gradebook is on/,
        })
      let running = await startLms()
      try {
        const first = await takeQuiz(origin)
        const shown = await gradeOf(lms, first)
        expect(shown.answer).toMatchObject({ score: 0, maxScore: 28, passed: false, learner: null })
        expect(shown.took).toBeLessThan(5000)
        await running.stop()
        const second = await takeQuiz(origin)
        running = await startLms()
        const missed = await gradeOf(lms, second)
        expect(missed.took).toBeLessThan(5000)
        const { grades } = (await (await fetch(`${lms}/grades`)).json()) as { grades: { attempt: string }[] }
        expect(grades.map(({ attempt }) => attempt).toSorted()).toEqual([first, second].toSorted())
      } finally {
        await running.stop()
        await answerkey.stop()
      }
    }, 90_000)
  }

  it('is started by one command, which ends both', async () => {
    const [port, lmsPort] = [await freePort(), await freePort()]
    const folder = mkdtempSync(join(tmpdir(), 'answerkey-lms-'))
    const env = { ...process.env, DATA_DIR: folder, PORT: String(port), LMS_PORT: String(lmsPort), ADMIN_KEY }
    const child = spawn('node', ['examples/lms/start.ts'], {
      env: { ...env, PUBLIC_URL: '', DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    const ended = new Promise<number | null>((resolve) => void child.on('close', resolve))
    const [origin, lms] = [`http://localhost:${port}`, `http://localhost:${lmsPort}`]
    try {
      await eventually(async () => (output.includes(lms) && output.includes(origin) ? true : undefined))
      const { answer } = await gradeOf(lms, await takeQuiz(origin))
      expect(answer).toMatchObject({ maxScore: 28 })
      expect(existsSync(join(folder, 'gradebook', 'received.jsonl'))).toBe(true)
      child.kill('SIGINT')
      expect(await ended).toBe(0)
      await expect(fetch(origin)).rejects.toThrow('fetch failed')
      await expect(fetch(lms)).rejects.toThrow('fetch failed')
    } finally {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }
  }, 90_000)
})
