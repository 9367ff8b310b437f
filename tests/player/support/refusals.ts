import type { Page } from 'playwright-core'
import { expectComplaint } from './complaints.ts'

interface Refusal {
  readonly status: number
  readonly code: string
  readonly detail?: string
  /** Seconds. */
  readonly retryAfter?: number
}

/** The next requests of a page to an address that matches are refused with a problem, before the server hears of them. */
export async function answerWithProblem(
  page: Page,
  pattern: string | RegExp,
  { status, code, detail = 'The test says no.', retryAfter }: Refusal,
  times = 1,
): Promise<void> {
  expectComplaint(page, new RegExp(`status of ${status} `))
  const problem = { type: `about:${code}`, title: code, status, detail, instance: 'req_test', code }
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  await page.route(
    pattern,
    (route) =>
      route.fulfill({ status, headers, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    { times },
  )
}

/** The next requests get what is no problem of the contract: a page of some machine on the way, for people. */
export async function answerWithPage(page: Page, pattern: string | RegExp, status: number, times = 1): Promise<void> {
  if (status >= 400) expectComplaint(page, new RegExp(`status of ${status} `))
  const body = '<!doctype html><title>Please wait</title>'
  await page.route(pattern, (route) => route.fulfill({ status, contentType: 'text/html', body }), { times })
}
