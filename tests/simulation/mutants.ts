import type { Planted } from '../support/planted/plant.ts'

/** Ways to lose, double or tell what must not be: the simulation must find each. */
export const MUTANTS: readonly Planted[] = [
  {
    name: 'an outbox outside the batch',
    file: 'src/services/settle-attempt.ts',
    find: `    const [first, ...rest] = [...outbox, settle(deps.db, settled)]
    const results = await deps.db.batch(repeatable([first, ...rest]))
`,
    replace: `    const results: any[] = await deps.db.batch([settle(deps.db, settled)])
    for (const notice of await noticesOf(deps, attempt)) {
      await deps.db.batch([
        insertDeliveries(deps.db, notice, { now: settled.updatedAt, when: 1 as any, trace: deps.trace.traceparent }),
      ])
    }
`,
  },
  {
    name: 'a delivery that is taken and not kept from others',
    file: 'src/db/webhook-deliveries.ts',
    find: '.set({ due: until, leasedUntil: until })',
    replace: '.set({ leasedUntil: until })',
  },
  {
    name: 'a lost lease that still speaks',
    file: 'src/db/webhook-deliveries.ts',
    find: '        eq(webhookDeliveries.leasedUntil, leasedUntil),\n',
    replace: '',
  },
  {
    name: 'a try counted twice',
    file: 'src/grading/tally.ts',
    find: 'if (repeated) return',
    replace: 'if (repeated && over) return',
  },
  {
    name: 'a try more than the policy gives',
    file: 'src/grading/tally.ts',
    find: 'this.#accepted.length >= tries)',
    replace: 'this.#accepted.length > tries)',
  },
  {
    name: 'an explanation too early',
    file: 'src/grading/release.ts',
    find: "explanation: shows('explanation') && question.closed",
    replace: "explanation: shows('explanation')",
  },
  {
    name: 'a score in the token too early',
    file: 'src/services/_attempt-view.ts',
    find: "const score = releasesTotal(attempt, 'learner') ?",
    replace: 'const score = outcome.questions.length > 0 ?',
  },
  {
    name: 'a key in a 422',
    file: 'src/services/submit-responses.ts',
    find: '  checkResponses(revision.quiz, input.attempt, input.responses)\n',
    replace: `  try {
    checkResponses(revision.quiz, input.attempt, input.responses)
  } catch (error: any) {
    throw new AnswerkeyError(error.code, 'Expected ' + JSON.stringify(revision.answerKey.questions), error)
  }
`,
  },
  {
    name: 'a path in the log',
    file: 'src/routes/_http/observe-request.ts',
    find: '    method,\n    route,\n    status,\n    durationMs',
    replace: '    method,\n    route: new URL(request.url).pathname,\n    status,\n    durationMs',
  },
  {
    name: 'a clock from the client',
    file: 'src/routes/_http/run-operation.ts',
    find: 'return op.handle({ deps, actor,',
    replace: `const sentAt = Date.parse(request.headers.get('Date') ?? '')
  return op.handle({ deps: { ...deps, now: () => sentAt || deps.now() }, actor,`,
  },
  {
    name: 'a refused response revived by a regrade',
    file: 'src/grading/replay.ts',
    find: '      if (rule) tally.regrade(rule, graderOf(tally.question, target, map))\n',
    replace: `      if (!rule) continue
      tally.regrade(rule, graderOf(tally.question, target, map))
      for (const { event } of this.#events.values()) {
        if (event.type !== 'responded') continue
        for (const sent of event.body.responses) if (sent.question === tally.question.id) tally.take(sent, false)
      }
`,
  },
  {
    name: 'a question that a regrade opens again',
    file: 'src/grading/tally.ts',
    find: 'target: Grader | null): void {\n    this.#shut ||= this.#closed()\n',
    replace: 'target: Grader | null): void {\n',
  },
  {
    name: 'an unaliased join',
    file: 'src/db/learners.ts',
    find: '      ...getTableColumns(attempts),\n',
    replace: '      of: quizzes.id,\n      ...getTableColumns(attempts),\n',
  },
  {
    name: 'an Idempotency-Key ignored',
    file: 'src/services/submit-responses.ts',
    find: "input.requestKey ? await hashRequestKey(input.requestKey) : randomId(deps, 'evt')",
    replace: "randomId(deps, 'evt')",
  },
  {
    name: 'an Idempotency-Key of staff ignored',
    file: 'src/services/_staff-event.ts',
    find: "requestKey ? await hashRequestKey(requestKey) : randomId(deps, 'evt')",
    replace: "randomId(deps, 'evt')",
  },
  {
    name: 'a cap on attempts that is not guarded',
    file: 'src/db/attempts.ts',
    find: '< ${guard.attemptsPerLearner})`',
    replace: '< 1000)`',
  },
  {
    name: 'two active attempts',
    file: 'src/db/attempts.ts',
    find: 'AND learner_id IS NOT NULL AND finished_at IS NULL)\n',
    replace: 'AND learner_id IS NOT NULL AND finished_at IS NULL AND 0)\n',
  },
  {
    name: 'time that goes back',
    file: 'src/db/attempt-events.ts',
    find: 'max(${event.at}, coalesce(last.at, ${attempts.startedAt}))',
    replace: '${event.at}',
  },
  {
    name: 'a score of a log that has grown',
    file: 'src/db/attempts.ts',
    find: 'isNotNull(attempts.finishedAt), sql`${lastSeq} = ${seq}`)',
    replace: 'isNotNull(attempts.finishedAt))',
  },
  {
    name: 'a word of staff on what has changed',
    file: 'src/services/_staff-event.ts',
    find: 'attempt: id, onlyAfter: outcome.seq }',
    replace: 'attempt: id }',
  },
  {
    name: 'an end that overtakes an extension',
    file: 'src/services/settle-attempt.ts',
    find: 'appendFinished(deps, attempt.row.id, attempt.outcome.seq)',
    replace: 'appendFinished(deps, attempt.row.id)',
  },
  {
    name: 'responses after the end of time',
    file: 'src/grading/replay.ts',
    find: 'this.#finished !== null || this.#isLate(event.at)',
    replace: 'this.#finished !== null',
  },
  {
    name: 'a row that is not settled again',
    file: 'src/services/_staff-event.ts',
    find: '      : unsettle(db, place),',
    replace: '      : selectAttempt(db, id),',
  },
  {
    name: 'deliveries about an erased learner',
    file: 'src/services/erase-learner.ts',
    find: '[eraseDeliveries(db, ids), ...eraseAttempts(db, ids)]',
    replace: '[...eraseAttempts(db, ids)]',
  },
  {
    name: 'a regrade that forgets what comes after a failure',
    file: 'src/services/run-jobs.ts',
    find: '      const done = await runPage(deps, job, Math.min(PAGE, left))\n',
    replace: `      const done = await runPage(deps, job, Math.min(PAGE, left)).catch(async () => {
        await deps.db.batch([advanceJob(deps.db, job!, { ...job!, finishedAt: deps.now(), leasedUntil: 0 })])
        return { attempts: 1, job: null }
      })
`,
  },
]
