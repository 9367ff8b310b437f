import { type Args, type Command, textOf, UsageError } from '../command.ts'
import { countErrors, formatFinding, formatSummary } from '../findings.ts'
import { EXIT, type Io } from '../io.ts'
import { loadQuizzes } from '../load-quizzes.ts'
import { putQuiz, type Target } from '../put-quiz.ts'

export const publish: Command = {
  name: 'publish',
  usage: '<folder…> --url <origin> --key <API key> [--if-match <revision>]',
  summary: 'Checks quiz folders, and publishes them.',
  help: [
    '  --url       where Answerkey runs, or the environment variable ANSWERKEY_URL',
    '  --key       an API key that may write quizzes, or the environment variable ADMIN_KEY',
    '  --if-match  publishes one quiz only over this revision',
    '',
    'Errors of a check stop it before anything is sent; warnings do not.',
  ].join('\n'),
  options: { url: { type: 'string' }, key: { type: 'string' }, 'if-match': { type: 'string' } },
  async run(args, io) {
    if (args.positionals.length === 0) throw new UsageError('Which folder?')
    const target = parseTarget(args, io)
    const quizzes = await loadQuizzes(args.positionals, io.cwd)
    if (target.ifMatch !== null && quizzes.length > 1) {
      throw new UsageError(`--if-match is for one quiz, and these are ${quizzes.length}.`)
    }
    const findings = quizzes.flatMap((quiz) => quiz.findings)
    if (countErrors(findings) > 0) {
      const errors = findings.filter(({ severity }) => severity === 'error')
      io.stderr(errors.map(formatFinding).join('') + formatSummary(quizzes, findings))
      return EXIT.failed
    }
    let failed = false
    for (const quiz of quizzes) {
      const answer = await putQuiz(quiz, target, io.fetch)
      if (answer.ok) {
        io.stdout(`${quiz.id}: ${answer.message}\n`)
      } else {
        io.stderr(`${answer.findings.map(formatFinding).join('')}${quiz.id}: ${answer.message}\n`)
        failed = true
      }
    }
    return failed ? EXIT.failed : EXIT.ok
  },
}

function parseTarget(args: Args, { env }: Io): Target {
  const url = textOf(args, 'url') ?? env['ANSWERKEY_URL'] ?? ''
  const key = textOf(args, 'key') ?? env['ADMIN_KEY'] ?? ''
  const ifMatch = textOf(args, 'if-match') ?? null
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol) || parsed.pathname !== '/') {
    throw new UsageError('Where to? --url or ANSWERKEY_URL is an origin such as https://quiz.example.com.')
  }
  // What a header cannot carry would come back in an error of fetch, which people paste into tickets.
  if (!/^[\u0021-\u007e]+$/.test(key)) {
    throw new UsageError('Who publishes? --key or ADMIN_KEY is an API key, in visible ASCII characters.')
  }
  if (ifMatch !== null && !/^"?[\w-]+"?$/.test(ifMatch)) throw new UsageError('--if-match is the id of a revision.')
  return { origin: parsed.origin, key, ifMatch }
}
