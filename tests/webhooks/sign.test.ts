import { describe, expect, it } from 'vitest'
import { Webhook } from 'standardwebhooks'
import { newSecret, signedHeaders } from '../../src/webhooks/sign.ts'
import { seededBytes } from '../support/seeded-bytes.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

describe('a signature', () => {
  it('is that of the published example', () => {
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' }
    expect(signedHeaders(message, [SECRET], 1_614_265_330_999)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('comes once a secret, and whoever has one of them accepts it', () => {
    const secrets = [newSecret(seededBytes(1)), newSecret(seededBytes(2))]
    const body = '{"name":"Zoë 🙂"}'
    const headers = signedHeaders({ id: 'msg_1', body }, secrets, Date.now())
    expect(headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/)
    for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual({ name: 'Zoë 🙂' })
    for (const wrong of [newSecret(seededBytes(3)), SECRET]) {
      expect(() => new Webhook(wrong).verify(body, headers)).toThrow('No matching signature found')
    }
    expect(() => new Webhook(secrets[0]!).verify(`${body} `, headers)).toThrow('No matching signature found')
    expect(() => new Webhook(secrets[0]!).verify(body, { ...headers, 'webhook-id': 'msg_2' })).toThrow(
      'No matching signature found',
    )
  })
})

describe('a secret', () => {
  it('is 24 random bytes in base64 after whsec_', () => {
    const secret = newSecret(() => Uint8Array.from({ length: 24 }, (_, index) => 255 - index))
    expect(secret).toBe('whsec_//79/Pv6+fj39vX08/Lx8O/u7ezr6uno')
  })
})
