import type { Planted } from './plant.ts'

const leak = (name: string, file: string, find: string, replace: string): Planted => ({ name, file, find, replace })

/** Ways for what is secret to show before its time: the comparison of sessions must find each. */
export const LEAKS: readonly Planted[] = [
  leak(
    'a shuffle starts from the author’s order',
    'src/grading/order.ts',
    'const sorted = entries.toSorted(byId)',
    'const sorted = [...entries]',
  ),
  leak('a draw starts from the author’s order', 'src/grading/draw.ts', '.toSorted(byId)', ''),
  leak(
    'options with feedback are served first',
    'src/content/split.ts',
    'entries.map((entry) => ({ id: entry.id, text: renderMarkdown(entry.text) })),',
    'entries.toSorted((a, b) => Number(!a.feedback) - Number(!b.feedback)).map((entry) => ({ id: entry.id, text: renderMarkdown(entry.text) })),',
  ),
  leak(
    'the id of a revision is a hash of its document',
    'src/services/publish-quiz.ts',
    "const id = randomId(deps, 'rev')",
    "const id = `rev_${(await hashRequestKey({ caller: '', route: '', key: JSON.stringify(quiz) })).slice(0, 22)}`",
  ),
  leak(
    'a status says the verdict',
    'src/grading/results.ts',
    "return released.verdict ? shown.verdict : 'answered'",
    'return shown.verdict',
  ),
  leak(
    'how many hints there are is told as tries',
    'src/grading/results.ts',
    'tries: question.tries.length,\n      triesLeft: question.triesLeft,',
    'tries: question.tries.length,\n      triesLeft: question.grader.key?.hints.length ?? null,',
  ),
  leak(
    'an explanation comes before its question is closed',
    'src/grading/release.ts',
    "explanation: shows('explanation') && question.closed",
    "explanation: shows('explanation')",
  ),
  leak(
    'feedback on every option comes before the close',
    'src/grading/results.ts',
    'released.allFeedback || revealed.has(option)',
    'released.allFeedback || option !== null',
  ),
  leak(
    'feedback says which answer of the key was met',
    'src/grading/results.ts',
    'released.allFeedback && matched.has(path)',
    'matched.has(path)',
  ),
  leak(
    'what is told at the close is told at the end',
    'src/grading/release.ts',
    'return closed ? review.closed : review.finished',
    'return closed ? review.closed : [...review.finished, ...review.closed]',
  ),
  leak(
    'a 422 says whether the first answer is in the key',
    'src/services/submit-responses.ts',
    'checkResponses(revision.quiz, input.attempt, input.responses)',
    `try {
    checkResponses(revision.quiz, input.attempt, input.responses)
  } catch (error) {
    const given = JSON.stringify(Object.values(Object(input.responses[0]?.response) as object)[0] ?? 0)
    const known = JSON.stringify(revision.answerKey.questions.map(({ key }) => key)).includes(given)
    throw known ? new AnswerkeyError('invalid-input', 'Something is not valid.') : error
  }`,
  ),
  leak(
    'the token says the score',
    'src/services/_attempt-view.ts',
    "const score = releasesTotal(attempt, 'learner') ?",
    'const score = outcome.finished || true ?',
  ),
  leak(
    'passed is told though nothing is',
    'src/services/_attempt-view.ts',
    'passed: total && finished ?',
    'passed: finished ?',
  ),
  leak(
    'a receipt comes though the total is not told',
    'src/services/_attempt-view.ts',
    'if (!outcome.finished || !releasesTotal(attempt, viewer)) return null',
    'if (!outcome.finished) return null',
  ),
  leak(
    'how certainty did is told though nothing is',
    'src/grading/release.ts',
    "(reviewed.outcome.finished !== null && reviewOf(reviewed).includes('verdict'))",
    'reviewed.outcome.finished !== null',
  ),
  leak(
    'a right answer is refused when it is changed',
    'src/grading/tally.ts',
    "if (over) return { ...came, try: null, refused: 'attempt-finished' }",
    "if (over || this.#tries.at(-1)?.verdict === 'correct') return { ...came, try: null, refused: 'attempt-finished' }",
  ),
  leak(
    'a duplicate is whatever earns nothing, like the one before',
    'src/grading/tally.ts',
    'if (!this.#counted) this.#repeatable.clear()',
    "if (made.verdict === 'incorrect') return { ...came, try: made, duplicate: true }\n    if (!this.#counted) this.#repeatable.clear()",
  ),
  leak(
    'a right answer costs a round trip more',
    'src/services/submit-responses.ts',
    'const results = resultsOf(attempt, responses',
    `if (attempt.outcome.questions.some(({ tries }) => tries.at(-1)?.verdict === 'correct')) await deps.db.batch([selectAttempt(deps.db, input.attempt)])
  const results = resultsOf(attempt, responses`,
  ),
  leak(
    'the log says how many were right',
    'src/services/submit-responses.ts',
    'const results = resultsOf(attempt, responses',
    `deps.log({ level: 'info', message: String(attempt.outcome.questions.filter(({ tries }) => tries.at(-1)?.verdict === 'correct').length) } as never)
  const results = resultsOf(attempt, responses`,
  ),
  leak(
    'a long key costs a round trip more',
    'src/services/_graded-revision.ts',
    'answerKeys.set(id, keyRow.document)',
    `answerKeys.set(id, keyRow.document)
  if (JSON.stringify(keyRow.document).length > 3000) await deps.db.batch([selectRevision(deps.db, id)])`,
  ),
]
