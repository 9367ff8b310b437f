import { expect, it } from 'vitest'
import { described } from '../support/fuzz/described.ts'
import { fuzzOperation, isTakenEnough } from '../support/fuzz/fuzz-operation.ts'
import { onD1 } from '../support/host.ts'

/**
 * Requests made from openapi.json, good and bad: none fails the server, none gets an answer that is not documented, what is
 * wrong is refused as documented and changes nothing, and what is right is taken. `npm run fuzz` sends more of them.
 */
const CASES = onD1 ? 8 : 100

it.each(described.map((op) => [op.id, op] as const))(
  '%s answers as its description says',
  async (_id, op) => {
    const report = await fuzzOperation(op, { cases: CASES, seed: 20_260_105 })
    expect(report.failure).toBeNull()
    expect(report.requests).toBe(CASES)
    expect(isTakenEnough(report), JSON.stringify(report)).toBe(true)
  },
  60_000,
)
