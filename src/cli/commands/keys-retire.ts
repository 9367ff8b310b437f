import { retireKey } from '../../tokens/generate-keys.ts'
import { CliError, type Command, UsageError } from '../command.ts'
import { EXIT } from '../io.ts'
import { formatSigningKeys, readSigningKeys } from '../signing-keys.ts'

export const keysRetire: Command = {
  name: 'keys retire',
  usage: '<kid>',
  summary: 'Takes the private part from a key of the JWKS on the standard input.',
  help: 'Receipts that it signed can still be verified; progress tokens that it signed are refused.',
  options: {},
  async run({ positionals }, io) {
    const [kid, more] = positionals
    if (kid === undefined || more !== undefined) throw new UsageError('Which key? Name its "kid".')
    const jwks = await readSigningKeys(io)
    const index = jwks.keys.findIndex((key) => key.kid === kid)
    if (index < 0) throw new CliError('No key on the standard input has this "kid".')
    if (index === 0) {
      throw new CliError('The first key signs: put a new one before it with "answerkey keys generate" first.')
    }
    io.stdout(formatSigningKeys(retireKey(jwks, kid)))
    return EXIT.ok
  },
}
