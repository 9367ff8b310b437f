import { type Command, isSet, UsageError } from '../command.ts'
import { countErrors, formatFinding, formatSummary } from '../findings.ts'
import { EXIT } from '../io.ts'
import { formatGuessing, guessingRows } from '../guessing.ts'
import { loadQuizzes } from '../load-quizzes.ts'

export const check: Command = {
  name: 'check',
  usage: '<folder…> [--strict] [--guessing] [--json]',
  summary: 'Says what is wrong with quiz folders, by file and line.',
  help: [
    'A folder has a quiz.yaml, or has folders that do.',
    '',
    '  --strict    warnings fail, too',
    '  --guessing  says what each question earns who leaves it blank, selects everything, or guesses',
    '  --json      prints the findings as a JSON array of { path, line, severity, code, message }; with --guessing',
    '              { findings, guessing: [{ quiz, question, points, method, blank, everything, guessing }] }',
    '',
    'Exits with 0 when there are no errors, with 1 when there are, and with 2 when it was called wrongly.',
  ].join('\n'),
  options: { strict: { type: 'boolean' }, guessing: { type: 'boolean' }, json: { type: 'boolean' } },
  async run(args, io) {
    if (args.positionals.length === 0) throw new UsageError('Which folder?')
    const quizzes = await loadQuizzes(args.positionals, io.cwd)
    const findings = quizzes.flatMap((quiz) => quiz.findings)
    const guessing = isSet(args, 'guessing') ? quizzes.flatMap(guessingRows) : null
    if (isSet(args, 'json')) {
      io.stdout(`${JSON.stringify(guessing ? { findings, guessing } : findings, null, 2)}\n`)
    } else {
      io.stdout(findings.map(formatFinding).join('') + formatSummary(quizzes, findings))
      if (guessing) io.stdout(`\n${formatGuessing(guessing)}`)
    }
    const failures = isSet(args, 'strict') ? findings.length : countErrors(findings)
    return failures > 0 ? EXIT.failed : EXIT.ok
  },
}
