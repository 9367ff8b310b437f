import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, Result } from 'axe-core'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rules of WCAG 2.0 to 2.2, A and AA, and those that axe calls good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

/** Of its own accord axe leaves out the size of targets (2.5.8). */
const EVERYTHING = { runOnly: TAGS, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }
/** What else a dark room changes nothing of. */
const COLORS = { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] }

/**
 * Fails where axe finds anything on the page, in shadow trees too.
 *
 * axe runs in a world of its own: it sees the page's elements and nothing of its scripts, so no policy of the page has to
 * admit it, and its timers run where those of the page stand still.
 */
export async function expectAccessible(
  page: Page,
  { where, colorsAlone = false }: { where: string; colorsAlone?: boolean },
): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'axe',
  })
  const evaluate = async (expression: string) => {
    const options = { contextId, expression, awaitPromise: true, returnByValue: true }
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', options)
    if (exceptionDetails) throw new Error(`axe failed: ${exceptionDetails.exception?.description}`)
    return result.value as unknown
  }
  if ((await evaluate('typeof axe')) === 'undefined') await evaluate(`${AXE}; undefined`)
  const options = JSON.stringify(colorsAlone ? COLORS : EVERYTHING)
  const { violations } = (await evaluate(`axe.run(document, ${options})`)) as AxeResults
  await session.detach()
  if (violations.length > 0) throw new Error(`${where} is not accessible:\n${violations.map(toText).join('\n')}`)
}

function toText({ id, help, helpUrl, nodes }: Result): string {
  const places = nodes.map(({ target, failureSummary = '' }) => {
    const [, ...reasons] = failureSummary.split('\n')
    return [`  ${target.flat().join(' › ')}`, ...reasons.map((reason) => `    ${reason.trim()}`)].join('\n')
  })
  return [`${id}: ${help} (${helpUrl})`, ...places].join('\n')
}
