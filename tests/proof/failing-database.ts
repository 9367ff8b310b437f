import { createServer } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { LibsqlError } from '@libsql/client'
import { Sqlite3Client } from '@libsql/client/sqlite3'
import { seededRandom } from './random.ts'

/**
 * Loaded into a Node host before anything else: a share of its batches fail as a disk would, one half of them before anything
 * has happened, the other after the commit. What goes on is asked for, and changed, at CONTROL_PORT.
 */
export interface FaultsState {
  readonly batches: number
  readonly failedBefore: number
  readonly failedAfter: number
  /** Bytes: of the process, and of what is left in V8's heap when the garbage is out. */
  readonly rss: number
  readonly heap: number
}

export interface FaultsChange {
  /** Which share of the batches fails: none at first. */
  readonly share?: number
  /** How much later it is for the process from now on. */
  readonly laterMs?: number
}

const random = seededRandom(Number(process.env['FAULTS_SEED'] ?? 1))
const counts = { batches: 0, failedBefore: 0, failedAfter: 0 }
let [share, later] = [0, 0]

const batch = Reflect.get(Sqlite3Client.prototype, 'batch')
Sqlite3Client.prototype.batch = async function (...given) {
  counts.batches += 1
  const [fails, before] = [random.chance(share), random.chance(0.5)]
  if (fails && before) throw failure('failedBefore')
  const results = await batch.apply(this, given)
  if (fails) throw failure('failedAfter')
  return results
}

function failure(kind: 'failedBefore' | 'failedAfter'): LibsqlError {
  counts[kind] += 1
  return new LibsqlError('disk I/O error in: insert into secret_table', 'SQLITE_IOERR')
}

const { now } = Date
Date.now = () => now() + later

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const control = createServer((request, response) => {
  let text = ''
  request.setEncoding('utf8').on('data', (more: string) => (text += more))
  request.on('end', () => {
    const change = (text === '' ? {} : JSON.parse(text)) as FaultsChange
    share = change.share ?? share
    later += change.laterMs ?? 0
    collectGarbage()
    const { rss, heapUsed: heap } = process.memoryUsage()
    const state: FaultsState = { ...counts, rss, heap }
    response.end(JSON.stringify(state))
  })
})
control.listen(Number(process.env['CONTROL_PORT']), '127.0.0.1').unref()
