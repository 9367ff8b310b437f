import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPages } from '../examples/embed/pages.ts'
import { createApp } from '../src/app.ts'
import { createDeps } from '../src/hosts/create-deps.ts'
import { openNodeDatabase } from '../src/hosts/node-database.ts'
import { generateKeys } from '../src/tokens/generate-keys.ts'
import type { StageSite } from '../tests/player/support/gallery/stage.ts'
import { serveHere } from '../tests/player/support/serve.ts'
import { publishBank } from './_publish.ts'

interface Demo extends StageSite {
  close(): Promise<void>
}

/** Answerkey with the bank, on a database that nobody keeps, at an hour that stands still and with luck that is always the same. */
export async function openDemo(): Promise<Demo> {
  const adminKey = 'root-key-of-the-screenshots'
  const clock = { now: Date.UTC(2026, 0, 5, 9) }
  const { db } = await openNodeDatabase({ DATA_DIR: mkdtempSync(join(tmpdir(), 'answerkey-')) })
  const served = await serveHere(async (publicUrl) => {
    const signingKeys = await generateKeys()
    const config = { publicUrl, corsOrigins: null, gitSha: 'demo', webhooksAllowLoopback: false, adminKey, signingKeys }
    const edges = { db, background: () => undefined, outgoing: () => Promise.reject(new Error('Nobody listens.')) }
    const deps = await createDeps(config, edges)
    return createApp({ ...deps, now: () => clock.now, randomBytes: countingBytes() }).fetch
  })
  await publishBank(served.origin, adminKey)
  const course = await serveHere(() => createPages(served.origin).fetch)
  let quizzes = 0
  return {
    ...served,
    clock,
    adminKey,
    course: course.origin,
    async publish(document) {
      quizzes += 1
      const quiz = `demo-${quizzes}`
      const answer = await fetch(`${served.origin}/v1/quizzes/${quiz}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${adminKey}` },
        body: JSON.stringify(document),
      })
      if (!answer.ok) throw new Error(await answer.text())
      return quiz
    },
    async close() {
      await course.close()
      await served.close()
    },
  }
}

/** Bytes that differ from call to call, and not from run to run. At most 64. */
function countingBytes(): (length: number) => Uint8Array {
  let calls = 0
  return (length) => {
    calls += 1
    return createHash('sha512').update(String(calls)).digest().subarray(0, length)
  }
}
