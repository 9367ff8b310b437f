import { Agent, request } from 'undici'

/** What a process of clients is asked to do. */
export interface Load {
  readonly scenario: keyof typeof SCENARIOS
  readonly origin: string
  readonly quiz: string
  readonly clients: number
  /** Requests that are timed, of all clients together. */
  readonly requests: number
  /** Requests a second at which they are sent, however fast answers come; without it each client sends one after the other. */
  readonly rate?: number
  readonly etag?: string
}

/** Seconds for all of them, and the milliseconds of each. */
export interface Measured {
  readonly seconds: number
  readonly milliseconds: readonly number[]
}

type Send = () => Promise<unknown>
/** Prepares one client; what it gives sends the next request of that client each time. */
type Scenario = (load: Load, share: number) => Promise<Send>

const agent = new Agent({ connections: 256, pipelining: 1 })
const QUESTIONS = 18
const responseTo = (number: number) => ({ question: `q${number % QUESTIONS}`, response: { choice: 'a' } })

const SCENARIOS = {
  /** One response of an attempt after the other: each is graded. */
  respond: async (load, share) => {
    const started = await Promise.all(Array.from({ length: Math.ceil(share / QUESTIONS) }, () => start(load)))
    let given = 0
    return async () => {
      const own = started[Math.floor(given / QUESTIONS)]!
      const body = { responses: [responseTo(given++)] }
      own.token = (await post(`${load.origin}/v1/attempts/${own.id}/responses`, body, own.token)).token
    }
  },
  finish: async (load, share) => {
    const started = await Promise.all(Array.from({ length: share }, () => start(load)))
    return () => {
      const { id, token } = started.pop()!
      return post(`${load.origin}/v1/attempts/${id}/finish`, {}, token)
    }
  },
  start: async (load) => () => start(load),
  submit: async ({ origin, quiz }) => {
    const responses = Array.from({ length: QUESTIONS }, (_, number) => responseTo(number))
    return () => post(`${origin}/v1/quizzes/${quiz}/submissions`, { responses })
  },
  questions: async ({ origin, quiz, etag }) => {
    const headers = etag ? { 'If-None-Match': etag } : {}
    return async () => {
      const answer = await request(`${origin}/v1/quizzes/${quiz}/questions`, { dispatcher: agent, headers })
      if (answer.statusCode !== (etag ? 304 : 200)) throw new Error(`questions: ${answer.statusCode}`)
      await answer.body.text()
    }
  },
} satisfies Record<string, Scenario>

interface Started {
  readonly id: string
  token: string
}

async function start({ origin, quiz }: Load): Promise<Started> {
  const { attempt, token } = await post(`${origin}/v1/quizzes/${quiz}/attempts`, {})
  return { id: attempt.id, token }
}

async function post(url: string, body: object, token?: string) {
  const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) }
  const answer = await request(url, { dispatcher: agent, method: 'POST', headers, body: JSON.stringify(body) })
  const text = await answer.body.text()
  if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.statusCode} ${text}`)
  return JSON.parse(text) as { token: string; attempt: { id: string } }
}

async function run(load: Load): Promise<Measured> {
  const share = Math.ceil(load.requests / load.clients)
  const sends: Send[] = await Promise.all(
    Array.from({ length: load.clients }, () => SCENARIOS[load.scenario](load, share)),
  )
  const milliseconds: number[] = []
  const timed = async (send: Send, due = performance.now()) => {
    await send()
    milliseconds.push(performance.now() - due)
  }
  const began = performance.now()
  const client = async (send: Send, index: number) => {
    for (let sent = 0; sent < share; sent++) {
      if (load.rate === undefined) {
        await timed(send)
        continue
      }
      // What comes late counts from when it was to be sent: a server that stalls is not asked less for it.
      const due = began + ((sent * load.clients + index) * 1000) / load.rate
      const wait = due - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      await timed(send, due)
    }
  }
  await Promise.all(sends.map(client))
  return { seconds: (performance.now() - began) / 1000, milliseconds }
}

process.on('message', (load: Load) => void run(load).then((measured) => process.send?.(measured)))
