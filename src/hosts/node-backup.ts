import { createReadStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { copyDatabase } from './node-database.ts'

/**
 * Writes a copy of the embedded database to the standard output, as it stands at one moment, while hosts go on with it:
 * `node src/hosts/node-backup.ts > answerkey.db`. The copy is made beside the database, which needs as much room again,
 * and is a database by itself: to restore it is to put it where the database was, with no host running.
 */
try {
  const copy = await copyDatabase(process.env, (folder) => join(folder, `backup-${process.pid}.db`))
  try {
    await pipeline(createReadStream(copy), process.stdout)
  } finally {
    rmSync(copy)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The database could not be copied.')
  process.exit(1)
}
