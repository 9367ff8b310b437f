import type { Planted } from './plant.ts'

const fault = (name: string, file: string, find: string, replace: string): Planted => ({ name, file, find, replace })

/** Ways to break with the description: the fuzzing must find each. */
export const CONTRACT_FAULTS: readonly (Planted & { readonly operations: string })[] = [
  {
    ...fault(
      'JSON is not looked at closely',
      'src/routes/_http/read-json.ts',
      'const flaw = scanJson(text)',
      'const flaw = scanJson(`${text.length}`)',
    ),
    operations: 'createKey,startAttempt',
  },
  {
    ...fault(
      'a key may do whatever it likes',
      'src/services/_authorise.ts',
      "if (actor.kind !== 'staff' || hasScope(actor, scope)) return",
      'if (actor !== null || hasScope(actor, scope)) return',
    ),
    operations: 'listAttempts,readAttempt',
  },
  {
    ...fault(
      'any token opens any attempt',
      'src/services/_folded-attempt.ts',
      'if (actor.attempt !== attempt) throw notFound()',
      'if (actor.attempt === null) throw notFound()',
    ),
    operations: 'readAttempt,submitResponses',
  },
  {
    ...fault(
      'a status is another than the documented one',
      'src/routes/quizzes/regrades.ts',
      'return { status: 202',
      'return { status: 201',
    ),
    operations: 'regradeQuiz',
  },
  {
    ...fault(
      'a replay to nobody is noted',
      'src/db/request-keys.ts',
      '.select(sql`SELECT ${key}, ${count}, ${digest} FROM ${webhookEndpoints} WHERE ${webhookEndpoints.id} = ${endpoint}`)',
      '.select(sql`SELECT ${key}, ${count}, ${digest} WHERE ${endpoint} = ${endpoint}`)',
    ),
    operations: 'replayDeliveries',
  },
  {
    ...fault(
      'any media type will do',
      'src/routes/_http/read-json.ts',
      'missing ? !rule.optional : !isJson(',
      "missing ? !rule.optional : 'no' === String(",
    ),
    operations: 'createKey',
  },
  {
    ...fault(
      'an odd key for retries is a failure of the server',
      'src/routes/_http/request-key.ts',
      "throw new AnswerkeyError('invalid-input', 'The Idempotency-Key header is not valid.', {",
      "throw Object.assign(new Error('Odd'), {",
    ),
    operations: 'createKey',
  },
  {
    ...fault(
      'a name of a key may be longer than it says',
      'src/routes/keys/api-keys.ts',
      'maxCharacters(100)',
      'maxCharacters(200)',
    ),
    operations: 'createKey',
  },
  {
    ...fault(
      'unknown parameters are overlooked',
      'src/routes/_http/run-operation.ts',
      'const parsed = parse(schema, Object.fromEntries(url.searchParams))',
      "const parsed = parse(schema, Object.fromEntries([...url.searchParams].filter(([name]) => name !== 'extra')))",
    ),
    operations: 'listKeys',
  },
  {
    ...fault(
      'a code is another than the documented ones',
      'src/services/_current-quiz.ts',
      "return new AnswerkeyError('not-found', ",
      "return new AnswerkeyError('quiz-closed', ",
    ),
    operations: 'readQuiz',
  },
  {
    ...fault(
      'an answer has a member that nobody documents',
      'src/services/_deliveries.ts',
      '    id,\n    type,\n    createdAt: toTime',
      '    ...({ extra: 1 } as object),\n    id,\n    type,\n    createdAt: toTime',
    ),
    operations: 'listDeliveries',
  },
  {
    ...fault(
      'nobody is taken in',
      'src/services/change-webhook.ts',
      'if (!row) throw notFound()\n  const done',
      'if (row) throw notFound()\n  const done',
    ),
    operations: 'updateWebhook',
  },
]
