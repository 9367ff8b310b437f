import { generateKeys } from '../../tokens/generate-keys.ts'
import { type Command, isSet, UsageError } from '../command.ts'
import { EXIT } from '../io.ts'
import { formatSigningKeys, readSigningKeys } from '../signing-keys.ts'

export const keysGenerate: Command = {
  name: 'keys generate',
  usage: '[--existing-from-stdin]',
  summary: 'Prints a private JWKS for SIGNING_KEYS.',
  help: [
    '  --existing-from-stdin  reads the keys that there are, and puts a new one before them: it signs from now on, and',
    '                         the others go on verifying',
    '',
    'What it prints is a secret: send it to where secrets are kept, not to a log.',
  ].join('\n'),
  options: { 'existing-from-stdin': { type: 'boolean' } },
  async run(args, io) {
    if (args.positionals.length > 0) throw new UsageError('This command takes no arguments.')
    const existing = isSet(args, 'existing-from-stdin') ? await readSigningKeys(io) : undefined
    io.stdout(formatSigningKeys(await generateKeys(existing)))
    return EXIT.ok
  },
}
