import { DatabaseSync } from 'node:sqlite'
import { quizDocument, singleChoice } from '../../tests/support/quiz-document.ts'
import { type InProcess, openInProcess } from './in-process.ts'
import { median } from './statistics.ts'

/** What grows, and what the same costs where it is small and where it is large. */
export interface Growth {
  readonly what: string
  readonly small: string
  readonly large: string
  /** Milliseconds, medians. */
  readonly milliseconds: readonly [small: number, large: number]
  /** The median of the ratios of pairs. */
  readonly ratio: number
}

const TIMES = 60
const PER_ATTEMPT = 18

export async function measureGrowth(events: number): Promise<Growth[]> {
  return [...(await withMoreEvents(events)), await withMoreQuestions(), await withLongerLogs(), await withLaterPages()]
}

const quizOf = (questions: number, policy: object = {}) =>
  quizDocument({
    questions: Array.from({ length: questions }, (_, number) => singleChoice(`q${number}`)),
    policy: { shuffle: { questions: false, options: false }, ...policy },
  })
const choice = (question: number, option = 'a') => ({ question: `q${question}`, response: { choice: option } })

async function withMoreEvents(events: number): Promise<Growth[]> {
  const [small, large] = [await openInProcess(), await openInProcess()]
  for (const host of [small, large]) await host.call('PUT', '/quizzes/grown', { body: quizOf(PER_ATTEMPT) })
  await store(small, 5_000)
  await store(large, events)
  const labels = { small: '5,000 events', large: `${events.toLocaleString('en')} events` }
  const respond = await paired(TIMES, [small, large], async (host) => {
    const { json } = await host.call('POST', '/quizzes/grown/attempts', { body: {} })
    return () =>
      host.call('POST', `/attempts/${json.attempt.id}/responses`, {
        token: json.token,
        body: { responses: [choice(0)] },
      })
  })
  const start = await paired(
    TIMES,
    [small, large],
    async (host) => () => host.call('POST', '/quizzes/grown/attempts', { body: {} }),
  )
  const list = await paired(TIMES, [small, large], async (host) => () => host.call('GET', '/quizzes/grown/attempts'))
  small.close()
  large.close()
  return [
    { what: 'a graded response', ...labels, ...respond },
    { what: 'a start', ...labels, ...start },
    { what: 'the first page of attempts', ...labels, ...list },
  ]
}

async function withMoreQuestions(): Promise<Growth> {
  const host = await openInProcess()
  await host.call('PUT', '/quizzes/small', { body: quizOf(18) })
  await host.call('PUT', '/quizzes/large', { body: quizOf(500) })
  const times = await paired(TIMES, ['small', 'large'] as const, async (quiz) => {
    const { json } = await host.call('POST', `/quizzes/${quiz}/attempts`, { body: {} })
    let { token } = json
    const url = `/attempts/${json.attempt.id}/responses`
    for (let given = 0; given < 5; given++) {
      token = (await host.call('POST', url, { token, body: { responses: [choice(given)] } })).json.token
    }
    return () => host.call('POST', url, { token, body: { responses: [choice(5)] } })
  })
  host.close()
  return { what: 'a graded response after five others', small: '18 questions', large: '500 questions', ...times }
}

async function withLongerLogs(): Promise<Growth> {
  const host = await openInProcess()
  await host.call('PUT', '/quizzes/tried', { body: quizOf(18, { tries: null, feedback: 'deferred' }) })
  const times = await paired(20, [5, 500] as const, async (length) => {
    const { json } = await host.call('POST', '/quizzes/tried/attempts', { body: {} })
    let { token } = json
    const url = `/attempts/${json.attempt.id}/responses`
    for (let given = 0; given < length; given++) {
      const responses = [choice(given % 18, 'abc'[Math.floor(given / 18) % 3])]
      token = (await host.call('POST', url, { token, body: { responses } })).json.token
    }
    return () => host.call('POST', url, { token, body: { responses: [choice(0, 'c')] } })
  })
  host.close()
  return { what: 'a graded response', small: 'a log of 5 requests', large: 'a log of 500', ...times }
}

async function withLaterPages(): Promise<Growth> {
  const host = await openInProcess()
  await host.call('PUT', '/quizzes/grown', { body: quizOf(PER_ATTEMPT) })
  await store(host, 2 * 10_001 * PER_ATTEMPT)
  let cursor: string = ''
  for (let page = 1; page < 10_000 / 100; page++) {
    const { json } = await host.call('GET', `/quizzes/grown/attempts?limit=200${cursor}`)
    cursor = `&cursor=${json.nextCursor}`
  }
  const times = await paired(
    TIMES,
    ['', cursor] as const,
    async (place) => () => host.call('GET', `/quizzes/grown/attempts?limit=2${place}`),
  )
  host.close()
  return { what: 'a page of two attempts', small: 'the first', large: 'the ten-thousandth', ...times }
}

/** Fills the tables behind the system's back, as it would have: attempts of 18 events each, finished and settled. */
async function store(host: InProcess, events: number): Promise<void> {
  const { json } = await host.call('GET', '/quizzes/grown')
  const db = new DatabaseSync(host.file)
  db.exec('PRAGMA synchronous = OFF; BEGIN')
  const attempt = db.prepare(
    `INSERT INTO attempts (id, quiz, revision, started_at, finished_at, settled, announced, score, passed, max_score, updated_at)
     VALUES (?, 'grown', ?, ?, ?, ${PER_ATTEMPT}, ${PER_ATTEMPT}, 9000, 0, 18000, ?)`,
  )
  const event = db.prepare(
    'INSERT INTO attempt_events (attempt, seq, id, type, at, body, size) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const at = Date.UTC(2026, 0, 5)
  for (let number = 0; number < events / PER_ATTEMPT; number++) {
    // As ids are made they sort by time; these come before all that are made today.
    const id = `att_0${number.toString().padStart(37, '0')}`
    attempt.run(id, json.revision, at, at, at)
    for (let seq = 1; seq < PER_ATTEMPT; seq++) {
      const body = JSON.stringify({ responses: [choice(seq)] })
      event.run(id, seq, `evt_${number}_${seq}`, 'responded', at, body, body.length * seq)
    }
    event.run(id, PER_ATTEMPT, `evt_${number}_end`, 'finished', at, '{}', 0)
  }
  db.exec('COMMIT')
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
}

/** Prepares both, then times what is prepared, in turns. */
async function paired<Subject>(
  times: number,
  [small, large]: readonly [Subject, Subject],
  prepare: (subject: Subject) => Promise<() => Promise<unknown>>,
): Promise<Pick<Growth, 'milliseconds' | 'ratio'>> {
  const taken: [number, number][] = []
  for (let time = 0; time < times + 3; time++) {
    const both = [await prepare(small), await prepare(large)] as const
    const pair: [number, number] = [0, 0]
    for (const index of time % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const began = performance.now()
      await both[index]()
      pair[index] = performance.now() - began
    }
    // The first ones warm up.
    if (time >= 3) taken.push(pair)
  }
  return {
    milliseconds: [median(taken.map(([a]) => a)), median(taken.map(([, b]) => b))],
    ratio: median(taken.map(([a, b]) => b / a)),
  }
}
