import { strictObject } from '../../grading/strict-object.ts'
import { checkReadiness } from '../../services/check-readiness.ts'
import { operation } from '../_http/operation.ts'
import * as v from 'valibot'

const Status = strictObject({ status: v.literal('ok') })

export const getHealth = operation({
  id: 'readHealth',
  method: 'GET',
  path: '/healthz',
  summary: 'Whether the process answers',
  tag: 'Service',
  access: 'open',
  isUnlimited: true,
  replies: { 200: { description: 'It does.', schema: Status } },
  problems: [],
  handle: () => ({ status: 200, body: { status: 'ok' } }),
})

export const getReadiness = operation({
  id: 'readReadiness',
  method: 'GET',
  path: '/readyz',
  summary: 'Whether quizzes can be taken',
  description: 'Touches the database. A first start is not ready until its bank is published.',
  tag: 'Service',
  access: 'open',
  isUnlimited: true,
  replies: { 200: { description: 'They can.', schema: Status } },
  problems: ['unavailable'],
  async handle({ deps }) {
    await checkReadiness(deps)
    return { status: 200, body: { status: 'ok' } }
  },
})

export const getVersion = operation({
  id: 'readVersion',
  method: 'GET',
  path: '/version',
  summary: 'The commit that runs',
  tag: 'Service',
  access: 'open',
  isUnlimited: true,
  replies: { 200: { description: 'Its SHA.', schema: strictObject({ version: v.string() }) } },
  problems: [],
  handle: ({ deps }) => ({ status: 200, body: { version: deps.config.gitSha } }),
})

const PublicJwk = strictObject({
  kty: v.string(),
  crv: v.string(),
  x: v.string(),
  y: v.string(),
  kid: v.string(),
  use: v.literal('sig'),
  alg: v.literal('ES256'),
})

export const getJwks = operation({
  id: 'readJwks',
  method: 'GET',
  path: '/.well-known/jwks.json',
  summary: 'The public keys that verify tokens and receipts',
  description: 'A JWK Set (RFC 7517). A retired key stays, for receipts that it signed.',
  tag: 'Service',
  access: 'open',
  isUnlimited: true,
  replies: { 200: { description: 'The keys.', schema: strictObject({ keys: v.array(PublicJwk) }) } },
  problems: [],
  handle: ({ deps }) => ({ status: 200, body: deps.keys.jwks, headers: { 'Cache-Control': 'public, max-age=300' } }),
})
