import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import type { Answer, CallOptions } from '../support/client.ts'
import { removeAttempt } from '../support/empty-database.ts'
import { createHost, PUBLIC_URL, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { decodeJwt, forge, forgeFrom, turnBit } from '../support/jwt.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'

let host: TestHost
let quiz: string

beforeAll(async () => {
  host = await createHost()
  quiz = await publish(host, quizDocument({ policy: { feedback: 'deferred' } }))
})

const save = { responses: [{ question: 'single', response: { choice: 'a' } }] }

/** What a token is for, with any token. */
async function everyUse(run: Run, token: string, releases: CallOptions['releases'] = []): Promise<Answer[]> {
  const options = { token, releases }
  return [
    await host.client.call('GET', `/v1/attempts/${run.id}`, options),
    await host.client.call('HEAD', `/v1/attempts/${run.id}`, options),
    await host.client.call('POST', `/v1/attempts/${run.id}/responses`, { ...options, body: save }),
    await host.client.call('POST', `/v1/attempts/${run.id}/finish`, options),
  ]
}

/** What a token comes to in every use, and what is left of the attempt. */
async function trying(run: Run, token: string) {
  const answers = await everyUse(run, token)
  const { attempt } = (await run.resume()).body
  return {
    answers: answers.map(({ status, headers, body }) => [
      status,
      headers.get('WWW-Authenticate'),
      body?.detail ?? null,
    ]),
    attempt: [attempt.status, attempt.answeredCount],
  }
}

/** Which check failed is nobody's business. The answer to a HEAD has no body. */
const refusal = [401, 'Bearer', 'The token or key is not valid here.']
const REFUSED = { answers: [refusal, [401, 'Bearer', null], refusal, refusal], attempt: ['active', 0] }

/** The claims and header of a token, signed in another way. */
function signOtherwise(token: string, alg: string, key: Parameters<SignJWT['sign']>[0]): Promise<string> {
  const { header, payload } = decodeJwt(token)
  return new SignJWT(payload).setProtectedHeader({ ...header, alg }).sign(key)
}

async function withGeneratedKey(token: string, alg: string): Promise<string> {
  return signOtherwise(token, alg, (await generateKeyPair(alg)).privateKey)
}

describe('a token that is signed in another way', () => {
  it.each(['ES256', 'ES384', 'RS256', 'PS256'])('with a stranger’s key for %s is refused', async (alg) => {
    const run = await start(host, quiz)
    expect(await trying(run, await withGeneratedKey(run.token, alg))).toEqual(REFUSED)
  })

  it('with the public key as a shared secret is refused', async () => {
    const run = await start(host, quiz)
    const { x, y } = host.signingKeys.keys[0]!
    const published = (await host.client.call('GET', '/.well-known/jwks.json')).text
    for (const secret of [published, JSON.stringify(host.deps.keys.jwks.keys[0]), `${x}${y}`]) {
      expect(await trying(run, await signOtherwise(run.token, 'HS256', new TextEncoder().encode(secret)))).toEqual(
        REFUSED,
      )
    }
  })

  it('not at all is refused', async () => {
    const run = await start(host, quiz)
    const { payload } = decodeJwt(run.token)
    expect(await trying(run, new UnsecuredJWT(payload).encode())).toEqual(REFUSED)
    expect(await trying(run, run.token.replace(/[^.]*$/, ''))).toEqual(REFUSED)
    expect(
      await trying(
        run,
        `${btoa(JSON.stringify({ alg: 'none', typ: 'progress+jwt' })).replaceAll('=', '')}.${run.token.split('.')[1]}.`,
      ),
    ).toEqual(REFUSED)
  })

  it('with a key that the token brings along is refused', async () => {
    const run = await start(host, quiz)
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const { payload } = decodeJwt(run.token)
    const jwk = await exportJWK(publicKey)
    const brought = new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ: 'progress+jwt', jwk })
    expect(await trying(run, await brought.sign(privateKey))).toEqual(REFUSED)
  })

  it('under an unknown name of its key, or none, is refused', async () => {
    const run = await start(host, quiz)
    for (const kid of ['another', '', undefined]) {
      expect(await trying(run, await forgeFrom(run.token, host.signingKeys, {}, { kid }))).toEqual(REFUSED)
    }
  })

  it('with a stranger’s key is refused as any other, expired or not', async () => {
    const run = await start(host, quiz)
    const stranger = (await createHost()).signingKeys
    expect(await trying(run, await forgeFrom(run.token, stranger, { exp: START / 1000 - 1 }))).toEqual(REFUSED)
  })
})

describe('a token of ours', () => {
  it.each([
    { name: 'another type', header: { typ: 'receipt+jwt' }, change: {} },
    { name: 'the general type', header: { typ: 'JWT' }, change: {} },
    { name: 'no type', header: { typ: undefined }, change: {} },
    { name: 'another issuer', header: {}, change: { iss: 'https://other.example' } },
    { name: 'an issuer with a slash', header: {}, change: { iss: `${PUBLIC_URL}/` } },
    { name: 'another audience', header: {}, change: { aud: 'https://other.example' } },
    { name: 'a time before which it is not valid', header: {}, change: { nbf: START / 1000 + 60 } },
    { name: 'an end that is no number', header: {}, change: { exp: 'never' } },
    { name: 'an attempt that is no text', header: {}, change: { sub: { id: 'x' } } },
  ])('with $name is refused', async ({ header, change }) => {
    const run = await start(host, quiz)
    expect(await trying(run, await forgeFrom(run.token, host.signingKeys, change, header))).toEqual(REFUSED)
  })

  it.each(['iss', 'aud', 'sub', 'quiz', 'rev', 'iat', 'exp', 'jti'])(
    'without the claim %s is refused',
    async (claim) => {
      const run = await start(host, quiz)
      expect(await trying(run, await forgeFrom(run.token, host.signingKeys, { [claim]: undefined }))).toEqual(REFUSED)
    },
  )

  it.each([
    { name: 'header', part: 0, bit: 90 },
    { name: 'payload', part: 1, bit: 333 },
    { name: 'signature', part: 2, bit: 511 },
  ] as const)('with one bit of its $name turned is refused', async ({ part, bit }) => {
    const run = await start(host, quiz)
    expect(await trying(run, turnBit(run.token, part, bit))).toEqual(REFUSED)
  })

  it('is accepted when it is signed again as it was: the refusals above are of what was changed', async () => {
    const run = await start(host, quiz)
    const answers = await everyUse(run, await forgeFrom(run.token, host.signingKeys, {}), ['single'])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })

  it('that is a receipt is refused', async () => {
    const silent = await start(host, await publish(host))
    const { receipt } = (await silent.finish()).body
    expect(await trying(await start(host, quiz), receipt)).toEqual(REFUSED)
  })
})

describe('what is no token', () => {
  it.each(['x', 'a.b.c', `${'a'.repeat(8000)}.b.c`, '..', 'null'])('is refused: %.20s', async (token) => {
    expect(await trying(await start(host, quiz), token)).toEqual(REFUSED)
  })

  it.each(['', 'Bearer', 'Bearer ', 'Basic cm9vdDpyb290', 'Token x', 'Bearer a b', `Bearer ${'a'.repeat(9000)}`])(
    'as a header is refused: %.20s',
    async (Authorization) => {
      const run = await start(host, quiz)
      const answer = await run.resume({ token: null, headers: { Authorization } })
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer')
    },
  )
})

/** A body without the id of its request. */
const anonymous = ({ body }: Answer) => ({ ...body, instance: null })

describe('another attempt', () => {
  it('is as absent as one that never was', async () => {
    const [mine, other] = [await start(host, quiz), await start(host, quiz)]
    const absent = { ...other, id: `${other.id.slice(0, -4)}AAAA` }
    const theirs = await everyUse(other, mine.token)
    const nobodys = await everyUse(absent, mine.token)
    expect(theirs.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect(theirs.map(anonymous)).toEqual(nobodys.map(anonymous))
    expect((await other.resume()).body.attempt).toMatchObject({ status: 'active', answeredCount: 0 })
  })

  it('of another quiz is as absent, whatever is sent', async () => {
    const [mine, other] = [await start(host, quiz), await start(host, await publish(host))]
    const body = { responses: [{ question: 'nothing', response: {} }] }
    const answers = [other.id, 'att_never'].map((id) =>
      host.client.call('POST', `/v1/attempts/${id}/responses`, { token: mine.token, body }),
    )
    const [theirs, nobodys] = (await Promise.all(answers)).map(anonymous)
    expect(theirs).toEqual(nobodys)
  })

  it('that is gone leaves a token that opens nothing, and says no more than that', async () => {
    const gone = await start(host, quiz)
    await gone.respond('single', { choice: 'b' })
    await removeAttempt(host.deps.db, gone.id)
    const [mine, ...rest] = await everyUse(gone, gone.token)
    expect([mine, ...rest].map((answer) => answer!.status)).toEqual([404, 404, 404, 404])
    const stranger = await start(host, quiz)
    expect(anonymous(mine!)).toEqual(anonymous((await everyUse(gone, stranger.token))[0]!))
  })

  it('and a revision that never were are absent, even for a token that is signed', async () => {
    const run = await start(host, quiz)
    const { payload } = decodeJwt(run.token)
    for (const change of [{ sub: 'att_never' }, { sub: 'att_never', rev: 'rev_never' }]) {
      const token = await forge(host.signingKeys, { ...payload, ...change })
      const answers = await everyUse({ ...run, id: 'att_never' }, token)
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    }
  })
})

describe('a token and an API key', () => {
  it('do not stand in for each other', async () => {
    const run = await start(host, quiz)
    const [, , responses, finish] = await everyUse(run, ROOT_KEY, 'everything')
    expect([responses!, finish!].map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'forbidden'],
      [403, 'forbidden'],
    ])
    const staffCalls: [string, string, Json?][] = [
      ['PUT', `/v1/quizzes/${quiz}`, quizDocument()],
      ['DELETE', `/v1/quizzes/${quiz}`],
      ['GET', `/v1/quizzes/${quiz}/revisions`],
      ['GET', `/v1/quizzes/${quiz}/revisions/${run.started.body.attempt.revision}`],
    ]
    const publicCalls: [string, string, Json?][] = [
      ['GET', '/v1/quizzes'],
      ['GET', `/v1/quizzes/${quiz}`],
      ['GET', `/v1/quizzes/${quiz}/questions`],
      ['POST', `/v1/quizzes/${quiz}/attempts`],
      ['POST', `/v1/quizzes/${quiz}/submissions`, save],
    ]
    for (const [method, path, body] of [...staffCalls, ...publicCalls]) {
      const answer = await host.client.call(method, path, { token: run.token, ...(body && { body }) })
      expect(answer, `${method} ${path}`).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer')
    }
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`)).status).toBe(200)
  })
})
