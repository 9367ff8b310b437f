import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'libsql'

type Value = { type: 'null' | 'integer' | 'float' | 'text' | 'blob'; value?: string | number; base64?: string }
type SqlText = { sql?: string; sql_id?: number }
type Statement = SqlText & { args?: Value[]; named_args?: { name: string; value: Value }[]; want_rows?: boolean }
type Condition = { type: string; step?: number; cond?: Condition; conds?: Condition[] }
type Step = { condition?: Condition | null; stmt: Statement }
type StreamRequest = SqlText & { type: string; stmt?: Statement; batch?: { steps: Step[] } }
type Pipeline = { baton?: string | null; requests: StreamRequest[] }
/** One connection, from the first request of a stream to its `close`. */
type Stream = { db: Database.Database; texts: Map<number | undefined, string | undefined> }
type Outcome = [result: object | null, error: object | null]

interface Options {
  path: string
  authToken: string
  /** How long a stream may be idle before it is closed, and its transaction rolled back. */
  idleMs?: number
  /** Called when the work is done: `drop` ends the connection, so that the client never learns of it, and `hang` leaves it waiting. */
  beforeAnswer?: (body: Pipeline) => 'drop' | 'hang' | undefined
}

/**
 * Stands in for a remote libSQL server: the pipelines of Hrana over HTTP as JSON, without cursors and `describe`. A
 * pipeline runs at once from end to end. While a stream is in a transaction between two of its own, all others wait.
 */
export async function startHranaServer(options: Options): Promise<{ url: string; stop(): Promise<void> }> {
  const { path, authToken, idleMs = 5000, beforeAnswer } = options
  const idle = new Map<string, Stream>()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    if (request.headers.authorization !== `Bearer ${authToken}`) return response.writeHead(401).end()
    if (!/^POST \/v[23]\/pipeline$/.test(`${request.method} ${request.url}`)) return response.writeHead(404).end()
    const body = (await json(request)) as Pipeline
    const stream: Stream | undefined = body.baton ? idle.get(body.baton) : { db: new Database(path), texts: new Map() }
    if (!stream) return response.writeHead(400).end('The stream has expired, or its baton is not the latest')
    // A baton is good for one request: a stream cannot be used twice at once.
    idle.delete(body.baton ?? '')
    while ([...idle.values()].some(inTransaction)) await sleep(1)
    const results = body.requests.map((entry) => {
      const [result, error] = settle(() => respond(stream, entry))
      return error ? { type: 'error', error } : { type: 'ok', response: { type: entry.type, ...result } }
    })
    const baton = stream.db.open ? crypto.randomUUID() : null
    if (baton) {
      idle.set(baton, stream)
      setTimeout(() => idle.delete(baton) && closeStream(stream), idleMs).unref()
    }
    const fate = beforeAnswer?.(body)
    if (fate === 'hang') return undefined
    if (fate === 'drop') return request.socket.destroy()
    return response.setHeader('content-type', 'application/json').end(JSON.stringify({ baton, results }))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(400).end(String(error)))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
    stop: async () => {
      server.close().closeAllConnections()
      for (const stream of idle.values()) closeStream(stream)
      await once(server, 'close')
    },
  }
}

/** The driver ends the process when it is asked this of a closed connection. */
function inTransaction({ db }: Stream): boolean {
  return db.open && db.inTransaction
}

function closeStream(stream: Stream): void {
  if (inTransaction(stream)) stream.db.exec('ROLLBACK')
  stream.db.close()
}

function settle(work: () => object): Outcome {
  try {
    return [work(), null]
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) return [null, { message: String(error) }]
    // As on the real server, without what extends the code: SQLITE_CONSTRAINT, not SQLITE_CONSTRAINT_UNIQUE.
    return [null, { message: `SQLite error: ${error.message}`, code: /^SQLITE_[A-Z]+/.exec(error.code)?.[0] }]
  }
}

function respond(stream: Stream, { type, stmt, batch, sql, sql_id: id }: StreamRequest): object {
  if (type === 'execute' && stmt) return { result: execute(stream, stmt) }
  if (type === 'batch' && batch) return { result: runBatch(stream, batch.steps) }
  if (type === 'get_autocommit') return { is_autocommit: !inTransaction(stream) }
  if (type === 'sequence') stream.db.exec(textOf(stream, { sql, sql_id: id }))
  else if (type === 'store_sql') stream.texts.set(id, sql)
  else if (type === 'close_sql') stream.texts.delete(id)
  else if (type === 'close') closeStream(stream)
  else throw new Error('The request is not supported')
  return {}
}

function runBatch(stream: Stream, steps: Step[]): object {
  const outcomes: Outcome[] = []
  const holds = ({ type, step = -1, cond, conds = [] }: Condition): boolean => {
    if (type === 'is_autocommit') return !inTransaction(stream)
    if (type === 'not') return cond !== undefined && !holds(cond)
    if (type === 'and' || type === 'or') return type === 'and' ? conds.every(holds) : conds.some(holds)
    return Boolean(outcomes[step]?.[type === 'ok' ? 0 : 1])
  }
  for (const { condition, stmt } of steps) {
    outcomes.push(!condition || holds(condition) ? settle(() => execute(stream, stmt)) : [null, null])
  }
  return { step_results: outcomes.map(([result]) => result), step_errors: outcomes.map(([, error]) => error) }
}

function execute(stream: Stream, stmt: Statement): object {
  const counters = stream.db.prepare('SELECT total_changes(), last_insert_rowid()').safeIntegers().raw()
  const statement = stream.db.prepare(textOf(stream, stmt)).safeIntegers()
  if (statement.reader) statement.raw()
  const named = stmt.named_args?.map(({ name, value }) => [name.replace(/^[:@$]/, ''), toSql(value)] as const) ?? []
  const [before] = counters.get([]) as [bigint]
  const rows = statement.all(named.length > 0 ? Object.fromEntries(named) : (stmt.args ?? []).map(toSql)) as unknown[][]
  const [after, rowid] = counters.get([]) as [bigint, bigint]
  return {
    cols: statement.columns().map(({ name, type }) => ({ name, decltype: type })),
    rows: stmt.want_rows === false ? [] : rows.map((row) => row.map(fromSql)),
    affected_row_count: Number(after - before),
    last_insert_rowid: String(rowid),
  }
}

/** Of an id that was not stored it returns nothing, which the driver refuses. */
function textOf({ texts }: Stream, { sql, sql_id: id }: SqlText): string {
  return sql ?? texts.get(id)!
}

function toSql({ type, value, base64 }: Value): unknown {
  if (type === 'blob') return Buffer.from(base64 ?? '', 'base64')
  return type === 'integer' ? BigInt(value ?? 0) : (value ?? null)
}

function fromSql(value: unknown): Value {
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) }
  if (typeof value === 'number') return { type: 'float', value }
  if (typeof value === 'string') return { type: 'text', value }
  if (value instanceof Uint8Array) return { type: 'blob', base64: Buffer.from(value).toString('base64') }
  return { type: 'null' }
}
