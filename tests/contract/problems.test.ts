import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../src/errors.ts'
import { PROBLEMS } from '../../src/routes/_http/problems.ts'
import { describedOperations } from '../support/description.ts'

/** The contract's own table, written out. */
const STATUSES: Record<number, string[]> = {
  400: ['invalid-json'],
  401: ['unauthorized', 'token-expired'],
  403: ['forbidden', 'start-required', 'learner-not-allowed'],
  404: ['not-found'],
  405: ['method-not-allowed'],
  409: ['attempt-finished', 'no-tries-left', 'no-attempts-left', 'attempt-active', 'quiz-not-open', 'quiz-closed'],
  412: ['revision-changed'],
  413: ['body-too-large'],
  415: ['unsupported-media-type'],
  422: ['invalid-input', 'not-supported', 'idempotency-key-reused', 'quiz-too-large'],
  429: ['rate-limited', 'attempt-log-full'],
  503: ['unavailable'],
}

/** Codes that no operation names: why, and so until when. */
const UNNAMED: Record<string, string> = {
  'method-not-allowed': 'is about a path and a method that are no operation',
  'not-supported': 'is for what the contract has and a server has not: nothing of this one',
}

/** An operation's codes by status, as the descriptions of its answers list them. */
const named = describedOperations.flatMap(({ method, path, operation }) =>
  Object.entries(operation.responses).flatMap(([status, reply]) =>
    reply.content?.['application/problem+json']
      ? [...reply.description.matchAll(/`([a-z-]+)`/g)].map(([, code]) => ({
          where: `${method} ${path}`,
          status,
          code: code!,
        }))
      : [],
  ),
)

describe('the codes of problems', () => {
  it('are those of the contract, each with its status', () => {
    const expected = Object.entries(STATUSES).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)]))
    expect(Object.fromEntries(ERROR_CODES.map((code) => [code, PROBLEMS[code].status]))).toEqual(
      Object.fromEntries(expected),
    )
    expect(Object.keys(PROBLEMS).toSorted()).toEqual(ERROR_CODES.toSorted())
  })

  it('say what happened and what to do, each in its own words', () => {
    for (const part of ['title', 'meaning', 'remedy'] as const) {
      const texts = Object.values(PROBLEMS).map((problem) => problem[part])
      expect(new Set(texts).size, part).toBe(texts.length)
      for (const text of texts) expect(text, part).toMatch(part === 'title' ? /^[A-Z].*[^.]$/ : /^[A-Z“"].*\.$/)
    }
  })

  it('are named by the operations that answer with them, but for those with a reason', () => {
    const unnamed = ERROR_CODES.filter((code) => !named.some((entry) => entry.code === code))
    expect(unnamed.toSorted()).toEqual(Object.keys(UNNAMED).toSorted())
  })

  it('stand in the description under their own status', () => {
    expect(named.length).toBeGreaterThan(50)
    for (const { where, status, code } of named) expect(STATUSES[Number(status)], where).toContain(code)
  })
})
