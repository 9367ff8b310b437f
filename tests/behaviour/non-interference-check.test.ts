import { beforeAll, describe, expect, it } from 'vitest'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import type { SigningJwks } from '../../src/tokens/key-set.ts'
import { begin, end, lookAround, respond, resume, untilTheEnd } from '../support/play.ts'
import type { Json } from '../support/quiz-document.ts'
import { type Exchange, firstDifference, record, type Session, type Transcript } from '../support/transcript.ts'
import { SILENT, twins } from '../support/twins.ts'

/** That the test of non-interference can fail: what it compares is worth comparing, and no difference escapes it. */

let signingKeys: SigningJwks

beforeAll(async () => {
  signingKeys = await generateKeys()
})

async function look(session: Session): Promise<void> {
  await lookAround(session)
  const playing = await begin(session)
  await resume(playing)
}

async function answerOnce(session: Session): Promise<void> {
  await respond(await begin(session), [{ question: 'single', response: { choice: 'b' } }])
}

/** What is different between two documents that are played alike. */
async function difference(one: Json, other: Json, play = look): Promise<string | null> {
  return firstDifference(await record(one, signingKeys, play), await record(other, signingKeys, play))
}

describe('the comparison', () => {
  it('is of answers of every kind', async () => {
    const { exchanges } = await record(twins(SILENT)[0]!, signingKeys, async (session) =>
      end(await untilTheEnd(session)),
    )
    const statuses = [200, 201, 304, 400, 401, 403, 404, 405, 409, 415, 422]
    expect(new Set(exchanges.map(({ status }) => status))).toEqual(new Set(statuses))
    const saved = exchanges.filter(({ request, status }) => request.endsWith('/responses') && status === 200)
    expect(saved.length).toBeGreaterThan(12)
  })

  it('finds nothing where there is nothing', async () => {
    const [document] = twins({})
    expect(await difference(document!, document!)).toBeNull()
  })

  it('notices a difference of one character in what is public', async () => {
    const [document] = twins({})
    expect(await difference(document!, { ...document, title: 'Twinz' })).toContain('Twinz')
  })

  it('notices the order of options that are not shuffled', async () => {
    const [document] = twins({})
    const questions = document!['questions'] as Json[]
    const turned = questions.map((question) =>
      question['id'] === 'fixed' ? { ...question, options: (question['options'] as Json[]).toReversed() } : question,
    )
    expect(await difference(document!, { ...document, questions: turned })).not.toBeNull()
  })

  it('notices a verdict', async () => {
    const [one, other] = twins({ review: { during: ['verdict'], finished: [], closed: [] } })
    expect(await difference(one!, other!, answerOnce)).toContain(String.raw`"status\":\"correct`)
  })

  it('notices what is planted into a status, a header, a body, a token, a round trip, the log, or one exchange more', async () => {
    const [document] = twins({})
    const original = await record(document!, signingKeys, look)
    const last = original.exchanges.length - 1
    const changed = (change: (exchange: Exchange) => Partial<Exchange>): Transcript => ({
      ...original,
      exchanges: original.exchanges.map((exchange, index) =>
        index === last ? { ...exchange, ...change(exchange) } : exchange,
      ),
    })
    const planted = [
      changed(() => ({ status: 203 })),
      changed(({ headers }) => ({ headers: [...headers, ['x-hint', 'b']] })),
      changed(({ body }) => ({ body: `${body} ` })),
      changed(({ body }) => ({ body: body.replace('"answered":0', '"answered":1') })),
      changed(({ trips }) => ({ trips: trips + 1 })),
      { ...original, log: `${original.log} ` },
      { ...original, exchanges: [...original.exchanges, original.exchanges[last]!] },
      { ...original, exchanges: original.exchanges.slice(0, last) },
    ]
    for (const transcript of planted) expect(firstDifference(original, transcript)).not.toBeNull()
    expect(original.exchanges[last]!.body).toContain('<jwt {"alg":"ES256"')
  })
})
