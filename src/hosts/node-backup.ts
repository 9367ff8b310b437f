import { randomUUID } from 'node:crypto'
import { createReadStream, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { copyDatabase, dataFolder } from './node-database.ts'

/**
 * Writes a copy of the embedded database to the standard output, as it stands at one moment, while hosts go on with it:
 * `node src/hosts/node-backup.ts > answerkey.db`. The copy is made beside the database, which needs as much room again,
 * and is a database by itself: to restore it is to put it where the database was, with no host running.
 */
const copy = join(dataFolder(process.env), `backup-${randomUUID()}.db`)

// Nothing may be left, whatever happens: it would fill the disk of the hosts, and it holds everything.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1))
process.on('exit', removeCopy)

try {
  await copyDatabase(process.env, copy)
  const file = openSync(copy, 'r')
  removeCopy()
  await pipeline(createReadStream('', { fd: file }), process.stdout)
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The database could not be copied.')
  process.exitCode = 1
}

function removeCopy(): void {
  for (const path of [copy, `${copy}-journal`]) rmSync(path, { force: true })
}
