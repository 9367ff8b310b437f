import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createClient } from '@libsql/client'
import { describe, expect, it } from 'vitest'
import { startNodeHost, SUBMISSION } from '../support/node-host.ts'
import { run } from '../support/processes.ts'

const BACKUP = 'src/hosts/node-backup.ts'

/** Runs the backup, and gives the folder that the copy lies in as the database. */
async function backUp(dataDir: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'answerkey-restored-'))
  const child = spawn('node', [BACKUP], {
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await pipeline(child.stdout, createWriteStream(join(folder, 'answerkey.db')))
  return folder
}

describe('a backup of the embedded database', () => {
  it('made while learners go on holds all that was acknowledged before, whole, and a host goes on from it', async () => {
    const host = await startNodeHost()
    const dataDir = host.env['DATA_DIR']!
    const acknowledged: { id: string; answer: any }[] = []
    const time = { isOver: false }
    const learner = async () => {
      while (!time.isOver) {
        const answer = (await (await host.call('POST', '/quizzes/watched/submissions', SUBMISSION)).json()) as any
        acknowledged.push({ id: answer.attempt.id, answer })
      }
    }
    const learners = Array.from({ length: 4 }, learner)
    while (acknowledged.length < 40) await new Promise((next) => setImmediate(next))
    const before = [...acknowledged]
    const folder = await backUp(dataDir)
    const after = acknowledged.length
    time.isOver = true
    await Promise.all(learners)
    // They were not held up meanwhile.
    expect(after).toBeGreaterThan(before.length)
    await host.server.kill()

    const client = createClient({ url: `file:${join(folder, 'answerkey.db')}` })
    const { rows } = await client.execute('PRAGMA integrity_check')
    expect(rows.map((row) => row['integrity_check'])).toEqual(['ok'])
    // An attempt is there with its whole log, or not at all.
    const halves = await client.execute(
      `SELECT id FROM attempts WHERE (SELECT count(*) FROM attempt_events WHERE attempt = attempts.id) <> 2`,
    )
    expect(halves.rows).toEqual([])
    client.close()

    const restored = await startNodeHost({ DATA_DIR: folder, SIGNING_KEYS: host.env['SIGNING_KEYS'] })
    for (const { id, answer } of before) {
      const found = (await (await restored.call('GET', `/attempts/${id}`)).json()) as any
      const { serverTime: _, questions: __, ...attempt } = answer.attempt
      expect(found.attempt).toMatchObject({ ...attempt, score: 1 })
    }
    const another = await restored.call('POST', '/quizzes/watched/submissions', SUBMISSION)
    expect(another.status).toBe(201)
    await restored.server.kill()
  })

  it('is refused in a sentence where there is nothing that it could copy', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'answerkey-empty-'))
    const nothing = await run('node', [BACKUP], { DATA_DIR: empty, DATABASE_URL: '' })
    expect([nothing.code, nothing.stdout, nothing.stderr.trim()]).toEqual([
      1,
      '',
      'There is no answerkey.db in the folder that DATA_DIR names.',
    ])
    const remote = await run('node', [BACKUP], { DATABASE_URL: 'libsql://quiz.example' })
    expect([remote.code, remote.stderr.trim()]).toEqual([
      1,
      'DATABASE_URL is set: a remote database is copied by whoever runs it.',
    ])
  })
})

const leftIn = (folder: string) => readdirSync(folder).filter((name) => !name.startsWith('answerkey.db'))

/** A file of some megabytes: more than a pipe holds. */
async function someDatabase(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'answerkey-large-'))
  const client = createClient({ url: `file:${join(folder, 'answerkey.db')}` })
  const rows = Array<string>(8).fill('INSERT INTO large VALUES (randomblob(1000000))')
  await client.batch(['CREATE TABLE large (x)', ...rows])
  client.close()
  return folder
}

describe('a backup that does not come to its end', () => {
  it('because the disk is full leaves the room to the hosts', async () => {
    const folder = await someDatabase()
    // A file may have 4 MB here, in blocks of 512 bytes: as good as a disk that is full.
    const script = `trap "" XFSZ; ulimit -f 8192; exec node ${BACKUP} > /dev/null`
    const { status } = spawnSync('sh', ['-c', script], { env: { ...process.env, DATA_DIR: folder, DATABASE_URL: '' } })
    expect([status, leftIn(folder)]).toEqual([1, []])
  })

  it('because it was ended while nobody read it leaves nothing', async () => {
    const folder = await someDatabase()
    const child = spawn('node', [BACKUP], {
      env: { ...process.env, DATA_DIR: folder, DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'readable')
    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(leftIn(folder)).toEqual([])
  })
})
