import type { BrowserContext, Page } from 'playwright-core'

/** What pages say that no page should: errors on the console, errors that nobody caught, what a policy forbade. */

interface Heard {
  readonly complaints: string[]
  readonly expected: RegExp[]
}

const heard = new WeakMap<BrowserContext, Heard>()

/** Listens to every page of a context that has none yet. */
export async function listenForComplaints(context: BrowserContext): Promise<void> {
  const complaints: string[] = []
  heard.set(context, { complaints, expected: [] })
  context.on('console', (message) => {
    const { url, lineNumber } = message.location()
    if (message.type() === 'error') complaints.push(`${message.text()} (${url}:${lineNumber})`)
  })
  context.on('weberror', (error) => complaints.push(error.error().stack ?? String(error.error())))
  await context.addInitScript(TELL_VIOLATIONS)
}

/** Says that pages of this page's context may complain of this. */
export function expectComplaint(page: Page, pattern: RegExp): void {
  heard.get(page.context())!.expected.push(pattern)
}

/** Throws if a page of the context has complained of what was not expected. */
export function refuseComplaints(context: BrowserContext): void {
  const { complaints, expected } = heard.get(context)!
  const unexpected = complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)))
  if (unexpected.length > 0) throw new Error(`The page complained:\n${unexpected.join('\n')}`)
}

/** For the page. The browser's own message does not say all that an event does. A text, for scripts that know no pages. */
const TELL_VIOLATIONS = `
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, sourceFile, lineNumber }) => {
    console.error(effectiveDirective + ' forbids ' + blockedURI + ' ' + sample + ' in ' + sourceFile + ':' + lineNumber)
  })`
