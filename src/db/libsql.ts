import type { Database } from './database.ts'
import * as schema from './schema.ts'
import type { Client, InStatement } from '@libsql/client'
// This entry takes any client; the package's main entry would bring the native driver into Workers.
import { drizzle } from 'drizzle-orm/libsql/web'

/** A database behind a libSQL client: an embedded file, or a remote server. */
export function openLibsql(client: Client): Database {
  return drizzle(withWriteMode(client), { schema })
}

/** Makes a file fit for several processes, and for a power cut: readers do not block writers, and a commit is on the disk. */
export async function prepareLibsqlFile(client: Client): Promise<void> {
  await whileBusy(client, { keptBy: null }, Date.now() + BUSY_LIMIT_MS, () =>
    client.execute('PRAGMA journal_mode = WAL'),
  )
  await client.execute('PRAGMA synchronous = FULL')
}

/**
 * drizzle starts batches in libSQL's default mode, "deferred", in which a batch that reads and then writes fails as soon
 * as two processes do so at once. Here a batch that writes takes the write lock first; on a file the writers of this
 * process queue for it, and wait their turn with those of other processes.
 */
function withWriteMode(client: Client): Client {
  let tail: Promise<unknown> = Promise.resolve()
  const lock: Lock = { keptBy: null }
  const batch: Client['batch'] = (statements) => {
    const mode = statements.every(onlyReads) ? 'read' : 'write'
    if (client.protocol !== 'file') return client.batch(statements, mode)
    const giveUp = Date.now() + BUSY_LIMIT_MS
    const send = () => whileBusy(client, lock, giveUp, () => client.batch(statements, mode))
    if (mode === 'read') return send()
    const turn = tail.then(send)
    tail = turn.catch(() => undefined)
    return turn
  }
  return new Proxy(client, {
    get: (target, name) => {
      if (name === 'batch') return batch
      const member: unknown = Reflect.get(target, name, target)
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })
}

function onlyReads(statement: InStatement | [string, unknown?]): boolean {
  const sql = typeof statement === 'string' ? statement : Array.isArray(statement) ? statement[0] : statement.sql
  return /^\s*select\b/i.test(sql)
}

/** How long a remote database may take to answer. */
const REMOTE_LIMIT_MS = 10_000

/**
 * For clients of a remote database: one that takes connections and never answers would keep every request waiting. What a
 * batch that was given up has come to is unknown, as after any broken connection: whoever asked is told to try again.
 */
export async function fetchInTime(request: Request): Promise<Response> {
  return fetch(request, { signal: AbortSignal.timeout(REMOTE_LIMIT_MS) })
}

/** How long a batch waits for the lock of another process, from when it is sent. */
const BUSY_LIMIT_MS = 5000

/** What the last batch was told that had to give up waiting for the lock; null once one has got it. */
interface Lock {
  keptBy: unknown
}

/**
 * Repeats what failed because another process holds the lock: such a batch has done nothing yet. The driver leaves the
 * statement that failed open, and with it an old view of the file, to which no later batch could be written: so the
 * connections are replaced.
 */
async function whileBusy<T>(client: Client, lock: Lock, giveUp: number, send: () => Promise<T>): Promise<T> {
  // Its turn came too late, and those before it had to give up: it would only keep those behind it waiting.
  if (lock.keptBy !== null && Date.now() > giveUp) throw lock.keptBy
  for (;;) {
    try {
      const result = await send()
      lock.keptBy = null
      return result
    } catch (error) {
      const code = codeOf(error)
      if (isBusy(code)) client.reconnect()
      else if (!wasReplaced(client, code)) throw error
      if (Date.now() > giveUp) {
        lock.keptBy = error
        throw error
      }
      await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 15))
    }
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

function isBusy(code: string): boolean {
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')
}

/** Whether a batch was about to use a connection that another one found stuck: it had not begun. */
function wasReplaced(client: Client, code: string): boolean {
  return code === 'CLIENT_CLOSED' && !client.closed
}
