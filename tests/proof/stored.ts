import { join } from 'node:path'
import { createClient } from '@libsql/client'

/** What stands in the file of a Node host, read past everything that the system does. */

export interface StoredEvent {
  readonly seq: number
  readonly id: string
  readonly at: number
  readonly type: string
  readonly body: {
    readonly responses?: readonly { readonly question: string; readonly response: { readonly choice: string } }[]
  }
}

export interface StoredAttempt {
  readonly id: string
  readonly quiz: string
  readonly deadline: number | null
  readonly finishedAt: number | null
  readonly settled: number | null
  /** In thousandths of a point. */
  readonly score: number | null
  readonly log: readonly StoredEvent[]
}

export async function readStored(folder: string): Promise<Map<string, StoredAttempt>> {
  const client = createClient({ url: `file:${join(folder, 'answerkey.db')}`, timeout: 5000 })
  try {
    const attempts = await client.execute('SELECT id, quiz, deadline, finished_at, settled, score FROM attempts')
    const events = await client.execute(
      'SELECT attempt, seq, id, at, type, body FROM attempt_events ORDER BY attempt, seq',
    )
    const logs = Map.groupBy(events.rows, (row) => row['attempt'] as string)
    return new Map(
      attempts.rows.map((row) => {
        const id = row['id'] as string
        const number = (name: string) => row[name] as number | null
        const log = (logs.get(id) ?? []).map((event) => ({
          seq: event['seq'] as number,
          id: event['id'] as string,
          at: event['at'] as number,
          type: event['type'] as string,
          body: JSON.parse(event['body'] as string) as StoredEvent['body'],
        }))
        const times = { deadline: number('deadline'), finishedAt: number('finished_at') }
        return [
          id,
          { id, quiz: row['quiz'] as string, ...times, settled: number('settled'), score: number('score'), log },
        ]
      }),
    )
  } finally {
    client.close()
  }
}

/** What is wrong with a log by itself, whatever was sent. */
export function faultsOfLog({ id, finishedAt, log }: StoredAttempt): string[] {
  const faults: string[] = []
  const finishes = log.filter(({ type }) => type === 'finished').length
  if (finishes > 1) faults.push(`${id}: its log finishes ${finishes} times.`)
  if (finishes === 1 && log.at(-1)!.type !== 'finished') faults.push(`${id}: its log goes on after the finish.`)
  if (finishes > 0 !== (finishedAt !== null)) faults.push(`${id}: its row and its log do not agree on the finish.`)
  for (const [index, { seq, at }] of log.entries()) {
    if (seq !== index + 1) faults.push(`${id}: event ${index + 1} has the number ${seq}.`)
    if (index > 0 && at < log[index - 1]!.at) faults.push(`${id}: event ${seq} is earlier than the one before it.`)
  }
  return faults
}
