import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { createDeps } from '../../src/hosts/create-deps.ts'
import { openNodeDatabase } from '../../src/hosts/node-database.ts'
import { publishQuiz } from '../../src/services/publish-quiz.ts'
import { startAttempt } from '../../src/services/start-attempt.ts'
import { viewAttemptInFull } from '../../src/services/view-attempt.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { manyAnswersQuiz, wrongAnswer } from '../support/many-answers.ts'
import { logOf } from '../support/rows.ts'

const staff = { kind: 'staff', keyId: 'root', scopes: 'all' } as const

/** A file of a libSQL database with one running attempt in it. */
async function prepare() {
  const environment = {
    DATA_DIR: mkdtempSync(join(tmpdir(), 'answerkey-processes-')),
    PUBLIC_URL: 'https://quiz.example',
    ADMIN_KEY: 'an-admin-key-for-two-processes',
    SIGNING_KEYS: JSON.stringify(await generateKeys()),
  }
  const { db, close } = await openNodeDatabase(environment)
  onTestFinished(close)
  const deps = await createDeps(parseConfig(environment), { db, background: (work) => void work, outgoing: fetch })
  const document = manyAnswersQuiz({ tries: null })
  await publishQuiz(deps, staff, { quiz: 'many', document, precondition: () => true, requestKey: null })
  const start = { quiz: 'many', learner: null, metadata: {}, requestKey: null }
  const result = await startAttempt(deps, { kind: 'anonymous' }, start)
  if (result.kind !== 'started') throw new Error('The attempt did not start.')
  const { id, revision } = result.started.attempt
  return { environment, deps, attempt: id, revision }
}

type Prepared = Awaited<ReturnType<typeof prepare>>

/** A process that answers with the given numbers; `acknowledged` is what it has said so far. */
function respondInProcess({ environment, attempt, revision }: Prepared, from: number, to: number) {
  const script = fileURLToPath(new URL('../support/responding-process.ts', import.meta.url))
  const args = [script, '--attempt', attempt, '--revision', revision, '--from', String(from), '--to', String(to)]
  const child = spawn('node', args, {
    env: { ...process.env, ...environment, DATABASE_URL: '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let [output, errors] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  return {
    child,
    ended: ended(child),
    errors: () => errors,
    acknowledged: () =>
      [...output.matchAll(/^(\d+) (\d+)\n/gm)].map(([, number, nth]) => [Number(number), Number(nth)]),
    begin: () => void child.stdin.end('begin\n'),
    /** Resolves when so many answers were acknowledged; none, when it is ready to begin. */
    reached: (count: number) =>
      new Promise<void>((resolve, reject) => {
        child.stdout.on('data', () => output.split('\n').length - 2 >= count && resolve())
        child.on('close', () => reject(new Error(`The process ended early.\n${errors}`)))
      }),
  }
}

/** Lets all of them begin once each is ready. */
async function beginTogether(processes: readonly ReturnType<typeof respondInProcess>[]): Promise<void> {
  await Promise.all(processes.map((each) => each.reached(0)))
  for (const each of processes) each.begin()
}

function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => void child.on('close', (code, signal) => resolve(code ?? signal)))
}

/** Which try each number became, by the log alone. */
async function tries({ deps, attempt }: Prepared) {
  const log = await logOf(deps.db, attempt)
  const numbers = new Map(Array.from({ length: 255 }, (_, number) => [JSON.stringify(wrongAnswer(number)), number]))
  return {
    seqs: log.map(({ seq }) => seq),
    logged: log.map(({ body }, index) => [
      numbers.get(JSON.stringify('responses' in body ? body.responses[0]?.response : null)),
      index + 1,
    ]),
  }
}

const byTry = (a: readonly (number | undefined)[], b: readonly (number | undefined)[]) => a[1]! - b[1]!

describe('processes that write to one file', () => {
  it('lose nothing: every answer is acknowledged once, as a try of its own', async () => {
    const prepared = await prepare()
    const processes = [respondInProcess(prepared, 0, 60), respondInProcess(prepared, 60, 120)]
    await beginTogether(processes)
    expect(await Promise.all(processes.map(async ({ ended: code, errors }) => [await code, errors()]))).toEqual([
      [0, ''],
      [0, ''],
    ])
    const acknowledged = processes.flatMap((each) => each.acknowledged()).toSorted(byTry)
    const { seqs, logged } = await tries(prepared)
    expect(seqs).toEqual(Array.from({ length: 120 }, (_, index) => index + 1))
    expect(acknowledged).toEqual(logged)
    const view = await viewAttemptInFull(prepared.deps, staff, prepared.attempt)
    expect(view.attempt.questions).toMatchObject([{ tries: 120 }])
  })

  it('lose nothing acknowledged when one of them is killed, and the others go on', async () => {
    const prepared = await prepare()
    const [killed, survivor] = [respondInProcess(prepared, 0, 195), respondInProcess(prepared, 195, 255)]
    await beginTogether([killed, survivor])
    await Promise.all([killed.reached(15), survivor.reached(1)])
    killed.child.kill('SIGKILL')
    expect(await killed.ended).toBe('SIGKILL')
    expect([await survivor.ended, survivor.errors()]).toEqual([0, ''])
    const { seqs, logged } = await tries(prepared)
    expect(seqs).toEqual(seqs.map((_, index) => index + 1))
    const acknowledged = [...killed.acknowledged(), ...survivor.acknowledged()]
    expect(survivor.acknowledged()).toHaveLength(60)
    expect(logged).toEqual(expect.arrayContaining(acknowledged))
    // What the killed one had written and could not say any more is one answer at most.
    expect(logged.length - acknowledged.length).toBeLessThanOrEqual(1)
    expect(killed.acknowledged().length).toBeLessThan(195)
  })
})
