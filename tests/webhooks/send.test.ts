import { describe, expect, it } from 'vitest'
import { type Fetch, send } from '../../src/webhooks/send.ts'

const SHIPMENT = { url: 'https://lms.school.org/hooks', headers: { 'webhook-id': 'msg_1' }, body: '{}' }
const sendTo = (fetch: Fetch, signal: AbortSignal = new AbortController().signal) => send(fetch, SHIPMENT, signal)
const failed = (status: 'timeout' | 'unreachable') => ({ status, code: null, answer: null, retryAfter: null })

/** A body that gives what the list says, chunk by chunk, and then does as it is told. */
function stream(chunks: readonly Uint8Array[], end: 'close' | 'error' | 'hang' | 'hang in cancel') {
  const state = { pulled: 0, canceled: false }
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[state.pulled++]
        if (chunk) return controller.enqueue(chunk)
        if (end === 'close') return controller.close()
        if (end === 'error') return controller.error(new Error('reset'))
        return new Promise<void>(() => undefined)
      },
      cancel() {
        state.canceled = true
        return end === 'hang in cancel' ? new Promise<void>(() => undefined) : undefined
      },
    },
    { highWaterMark: 0 },
  )
  return { body, state }
}

const bytes = (text: string) => new TextEncoder().encode(text)

describe('what is sent', () => {
  it('is the body as it is, without following redirects', async () => {
    const calls: unknown[] = []
    const signal = new AbortController().signal
    await sendTo(async (...call) => {
      calls.push(call)
      return new Response('')
    }, signal)
    const init = { method: 'POST', headers: SHIPMENT.headers, body: '{}', redirect: 'manual', signal }
    expect(calls).toEqual([[SHIPMENT.url, init]])
  })
})

describe('an answer', () => {
  it('is told by the class of its status: 2xx alone is a success', async () => {
    for (const [code, status] of [
      [200, '2xx'],
      [204, '2xx'],
      [299, '2xx'],
      [300, '3xx'],
      [301, '3xx'],
      [304, '3xx'],
      [308, '3xx'],
      [400, '4xx'],
      [410, '4xx'],
      [429, '4xx'],
      [500, '5xx'],
      [599, '5xx'],
    ] as const) {
      const answered = await sendTo(async () => new Response(null, { status: code }))
      expect(answered).toEqual({ status, code, answer: '', retryAfter: null })
    }
    // A redirect that is not followed is opaque where fetch is that of browsers.
    expect(await sendTo(async () => Response.error())).toMatchObject({ status: '3xx', code: 0 })
  })

  it('is kept up to a thousand bytes, whole characters alone', async () => {
    const kept = async (text: string) => (await sendTo(async () => new Response(text))).answer
    expect(await kept('x'.repeat(1000))).toBe('x'.repeat(1000))
    expect(await kept('x'.repeat(1001))).toBe('x'.repeat(1000))
    expect(await kept(`xx${'🙂'.repeat(300)}`)).toBe(`xx${'🙂'.repeat(249)}`)
    const { body } = stream(
      [...bytes('Zoë 🙂')].map((byte) => Uint8Array.of(byte)),
      'close',
    )
    expect((await sendTo(async () => new Response(body))).answer).toBe('Zoë 🙂')
    expect((await sendTo(async () => new Response(Uint8Array.of(0x61, 0xff, 0x62)))).answer).toBe('a\ufffdb')
    expect(await kept('a\0b')).toBe('a\ufffdb')
  })

  it('of ten megabytes is read up to 64 kB', async () => {
    const chunk = new Uint8Array(16_000).fill(0x61)
    const { body, state } = stream(
      Array.from({ length: 640 }, () => chunk),
      'close',
    )
    const answered = await sendTo(async () => new Response(body))
    expect(answered).toMatchObject({ status: '2xx', answer: 'a'.repeat(1000) })
    expect(state).toEqual({ pulled: 4, canceled: true })
  })

  it('that breaks off after its status has been given', async () => {
    const { body } = stream([bytes('so far')], 'error')
    expect(await sendTo(async () => new Response(body))).toMatchObject({ status: '2xx', answer: 'so far' })
  })

  it('that drips is read until time is up, and its status counts', async () => {
    for (const end of ['hang', 'hang in cancel'] as const) {
      const controller = new AbortController()
      const { body, state } = stream([bytes('drip '), bytes('drop')], end)
      const sending = sendTo(async () => new Response(body, { status: 503 }), controller.signal)
      while (state.pulled < 3) await Promise.resolve()
      controller.abort()
      expect(await sending).toMatchObject({ status: '5xx', code: 503, answer: 'drip drop' })
    }
  })
})

describe('no answer', () => {
  it('is a timeout when time is up, whether the connection heeds it or not', async () => {
    for (const heeds of [true, false]) {
      const controller = new AbortController()
      const sending = sendTo(
        (_, { signal }) =>
          new Promise((_resolve, reject) => {
            if (heeds) signal!.addEventListener('abort', () => reject(new Error('aborted')))
          }),
        controller.signal,
      )
      controller.abort()
      expect(await sending).toEqual(failed('timeout'))
    }
    expect(await sendTo(() => new Promise(() => undefined), AbortSignal.abort())).toEqual(failed('timeout'))
  })

  it('is one and the same whatever else went wrong', async () => {
    const reasons: Fetch[] = [
      async () => {
        throw new TypeError('connect ECONNREFUSED 127.0.0.1:1')
      },
      async () => {
        throw new Error('certificate has expired')
      },
      async () => {
        throw 'a text'
      },
      () => {
        throw new Error('at once')
      },
      async () => undefined as never,
      async () => new Response('', { status: 200, headers: { 'no good': 'name' } }),
    ]
    for (const reason of reasons) expect(await sendTo(reason)).toEqual(failed('unreachable'))
  })
})
