import { type Args, type Command, isSet, textOf, UsageError } from '../command.ts'
import { EXIT, type Io } from '../io.ts'
import { startReceiver } from '../receiver.ts'

const PORT = '8788'

export const webhooksListen: Command = {
  name: 'webhooks listen',
  usage: '--secret <whsec_…> [--port <number>] [--json]',
  summary: 'Receives webhooks on this machine, verifies them, and prints them.',
  help: [
    '  --secret  that of the webhook, or the environment variable WEBHOOK_SECRET, which other users do not see',
    `  --port    where to listen on localhost: ${PORT}`,
    '  --json    prints one line of JSON a delivery: { id, timestamp, again, body }',
    '',
    'Answers 204 to what is signed by the secret, and 401 to anything else. An Answerkey that sends to it runs with',
    'WEBHOOKS_ALLOW_LOOPBACK=true. Ctrl-C stops.',
  ].join('\n'),
  options: { secret: { type: 'string' }, port: { type: 'string' }, json: { type: 'boolean' } },
  async run(args, io) {
    if (args.positionals.length > 0) throw new UsageError('This command takes no arguments.')
    const [secret, port] = [parseSecret(args, io), parsePort(args)]
    const print = isSet(args, 'json') ? printLine : printText
    const receiver = await startReceiver(
      { secret, port },
      {
        received: (delivery) => io.stdout(print(delivery)),
        refused: (reason) => io.stderr(`Refused: ${reason}\n`),
      },
    )
    io.stderr(`Listening on http://localhost:${receiver.port}/\n`)
    await io.interrupted()
    await receiver.stop()
    return EXIT.ok
  },
}

function parseSecret(args: Args, { env }: Io): string {
  const secret = textOf(args, 'secret') ?? env['WEBHOOK_SECRET'] ?? ''
  if (/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(secret)) return secret
  throw new UsageError('Signed by what? --secret or WEBHOOK_SECRET is the secret of a webhook: whsec_ and base64.')
}

function parsePort(args: Args): number {
  const port = textOf(args, 'port') ?? PORT
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port)
  throw new UsageError('--port is a number from 0 to 65535.')
}

interface Printed {
  readonly id: string
  readonly timestamp: string
  /** Whether something with this id was here before. */
  readonly again: boolean
  readonly body: unknown
}

function printLine({ id, timestamp, again, body }: Printed): string {
  return `${visible(JSON.stringify({ id, timestamp, again, body }))}\n`
}

function printText({ id, again, body }: Printed): string {
  return `${visible(`${id}${again ? ' again' : ''} ${JSON.stringify(body, null, 2)}`)}\n`
}

/** Names of learners are in it, and a terminal obeys control characters: JSON escapes the lower ones alone. */
function visible(text: string): string {
  return text.replace(
    /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
