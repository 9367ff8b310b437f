import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { buffer } from 'node:stream/consumers'

/**
 * What cannot be avoided: verify a token, append a row and read the attempt's rows in one durable transaction, sign a token, send as
 * many bytes. Written by hand on Node's own modules, without a check of what comes in: nobody should serve with this. It
 * answers under the same paths, so that the same clients measure it.
 */
const SIGNATURE = { dsaEncoding: 'ieee-p1363' } as const
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const HEADER = encode({ alg: 'ES256', typ: 'JWT' })

const db = new DatabaseSync(join(process.env['DATA_DIR']!, 'floor.db'))
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
db.exec('CREATE TABLE events (attempt TEXT, seq INTEGER, body TEXT, PRIMARY KEY (attempt, seq)) WITHOUT ROWID')
const append = db.prepare('INSERT INTO events SELECT ?1, coalesce(max(seq), 0) + 1, ?2 FROM events WHERE attempt = ?1')
const read = db.prepare('SELECT seq, body FROM events WHERE attempt = ?')

/** Bytes of each answer of ours, besides the token. */
const FILLED = JSON.parse(process.env['ANSWER_BYTES']!) as Readonly<Record<string, number>>

const ROUTES: readonly (readonly [RegExp, (match: RegExpExecArray, request: IncomingMessage) => Promise<object>])[] = [
  [
    /\/attempts\/([^/]+)\/(responses|finish)$/,
    async ([, attempt, kind], request) => {
      const claims = verified(request)
      const body = await buffer(request)
      return { attempt: { id: claims['sub'] }, events: committed(attempt!, body), ...answer(kind!, attempt!) }
    },
  ],
  [
    /\/quizzes\/[^/]+\/(attempts|submissions)$/,
    async ([, kind], request) => {
      const attempt = `att_${randomBytes(16).toString('hex')}`
      const body = await buffer(request)
      return { attempt: { id: attempt }, events: committed(attempt, body), ...answer(kind!, attempt) }
    },
  ],
]

function answer(kind: string, attempt: string): object {
  return { token: signed({ sub: attempt, exp: Date.now() / 1000 + 3600 }), filler: 'x'.repeat(FILLED[kind]!) }
}

function committed(attempt: string, body: Buffer): number {
  db.exec('BEGIN IMMEDIATE')
  append.run(attempt, body.toString())
  const rows = read.all(attempt)
  db.exec('COMMIT')
  return rows.length
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function signed(claims: object): string {
  const input = `${HEADER}.${encode(claims)}`
  return `${input}.${sign('sha256', Buffer.from(input), { key: privateKey, ...SIGNATURE }).toString('base64url')}`
}

function verified(request: IncomingMessage): Record<string, unknown> {
  const [header, claims, signature] = request.headers.authorization!.slice('Bearer '.length).split('.')
  const input = Buffer.from(`${header}.${claims}`)
  const holds = verify('sha256', input, { key: publicKey, ...SIGNATURE }, Buffer.from(signature!, 'base64url'))
  const said = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as Record<string, unknown>
  if (!holds || (said['exp'] as number) < Date.now() / 1000) throw new Error('This token is not ours.')
  return said
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [path, respond] of ROUTES) {
    const match = path.exec(request.url!)
    if (!match) continue
    const body = JSON.stringify(await respond(match, request))
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }).end(body)
    return
  }
  response.writeHead(404).end()
}

const server = createServer((request, response) => void handle(request, response))
server.listen(Number(process.env['PORT']), '127.0.0.1', () => console.log('listening'))
