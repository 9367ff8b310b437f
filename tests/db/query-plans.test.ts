import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type InArgs } from '@libsql/client'
import type { Query } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import * as accommodations from '../../src/db/accommodations.ts'
import * as answerKeys from '../../src/db/answer-keys.ts'
import * as apiKeys from '../../src/db/api-keys.ts'
import * as attemptEvents from '../../src/db/attempt-events.ts'
import * as attemptLists from '../../src/db/attempt-lists.ts'
import * as attempts from '../../src/db/attempts.ts'
import * as backlog from '../../src/db/backlog.ts'
import * as jobs from '../../src/db/jobs.ts'
import * as learners from '../../src/db/learners.ts'
import * as quizzes from '../../src/db/quizzes.ts'
import * as regradeChanges from '../../src/db/regrade-changes.ts'
import * as requestKeys from '../../src/db/request-keys.ts'
import * as revisions from '../../src/db/revisions.ts'
import * as sweep from '../../src/db/sweep.ts'
import * as webhookDeliveries from '../../src/db/webhook-deliveries.ts'
import * as webhookEndpoints from '../../src/db/webhook-endpoints.ts'
import { openNodeDatabase } from '../../src/hosts/node-database.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerkey-plans-'))
const { db } = await openNodeDatabase({ DATA_DIR: folder })
const client = createClient({ url: `file:${join(folder, 'answerkey.db')}` })

const event = { attempt: 'a', id: 'e', type: 'responded', at: 1, body: { responses: [] } } as const
const attempt = { id: 'a', quiz: 'q', revision: 'r', startedAt: 1, maxScore: 1 }
const page = { quiz: 'q', after: 'a', limit: 1 }
const guard = { revision: 'r', attemptsPerLearner: 2 }
const revision: Parameters<typeof revisions.insertRevision>[1] = {
  id: 'r',
  quiz: 'q',
  gradingVersion: 1,
  document: {} as never,
  summary: {} as never,
  publishedAt: 1,
  publishedBy: 'root',
  requestKey: null,
}

const apiKey = { id: 'key', hash: 'h', name: 'n', scopes: [], createdAt: 1, createdBy: 'root', requestKey: 'k' }

const job = {
  id: 'j',
  kind: 'regrade',
  quiz: 'q',
  request: { extension: {}, reason: 'r' },
  createdAt: 1,
  createdBy: 'root',
  requestKey: 'k',
} as const
const standing = { score: 1, maxScore: 1, passed: true }
const change = { job: 'j', attempt: 'a', before: standing, after: standing }
const rule = {
  quiz: 'q',
  factor: 1.5,
  extraSeconds: null,
  unlimited: false,
  extraAttempts: null,
  reason: 'r',
  setAt: 1,
  setBy: 'root',
}

const endpoint = {
  id: 'whk_1',
  url: 'https://lms.school.org',
  events: [],
  quizzes: null,
  description: '',
  headers: {},
  secret: 's',
  createdAt: 1,
  createdBy: 'root',
  requestKey: 'k',
}
const notice = { id: 'msg_a_1_finished', type: 'attempt.finished', quiz: 'q', body: '{}' }
const lease = { endpoint: 'whk_1', id: 'msg_1', leasedUntil: 2 }
const tried = { status: 'pending', tries: 1, due: 2, lastTriedAt: 1, lastStatus: '5xx', lastAnswer: '' } as const

/** Every function of src/db that makes a statement, with arguments for each way in which it does. */
const STATEMENTS: Record<string, readonly { toSQL(): Query }[]> = {
  selectAnswerKey: [answerKeys.selectAnswerKey(db, 'r')],
  insertAnswerKey: [answerKeys.insertAnswerKey(db, 'r', { questions: [] })],
  selectApiKeyByHash: [apiKeys.selectApiKeyByHash(db, 'h')],
  selectApiKey: [apiKeys.selectApiKey(db, 'key')],
  selectApiKeyByRequestKey: [apiKeys.selectApiKeyByRequestKey(db, 'k')],
  selectApiKeys: [apiKeys.selectApiKeys(db, { after: '', limit: 1 })],
  insertApiKey: [apiKeys.insertApiKey(db, apiKey)],
  revokeApiKey: [apiKeys.revokeApiKey(db, 'key', 1)],
  selectLog: [attemptEvents.selectLog(db, 'a')],
  appendEvent: [
    attemptEvents.appendEvent(db, event),
    attemptEvents.appendEvent(db, { ...event, type: 'finished', body: {}, onlyAfter: 3 }),
  ],
  insertLog: attemptEvents.insertLog(db, 'a', [{ ...event, seq: 1 }]),
  selectAttempt: [attempts.selectAttempt(db, 'a')],
  selectAttemptByRequestKey: [attempts.selectAttemptByRequestKey(db, 'k')],
  selectActiveAttempt: [attempts.selectActiveAttempt(db, 'q', 'l')],
  countAttempts: [attempts.countAttempts(db, 'q', 'l')],
  insertAttempt: [
    attempts.insertAttempt(db, attempt, guard),
    attempts.insertAttempt(db, { ...attempt, learnerId: 'l', requestKey: 'k' }, guard),
  ],
  markFinished: [attempts.markFinished(db, 'a')],
  settleAttempt: [
    attempts.settleAttempt(db, { id: 'a', seq: 1, finishedAt: 1, score: 1, maxScore: 1, passed: true, updatedAt: 1 }),
  ],
  unsettle: [attempts.unsettle(db, { attempt: 'a', event: 'e', at: 1 })],
  moveDue: [attempts.moveDue(db, { attempt: 'a', event: 'e', at: 1, due: 2 })],
  selectAttemptsAfter: [
    attempts.selectAttemptsAfter(db, { quiz: 'q', after: 'a', limit: 1 }),
    attempts.selectAttemptsAfter(db, { quiz: 'q', after: '', limit: 1, runningAt: 1 }),
  ],
  selectPinnedRevisions: [attempts.selectPinnedRevisions(db, 'q')],
  insertJob: [jobs.insertJob(db, job)],
  selectJob: [jobs.selectJob(db, 'j')],
  selectJobByRequestKey: [jobs.selectJobByRequestKey(db, 'k')],
  claimJob: [jobs.claimJob(db, { now: 1, until: 2 })],
  advanceJob: [
    jobs.advanceJob(db, { id: 'j', cursor: '' }, { cursor: 'a', progress: {}, finishedAt: null, leasedUntil: 1 }),
  ],
  releaseJob: [jobs.releaseJob(db, 'j')],
  insertChange: [
    regradeChanges.insertChange(db, change, { dryRun: true, seq: 1 }),
    regradeChanges.insertChange(db, change, { dryRun: false, seq: 1 }),
  ],
  selectChanges: [regradeChanges.selectChanges(db, { job: 'j', after: '', limit: 1 })],
  selectUnsettled: [attempts.selectUnsettled(db, 1, 1)],
  selectUnswept: [sweep.selectUnswept(db, { before: 'b', limit: 1 })],
  deleteUntouched: [sweep.deleteUntouched(db, { from: 'a', to: 'b' })],
  passAttempt: [sweep.passAttempt(db, 'a')],
  selectAttempts: [
    attemptLists.selectAttempts(db, { ...page, learner: 'l' }),
    attemptLists.selectAttempts(db, page),
    attemptLists.selectAttempts(db, { ...page, status: 'active', passed: true, updatedSince: 1 }),
    attemptLists.selectAttempts(db, { ...page, learner: 'l', status: 'finished', passed: false, updatedSince: 1 }),
  ],
  selectAttemptsByLearner: [attemptLists.selectAttemptsByLearner(db, page)],
  selectQuiz: [quizzes.selectQuiz(db, 'q')],
  selectSummary: [quizzes.selectSummary(db, 'q')],
  selectSummaries: [
    quizzes.selectSummaries(db, { after: '', limit: 1, all: true }),
    quizzes.selectSummaries(db, { after: 'q', limit: 1, all: false }),
  ],
  pointTo: [quizzes.pointTo(db, { quiz: 'q', revision: 'r', access: 'public' })],
  archive: [quizzes.archive(db, 'q', { at: 1, requestKey: 'k' })],
  bringBack: [quizzes.bringBack(db, { id: 'q', revision: 'r' })],
  selectNotedRequest: [requestKeys.selectNotedRequest(db, 'k')],
  selectNotedAttempt: [requestKeys.selectNotedAttempt(db, 'k')],
  selectNotedRevision: [requestKeys.selectNotedRevision(db, 'k')],
  noteStart: [requestKeys.noteStart(db, { key: 'k', digest: 'd' }, { quiz: 'q', learnerId: 'l', now: 1 })],
  notePublication: [requestKeys.notePublication(db, 'k', { id: 'q', revision: 'r' })],
  noteArchiving: [requestKeys.noteArchiving(db, 'k', 'q')],
  noteRequest: [requestKeys.noteRequest(db, { key: 'k', digest: 'd' }, 'l')],
  selectLiveSummary: [quizzes.selectLiveSummary(db, 'q')],
  selectRules: [accommodations.selectRules(db, 'l')],
  selectRulesFor: [accommodations.selectRulesFor(db, 'l', 'q')],
  selectRuledSummaries: [accommodations.selectRuledSummaries(db, 'l')],
  deleteRules: [accommodations.deleteRules(db, 'l', 'k')],
  eraseRules: [accommodations.eraseRules(db, 'l', null), accommodations.eraseRules(db, 'l', 1)],
  insertRules: [accommodations.insertRules(db, 'l', [rule], 'k')],
  selectAttemptsOf: [
    learners.selectAttemptsOf(db, 'l', { limit: 1 }),
    learners.selectAttemptsOf(db, 'l', { limit: 1, until: 1 }),
  ],
  selectAttemptsById: [learners.selectAttemptsById(db, ['a', 'b'])],
  selectLogs: [learners.selectLogs(db, ['a', 'b'])],
  selectNoteOf: [learners.selectNoteOf(db, 'l')],
  eraseAttempts: learners.eraseAttempts(db, ['a', 'b']),
  noteWebhookRequest: [
    requestKeys.noteWebhookRequest(db, { key: 'k', digest: 'd' }, { endpoint: 'w' }),
    requestKeys.noteWebhookRequest(db, { key: 'k', digest: null }, { endpoint: 'w', secret: 's' }),
  ],
  noteRedelivery: [requestKeys.noteRedelivery(db, { key: 'k', digest: 'd' }, { endpoint: 'w', id: 'm' })],
  noteReplay: [requestKeys.noteReplay(db, { key: 'k', digest: 'd' }, { endpoint: 'w', since: 1 })],
  eraseNotes: [learners.eraseNotes(db, ['l'])],
  noteErasure: [learners.noteErasure(db, 'k', { learner: 'l', note: 'n', now: 1 })],
  settleErasure: [learners.settleErasure(db, 'k')],
  countOpenAttempts: [backlog.countOpenAttempts(db, 'att_0')],
  selectOutboxState: [backlog.selectOutboxState(db)],
  selectReceiverState: [backlog.selectReceiverState(db)],
  selectAnyQuiz: [quizzes.selectAnyQuiz(db)],
  selectRevision: [revisions.selectRevision(db, 'r')],
  selectRevisionByRequestKey: [revisions.selectRevisionByRequestKey(db, 'k')],
  selectHistory: [revisions.selectHistory(db, { quiz: 'q', below: 9, limit: 1 })],
  insertDeliveries: [
    webhookDeliveries.insertDeliveries(db, notice, { now: 1, when: webhookDeliveries.isThere('a'), trace: null }),
    webhookDeliveries.insertDeliveries(db, notice, { now: 1, when: webhookDeliveries.isPublished('r'), trace: null }),
    webhookDeliveries.insertDeliveries(db, notice, {
      now: 1,
      when: webhookDeliveries.isToldUpTo('a', { announced: 0, seq: 1 }),
      trace: null,
    }),
  ],
  insertDelivery: [
    webhookDeliveries.insertDelivery(db, {
      endpoint: 'whk_1',
      id: 'msg_1',
      type: 'ping',
      body: '{}',
      createdAt: 1,
      trace: null,
    }),
  ],
  claimDeliveries: [webhookDeliveries.claimDeliveries(db, { endpoint: 'whk_1', now: 1, until: 2 })],
  selectTaken: [webhookDeliveries.selectTaken(db, { endpoint: 'whk_1', until: 2 })],
  recordTry: [webhookDeliveries.recordTry(db, lease, tried)],
  selectDeliveries: [
    webhookDeliveries.selectDeliveries(db, { endpoint: 'whk_1', after: '', limit: 1 }),
    webhookDeliveries.selectDeliveries(db, { endpoint: 'whk_1', after: 'msg_1', limit: 1, status: 'failed' }),
  ],
  selectDelivery: [webhookDeliveries.selectDelivery(db, 'whk_1', 'msg_1')],
  redeliver: [webhookDeliveries.redeliver(db, { endpoint: 'whk_1', id: 'msg_1', now: 1 })],
  replayDeliveries: [webhookDeliveries.replayDeliveries(db, { endpoint: 'whk_1', since: 1, now: 2 })],
  eraseDeliveries: [webhookDeliveries.eraseDeliveries(db, ['a', 'b'])],
  countDeliveries: [webhookDeliveries.countDeliveries(db, { endpoint: 'whk_1', since: 1 })],
  deleteDeliveries: [webhookDeliveries.deleteDeliveries(db, 'whk_1')],
  insertEndpoint: [webhookEndpoints.insertEndpoint(db, endpoint, 'k')],
  selectEndpoint: [webhookEndpoints.selectEndpoint(db, 'whk_1')],
  selectEndpoints: [webhookEndpoints.selectEndpoints(db, { after: '', limit: 1 })],
  updateEndpoint: [webhookEndpoints.updateEndpoint(db, 'whk_1', { url: 'https://lms.school.org' })],
  rotateSecret: [webhookEndpoints.rotateSecret(db, endpoint, { secret: 't', previousUntil: 2 })],
  deleteEndpoint: [webhookEndpoints.deleteEndpoint(db, 'whk_1')],
  selectDueEndpoints: [webhookEndpoints.selectDueEndpoints(db, 1)],
  markHealthy: [webhookEndpoints.markHealthy(db, 'whk_1', webhookDeliveries.isHeld(lease))],
  markFailing: [
    webhookEndpoints.markFailing(db, 'whk_1', {
      now: 1,
      disableAfter: 2,
      gone: false,
      when: webhookDeliveries.isHeld(lease),
    }),
  ],
  insertRevision: [revisions.insertRevision(db, revision, null), revisions.insertRevision(db, revision, 'r0')],
}

const NO_STATEMENT = new Set([
  'endsWith',
  'toEvent',
  'MAX_EVENTS',
  'MAX_LOG_SIZE',
  'ERASED',
  'isNew',
  'MAX_ENDPOINTS',
  'isThere',
  'isPublished',
  'isToldUpTo',
  'isHeld',
])

const SCANS: Record<string, string[]> = {
  // It takes the first row that comes.
  selectAnyQuiz: ['SCAN quizzes'],
  // The few revisions that a quiz's attempts are pinned to.
  selectPinnedRevisions: ['USE TEMP B-TREE FOR DISTINCT'],
  // Only jobs that are not done stand in this index, the oldest first; those that failed go behind the others.
  claimJob: ['SCAN job USING INDEX jobs_unfinished', 'USE TEMP B-TREE FOR ORDER BY'],
  // The rules to insert come as one parameter.
  insertRules: ['SCAN rule VIRTUAL TABLE INDEX 1:'],
  // There is no index on learners alone, which every start would pay for. Quizzes are few, and each is searched by index.
  selectAttemptsOf: ['SCAN quizzes'],
  noteErasure: ['SCAN quizzes'],
  // Endpoints are fifty at most. What each wants to hear is a list of its own.
  insertDeliveries: [
    'SCAN webhook_endpoints',
    'SCAN json_each VIRTUAL TABLE INDEX 1:',
    'SCAN json_each VIRTUAL TABLE INDEX 1:',
  ],
  eraseDeliveries: ['SCAN webhook_endpoints USING COVERING INDEX sqlite_autoindex_webhook_endpoints_1'],
  insertEndpoint: ['SCAN webhook_endpoints USING COVERING INDEX sqlite_autoindex_webhook_endpoints_1'],
  selectDueEndpoints: ['SCAN webhook_endpoints', 'USE TEMP B-TREE FOR ORDER BY'],
  selectOutboxState: ['SCAN webhook_endpoints'],
  selectReceiverState: ['SCAN webhook_endpoints'],
}

/** A subquery of one row at most, and an insert of values, are not scans of a table. */
const HARMLESS = /^SCAN (?:CONSTANT ROW|last|\(subquery-\d+\))/

async function planOf({ sql, params }: Query): Promise<string[]> {
  const { rows } = await client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args: params as InArgs })
  return rows.map((row) => row['detail'] as string)
}

/** What a statement of the table looks into, as a text. */
async function uses(name: string): Promise<string> {
  return (await planOf(STATEMENTS[name]![0]!.toSQL())).join('\n')
}

describe('a statement of src/db', () => {
  it('stands in this table, whichever it is', () => {
    const modules = [
      accommodations,
      answerKeys,
      apiKeys,
      attemptEvents,
      attemptLists,
      attempts,
      backlog,
      jobs,
      learners,
      quizzes,
      regradeChanges,
      requestKeys,
      revisions,
      sweep,
      webhookDeliveries,
      webhookEndpoints,
    ]
    const exported = modules.flatMap((module) => Object.keys(module)).filter((name) => !NO_STATEMENT.has(name))
    expect(Object.keys(STATEMENTS).toSorted()).toEqual(exported.toSorted())
  })

  for (const [name, statements] of Object.entries(STATEMENTS)) {
    for (const [index, statement] of statements.entries()) {
      it(`reads no whole table and sorts nothing: ${name} ${index + 1}`, async () => {
        const plan = await planOf(statement.toSQL())
        const costly = plan.filter((line) => /^SCAN|TEMP B-TREE/.test(line) && !HARMLESS.test(line))
        expect(costly).toEqual(SCANS[name] ?? [])
      })
    }
  }

  it('has a plan that would tell of a scan and of a sort', async () => {
    const plan = await planOf({ sql: 'SELECT id FROM attempts WHERE score > ? ORDER BY score', params: [1] })
    expect(plan.join('\n')).toMatch(/^SCAN attempts[^]*TEMP B-TREE/)
  })

  it('finds through the index that was made for it', async () => {
    expect(await uses('selectAttemptByRequestKey')).toContain('attempts_request_key')
    expect(await uses('selectActiveAttempt')).toContain('attempts_learner')
    expect(await uses('countAttempts')).toContain('attempts_learner')
    expect(await uses('selectAttempts')).toContain('attempts_learner (quiz=? AND learner_id=? AND id>?)')
    expect(await uses('selectAttemptsByLearner')).toContain('attempts_learner')
    expect(await uses('selectUnsettled')).toContain('attempts_unsettled')
    expect(await uses('selectUnswept')).toContain('attempts USING PRIMARY KEY (id>? AND id<?)')
    expect(await uses('deleteUntouched')).toContain('attempts USING PRIMARY KEY (id>? AND id<?)')
    expect(await uses('deleteUntouched')).toContain('attempt_events USING PRIMARY KEY (attempt=?)')
    expect(await uses('selectApiKeyByHash')).toContain('api_keys_hash')
    expect(await uses('selectApiKeyByRequestKey')).toContain('api_keys_request_key')
    expect(await uses('selectRevisionByRequestKey')).toContain('revisions_request_key')
    expect(await uses('selectHistory')).toContain('revisions_quiz_number')
    expect(await uses('selectAttemptsOf')).toContain('attempts_learner')
    expect(await uses('eraseNotes')).toContain('request_keys_subject')
    expect(await uses('claimDeliveries')).toContain('webhook_deliveries_due (endpoint=? AND due>? AND due<?)')
    expect(await uses('claimDeliveries')).toContain(
      'COVERING INDEX webhook_deliveries_due (endpoint=? AND due>? AND due<?)',
    )
    expect(await uses('selectDueEndpoints')).toContain('webhook_deliveries_due (endpoint=? AND due>? AND due<?)')
    expect(await uses('eraseDeliveries')).toContain('(endpoint=? AND id>? AND id<?)')
  })
})
