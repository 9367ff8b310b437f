import { parseSigningKeys } from '../../src/config.ts'
import { importKeySet } from '../../src/tokens/key-set.ts'
import { terminal } from './terminal.ts'
import { describe, expect, it } from 'vitest'

async function generated(stdin?: string): Promise<string> {
  const argv = ['keys', 'generate', ...(stdin === undefined ? [] : ['--existing-from-stdin'])]
  const { code, stdout, stderr } = await terminal(argv, { stdin: stdin ?? '' })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

describe('answerkey keys', () => {
  it('generates one line that the servers take for SIGNING_KEYS', async () => {
    const line = await generated()
    expect(line).toMatch(/^[^\n]+\n$/)
    const keySet = await importKeySet(parseSigningKeys(line.trim()))
    expect(keySet.jwks.keys).toHaveLength(1)
  })

  it('puts a new key before the ones there are, which stay as they were', async () => {
    const [old] = parseSigningKeys(await generated()).keys
    const rotated = parseSigningKeys(await generated(JSON.stringify({ keys: [old] })))
    expect(rotated.keys).toHaveLength(2)
    expect(rotated.keys[0]?.kid).not.toBe(old?.kid)
    expect(rotated.keys[1]).toEqual(old)
  })

  it('retires a key by taking its private part, and nothing else', async () => {
    const { keys } = parseSigningKeys(await generated(await generated()))
    const [first, second] = keys
    const { code, stdout } = await terminal(['keys', 'retire', second!.kid], { stdin: JSON.stringify({ keys }) })
    expect(code).toBe(0)
    const { d: _private, ...publicPart } = second!
    expect(JSON.parse(stdout)).toEqual({ keys: [first, publicPart] })
  })
})

describe('answerkey keys exits with 1, and repeats nothing of its input', () => {
  it('when the signing key is to be retired', async () => {
    const stdin = await generated()
    const [key] = parseSigningKeys(stdin).keys
    const { code, stdout, stderr } = await terminal(['keys', 'retire', key!.kid], { stdin })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('The first key signs')
    expect(stderr).not.toContain(key?.d)
  })

  it('when no key has the name', async () => {
    const { code, stderr } = await terminal(['keys', 'retire', 'other'], { stdin: await generated() })
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'No key on the standard input has this "kid".\n' })
  })

  const inputs = ['', 'secret', '{}', '{"keys":[]}', '{"keys":[{"kty":"EC","d":"secret"}]}']
  for (const stdin of inputs) {
    it(`when the standard input is ${stdin || 'empty'}`, async () => {
      const results = await Promise.all([
        terminal(['keys', 'generate', '--existing-from-stdin'], { stdin }),
        terminal(['keys', 'retire', 'a'], { stdin }),
      ])
      for (const { code, stdout, stderr } of results) {
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
        expect(stderr).not.toContain('secret')
      }
    })
  }
})
