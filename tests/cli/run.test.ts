import { terminal } from './terminal.ts'
import { describe, expect, it } from 'vitest'

describe('a command that is not understood exits with 2 and says how it is used', () => {
  const misused: [argv: string, says: string][] = [
    ['', 'Usage: answerkey <command>'],
    ['destroy', 'There is no such command.'],
    ['keys', 'keys generate'],
    ['keys burn', 'keys retire'],
    ['check', 'Usage: answerkey check <folder…>'],
    ['check questions --verbose', "Unknown option '--verbose'."],
    ['check questions --json=yes', 'Usage: answerkey check'],
    ['publish', 'Usage: answerkey publish'],
    ['publish questions --url', 'Usage: answerkey publish'],
    ['keys generate more', 'Usage: answerkey keys generate'],
    ['keys retire', 'Usage: answerkey keys retire <kid>'],
    ['webhooks', 'webhooks listen'],
    ['webhooks listen', 'Usage: answerkey webhooks listen'],
    ['webhooks listen --secret secret', '--secret or WEBHOOK_SECRET'],
    ['webhooks listen --secret whsec_AAAAAAAAAAAAAAAAAAAAAAAA --port http', '--port'],
    ['webhooks listen --secret whsec_AAAAAAAAAAAAAAAAAAAAAAAA --port 65536', '--port'],
    ['webhooks listen now', 'takes no arguments'],
    ['keys retire a b', 'Usage: answerkey keys retire <kid>'],
  ]
  for (const [argv, says] of misused) {
    it(`answerkey ${argv}`, async () => {
      const { code, stdout, stderr } = await terminal(argv.split(' ').filter(Boolean))
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain(says)
    })
  }
})

describe('help is printed where it is asked for', () => {
  const asked: [argv: string, says: string][] = [
    ['--help', 'keys retire'],
    ['-h', 'publish'],
    ['keys --help', 'keys generate'],
    ['check --help', '--strict'],
    ['publish -h', 'ANSWERKEY_URL'],
    ['keys generate --help', '--existing-from-stdin'],
    ['webhooks listen --help', 'WEBHOOKS_ALLOW_LOOPBACK'],
    ['keys retire --help', 'Usage: answerkey keys retire <kid>'],
  ]
  for (const [argv, says] of asked) {
    it(`answerkey ${argv}`, async () => {
      const { code, stdout, stderr } = await terminal(argv.split(' '))
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain(says)
    })
  }
})
