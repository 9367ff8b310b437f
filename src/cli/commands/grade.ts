import { byPlace } from '../../bank/finding.ts'
import { readSingleQuestion } from '../../bank/read-single-question.ts'
import { type Args, CliError, type Command, isSet, textOf, UsageError } from '../command.ts'
import { formatFinding } from '../findings.ts'
import { comparison, formatComparison, formatGrading, gradeResponse } from '../grading.ts'
import { EXIT, type Io } from '../io.ts'
import { loadFile } from '../load-quizzes.ts'
import { readResponse } from '../read-response.ts'

export const grade: Command = {
  name: 'grade',
  usage: "<question.md> --response '…' [--compare] [--json]",
  summary: 'Says what a response to a question earns, and why.',
  help: [
    'A response is written as it is sent, in JSON, or like a sample of the file, in YAML:',
    '',
    '  answerkey grade 05-restart.md --response \'{"choices":["o5b2a41c90e","o17ce0b3d4f"]}\'',
    "  answerkey grade 05-restart.md --response 'choose: [1, 3]' --compare",
    '',
    '  --response  the response; - reads it from the standard input',
    '  --compare   shows what it earns under every scoring method that fits the question',
    '  --json      prints the result as JSON',
  ].join('\n'),
  options: { response: { type: 'string' }, compare: { type: 'boolean' }, json: { type: 'boolean' } },
  async run(args, io) {
    const written = textOf(args, 'response')
    if (written === undefined) throw new UsageError('Which response? --response is missing.')
    const { content, quiz, question } = await load(args, io)
    const response = readResponse(written === '-' ? await io.readStdin() : written, question, content)
    const grading = gradeResponse(quiz, question, response)
    const compared = isSet(args, 'compare') ? comparison(question, response) : null
    if (isSet(args, 'json')) {
      io.stdout(`${JSON.stringify({ ...grading, ...(compared && { methods: compared }) }, null, 2)}\n`)
    } else {
      io.stdout(formatGrading(grading))
      if (compared) io.stdout(`\n${formatComparison(compared)}`)
    }
    return EXIT.ok
  },
}

/** Reads the question. What is wrong with it is said as `check` says it. */
async function load({ positionals }: Args, io: Io) {
  const [path, another] = positionals
  if (path === undefined || another !== undefined) throw new UsageError('Which question? Name one file.')
  const { content, findings, quiz } = await readSingleQuestion(await loadFile(path, io.cwd))
  const question = quiz?.questions[0]
  if (!content || !quiz || !question) {
    throw new CliError(findings.toSorted(byPlace).map(formatFinding).join('').trimEnd())
  }
  return { content, quiz, question }
}
