import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import type { Grade, Gradebook } from './gradebook.ts'
import { gradebookPage } from './page.ts'

export interface Lms {
  readonly gradebook: Gradebook
  /** Where Answerkey is: the issuer of its receipts, and its public keys. */
  readonly issuer: string
  readonly keys: JWTVerifyGetKey
  readonly secret: string
}

interface Event {
  readonly type: string
  readonly data: Grade & { readonly receipt: string }
}

export function createLms({ gradebook, issuer, keys, secret }: Lms): Hono {
  const app = new Hono()
  app.get('/', (c) => gradebookPage(c, gradebook.grades()))
  app.get('/grades', (c) => c.json({ grades: gradebook.grades() }))
  app.post('/webhooks', bodyLimit({ maxSize: 64_000 }), async (c) => {
    // The bytes as they came: parsed and written again they would have another signature.
    const body = await c.req.text()
    const { type, data } = new Webhook(secret).verify(body, c.req.header()) as Event
    const id = c.req.header('webhook-id')!
    if (type.startsWith('attempt.') && !gradebook.has(id)) {
      const { attempt, quiz, learner, score, maxScore, passed, final, finishedAt, seq } = await readReceipt(data)
      const grade = { attempt, quiz, learner, score, maxScore, passed, final, finishedAt, seq }
      gradebook.add({ id, at: new Date().toISOString(), grade })
    }
    return c.body(null, 204)
  })
  app.onError((error, c) => {
    if (error instanceof WebhookVerificationError) return c.text('The signature is not valid.\n', 401)
    if (error instanceof errors.JOSEError) return c.text('The receipt is not valid.\n', 422)
    // Anything else is our own fault: it comes again.
    console.error(error)
    return c.text('Try again.\n', 500)
  })

  /** The signature says that it came from Answerkey; the receipt can be shown to others, long after. */
  async function readReceipt({ receipt, attempt, seq, score }: Event['data']): Promise<Grade> {
    const options = { issuer, audience: issuer, typ: 'receipt+jwt', algorithms: ['ES256'] }
    const { payload } = await jwtVerify<Grade>(receipt, keys, options)
    if (payload.attempt === attempt && payload.seq === seq && payload.score === score) return payload
    throw new errors.JWTInvalid('The receipt is of something else.')
  }

  return app
}
