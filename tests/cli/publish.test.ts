import { edited, QUESTION, QUIZ } from '../bank/bank-files.ts'
import { folderOf, terminal } from './terminal.ts'
import { describe, expect, it, vi } from 'vitest'

const KEY = 'ak_secret-0123456789'
const URL_AND_KEY = ['--url', 'https://quiz.example', '--key', KEY]
const ONE = { 'one/quiz.yaml': QUIZ, 'one/1-a.md': QUESTION }

interface Sent {
  url: string
  method: string | undefined
  headers: Headers
  redirect: string | undefined
  body: unknown
}

/** A server that answers the same to everything, and what it was sent. */
function server(status: number, body: unknown): { fetch: typeof fetch; sent: Sent[] } {
  const sent: Sent[] = []
  return {
    sent,
    fetch: (url, init) => {
      const text = typeof init?.body === 'string' ? init.body : 'null'
      const target = url instanceof Request ? url.url : String(url)
      sent.push({
        url: target,
        method: init?.method,
        headers: new Headers(init?.headers),
        redirect: init?.redirect,
        body: JSON.parse(text),
      })
      return Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }))
    },
  }
}

const CREATED = { quiz: 'one', revision: 'rev_1', number: 2, created: true }

describe('answerkey publish', () => {
  it('puts the document with the key, and prints the revision', async () => {
    const { fetch, sent } = server(201, CREATED)
    expect(await terminal(['publish', 'one', ...URL_AND_KEY], { cwd: folderOf(ONE), fetch })).toEqual({
      code: 0,
      stdout: 'one: revision rev_1 (number 2) published\n',
      stderr: '',
    })
    expect(sent).toMatchObject([
      {
        url: 'https://quiz.example/v1/quizzes/one',
        method: 'PUT',
        redirect: 'manual',
        body: { title: 'A quiz', questions: [{ id: 'a' }] },
      },
    ])
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toEqual({
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
    })
  })

  it('takes address and key from the environment', async () => {
    const { fetch, sent } = server(201, CREATED)
    const env = { ANSWERKEY_URL: 'http://localhost:8787/', ADMIN_KEY: KEY }
    expect((await terminal(['publish', 'one'], { cwd: folderOf(ONE), fetch, env })).code).toBe(0)
    expect(sent[0]?.url).toBe('http://localhost:8787/v1/quizzes/one')
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${KEY}`)
  })

  it('says when nothing changed', async () => {
    const { fetch } = server(200, { ...CREATED, created: false })
    const { code, stdout } = await terminal(['publish', 'one', ...URL_AND_KEY], { cwd: folderOf(ONE), fetch })
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'one: unchanged, revision rev_1 (number 2)\n' })
  })

  it('names the revision that it publishes over, as an entity tag', async () => {
    const { fetch, sent } = server(201, CREATED)
    const cwd = folderOf(ONE)
    await terminal(['publish', 'one', ...URL_AND_KEY, '--if-match', 'rev_0'], { cwd, fetch })
    await terminal(['publish', 'one', ...URL_AND_KEY, '--if-match', '"rev_0"'], { cwd, fetch })
    expect(sent.map(({ headers }) => headers.get('if-match'))).toEqual(['"rev_0"', '"rev_0"'])
  })

  it('sends nothing when one of the quizzes has an error', async () => {
    const { fetch, sent } = server(201, CREATED)
    const files = { ...ONE, 'two/quiz.yaml': QUIZ, 'two/a.md': edited(QUESTION, { 14: '' }) }
    const { code, stdout, stderr } = await terminal(['publish', '.', ...URL_AND_KEY], { cwd: folderOf(files), fetch })
    expect({ code, stdout, sent }).toEqual({ code: 1, stdout: '', sent: [] })
    expect(stderr).toContain('two/a.md:13: error no-feedback: ')
  })

  it('publishes in spite of warnings', async () => {
    const { fetch, sent } = server(201, CREATED)
    const cwd = folderOf({ ...ONE, 'one/1-a.md': edited(QUESTION, { 20: 'Because.' }) })
    expect((await terminal(['publish', 'one', ...URL_AND_KEY], { cwd, fetch })).code).toBe(0)
    expect(sent).toHaveLength(1)
  })
})

describe('answerkey publish exits with 1', () => {
  it('and prints each complaint of the server at its file and line', async () => {
    const { fetch } = server(422, {
      code: 'invalid-input',
      detail: 'The input is not valid.',
      instance: 'req_1',
      errors: [
        { pointer: '/questions/0/options/1/text', code: 'invalid-shape', detail: 'Too long.' },
        { pointer: '/questions/0/samples/1/fraction', code: 'inconsistent', detail: 'Not so.' },
        { pointer: '/sections/0/title', code: 'invalid-shape', detail: 'Too short.' },
        { pointer: '', code: 'invalid-shape', detail: 'Everything.' },
      ],
    })
    const { code, stderr } = await terminal(['publish', 'one', ...URL_AND_KEY], { cwd: folderOf(ONE), fetch })
    expect({ code, stderr: stderr.split('\n') }).toEqual({
      code: 1,
      stderr: [
        'one/1-a.md:15: error invalid-shape: text: Too long.',
        'one/1-a.md:8: error inconsistent: Not so.',
        'one/quiz.yaml:5: error invalid-shape: Too short.',
        'one/quiz.yaml:1: error invalid-shape: Everything.',
        'one: refused, 422 invalid-input: The input is not valid. (request req_1)',
        '',
      ],
    })
  })

  it('when the key is refused, and goes on with the next quiz', async () => {
    const { fetch, sent } = server(401, { code: 'unauthorized', detail: 'No.' })
    const files = { ...ONE, 'two/quiz.yaml': QUIZ, 'two/a.md': QUESTION }
    const { code, stderr } = await terminal(['publish', '.', ...URL_AND_KEY], { cwd: folderOf(files), fetch })
    expect({ code, count: sent.length }).toEqual({ code: 1, count: 2 })
    expect(stderr).toBe('one: refused, 401 unauthorized: No.\ntwo: refused, 401 unauthorized: No.\n')
  })

  const strange: [name: string, status: number, body: unknown][] = [
    ['a page of some other server', 502, '<html>'],
    ['a redirection', 301, ''],
    ['a problem that is none', 302, { code: 'unauthorized', detail: 'No.' }],
    ['a success without a revision', 200, {}],
  ]
  for (const [name, status, body] of strange) {
    it(`on ${name}`, async () => {
      const { fetch } = server(status, body)
      const { code, stderr } = await terminal(['publish', 'one', ...URL_AND_KEY], { cwd: folderOf(ONE), fetch })
      expect(code).toBe(1)
      expect(stderr).toBe(`one: https://quiz.example answered ${status}, and not as Answerkey does\n`)
    })
  }

  const failures: [name: string, error: Error, says: string][] = [
    [
      'a refused connection',
      new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }),
      'ECONNREFUSED',
    ],
    ['silence', new DOMException('The operation timed out.', 'TimeoutError'), 'nothing came within 30 seconds'],
    ['an error that repeats the key', new TypeError(`Headers.append: "Bearer ${KEY}"`), 'the request failed'],
  ]
  for (const [name, error, says] of failures) {
    it(`on ${name}`, async () => {
      const cwd = folderOf(ONE)
      const fetch = vi.fn<typeof globalThis.fetch>().mockRejectedValue(error)
      const { code, stdout, stderr } = await terminal(['publish', 'one', ...URL_AND_KEY], { cwd, fetch })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toBe(`one: no answer from https://quiz.example: ${says}.\n`)
    })
  }
})

describe('answerkey publish exits with 2, and never prints the key', () => {
  const misused: [name: string, args: string[]][] = [
    ['without an address', ['--key', KEY]],
    ['with an address that is none', ['--url', 'quiz.example', '--key', KEY]],
    ['with an address of another scheme', ['--url', 'ftp://quiz.example', '--key', KEY]],
    ['with an address that has a path', ['--url', 'https://quiz.example/v1', '--key', KEY]],
    ['without a key', ['--url', 'https://quiz.example']],
    ['with a key that no header carries', ['--url', 'https://quiz.example', '--key', `${KEY}\n`]],
    ['with a misspelt option', ['--url', 'https://quiz.example', `--kee=${KEY}`]],
    ['with a value that is no revision', [...URL_AND_KEY, '--if-match', '*']],
  ]
  for (const [name, args] of misused) {
    it(`when called ${name}`, async () => {
      const { code, stdout, stderr } = await terminal(['publish', 'one', ...args], { cwd: folderOf(ONE) })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain('Usage: answerkey publish')
      expect(stderr).not.toContain(KEY)
    })
  }

  it('when called with one revision for two quizzes', async () => {
    const cwd = folderOf({ ...ONE, 'two/quiz.yaml': QUIZ, 'two/a.md': QUESTION })
    expect((await terminal(['publish', '.', ...URL_AND_KEY, '--if-match', 'rev_0'], { cwd })).code).toBe(2)
  })
})
