import { maxCharacters } from '../../grading/max-characters.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { NfcString } from '../../grading/text/nfc.ts'
import { SCOPES } from '../../services/_authorise.ts'
import { createKey } from '../../services/create-key.ts'
import { listKeys } from '../../services/list-keys.ts'
import { revokeKey } from '../../services/revoke-key.ts'
import { operation } from '../_http/operation.ts'
import { fromCursor, PageQuery, toCursor } from '../_http/paging.ts'
import * as v from 'valibot'

/** Bytes of a body: a name and a few scopes take far less. */
const MAX_BODY = 64_000

const Name = v.pipe(NfcString, v.minLength(1), maxCharacters(100))
const Scope = v.pipe(v.picklist(SCOPES), v.metadata({ ref: 'Scope' }))
const Time = v.pipe(v.string(), v.isoTimestamp())

const keyEntries = {
  id: v.string(),
  name: v.string(),
  scopes: v.array(Scope),
  createdAt: Time,
  createdBy: v.pipe(v.string(), v.description('The id of the key that made it, or `root`.')),
  revokedAt: v.nullable(Time),
}
const ApiKey = v.pipe(strictObject(keyEntries), v.metadata({ ref: 'ApiKey' }))
const CreatedApiKey = v.pipe(
  strictObject({
    ...keyEntries,
    secret: v.nullable(
      v.pipe(v.string(), v.description('What to send as the Bearer. Null where the request has made the key before.')),
    ),
  }),
  v.metadata({ ref: 'CreatedApiKey' }),
)

export const postKey = operation({
  id: 'createKey',
  method: 'POST',
  path: '/v1/keys',
  summary: 'Make an API key',
  description:
    'The secret is shown once, and cannot be had again: make another key where it was lost. A key can hand on only the ' +
    'scopes that it has itself.',
  tag: 'Keys',
  access: 'staff',
  scope: 'keys:write',
  headers: ['Idempotency-Key'],
  body: {
    schema: strictObject({
      name: Name,
      scopes: v.pipe(
        v.array(Scope),
        v.minLength(1),
        v.maxLength(SCOPES.length),
        v.description('At least one, each once.'),
      ),
    }),
    maxBytes: MAX_BODY,
  },
  replies: { 201: { description: 'The key.', schema: CreatedApiKey, headers: ['Location'] } },
  problems: [],
  async handle({ deps, actor, body, requestKey }) {
    const created = await createKey(deps, actor, { ...body, requestKey })
    return { status: 201, body: created, headers: { Location: `${deps.config.publicUrl}/v1/keys/${created.id}` } }
  },
})

export const getKeys = operation({
  id: 'listKeys',
  method: 'GET',
  path: '/v1/keys',
  summary: 'List the API keys, the oldest first',
  description: 'Revoked ones too. Secrets are not kept, so none is shown.',
  tag: 'Keys',
  access: 'staff',
  scope: 'keys:write',
  query: PageQuery,
  replies: {
    200: {
      description: 'A page of keys.',
      schema: strictObject({ keys: v.array(ApiKey), nextCursor: v.nullable(v.string()) }),
    },
  },
  problems: [],
  async handle({ deps, actor, query }) {
    const after = query.cursor === undefined ? '' : fromCursor(query.cursor)
    const { keys, next } = await listKeys(deps, actor, { limit: Number(query.limit), after })
    return { status: 200, body: { keys, nextCursor: next === null ? null : toCursor(next) } }
  },
})

export const deleteKey = operation({
  id: 'revokeKey',
  method: 'DELETE',
  path: '/v1/keys/{key}',
  summary: 'Revoke an API key',
  description: 'It takes effect on the next call that is made with it. Revoking again changes nothing.',
  tag: 'Keys',
  access: 'staff',
  scope: 'keys:write',
  headers: ['Idempotency-Key'],
  replies: { 204: { description: 'The key is revoked.', schema: null } },
  problems: ['not-found'],
  async handle({ deps, actor, params }) {
    await revokeKey(deps, actor, params['key']!)
    return { status: 204 }
  },
})
