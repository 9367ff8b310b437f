import { type Command, CliError, UsageError } from './command.ts'
import { check } from './commands/check.ts'
import { grade } from './commands/grade.ts'
import { keysGenerate } from './commands/keys-generate.ts'
import { keysRetire } from './commands/keys-retire.ts'
import { publish } from './commands/publish.ts'
import { webhooksListen } from './commands/webhooks-listen.ts'
import { commandHelp, overview } from './help.ts'
import { EXIT, type Io } from './io.ts'
import { parseArgs } from 'node:util'

const COMMANDS: readonly Command[] = [check, grade, publish, keysGenerate, keysRetire, webhooksListen]

/** Runs `answerkey` with the arguments behind its name, and gives the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const command = findCommand(argv)
  if (command === undefined) return withoutCommand(argv, io)
  const rest = argv.slice(command.name.split(' ').length)
  try {
    const args = parse(command, rest)
    if (args.values['help'] === true) {
      io.stdout(commandHelp(command))
      return EXIT.ok
    }
    return await command.run(args, io)
  } catch (error) {
    if (error instanceof UsageError) {
      io.stderr(`${error.message}\nUsage: answerkey ${command.name} ${command.usage}\n`)
      return EXIT.usage
    }
    if (!(error instanceof CliError)) throw error
    io.stderr(`${error.message}\n`)
    return EXIT.failed
  }
}

function findCommand(argv: readonly string[]): Command | undefined {
  return COMMANDS.find(({ name }) => name.split(' ').every((word, index) => argv[index] === word))
}

function withoutCommand([first, ...rest]: readonly string[], io: Io): number {
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${first} `))
  const shown = group.length > 0 ? group : COMMANDS
  if (asksForHelp(first) || (group.length > 0 && asksForHelp(rest[0]))) {
    io.stdout(overview(shown))
    return EXIT.ok
  }
  if (first !== undefined && group.length === 0) io.stderr('There is no such command.\n')
  io.stderr(overview(shown))
  return EXIT.usage
}

function asksForHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h'
}

function parse(command: Command, args: string[]) {
  try {
    return parseArgs({
      args,
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? firstSentence(error.message) : 'The arguments are not valid.')
  }
}

/** Node's messages go on with advice for the programmer. */
function firstSentence(message: string): string {
  return `${message.split(/\. |\n/)[0]?.replace(/\.$/, '')}.`
}
