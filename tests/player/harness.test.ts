import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { startFor } from '../support/actions.ts'
import { STAFF } from '../support/staff-words.ts'
import { expectAccessible } from './support/accessibility.ts'
import { expectComplaint, refuseComplaints } from './support/complaints.ts'
import { goOffline, goOnline, hold, loseAnswer, refuse } from './support/network.ts'
import { test } from './support/player-test.ts'
import { advance, closeLid, stopTime } from './support/time.ts'

/** What the suites of the player rest on: that it would tell, and that it does what its name says. */

/** What comes of a request that the page makes. */
const ask = (page: Page, path = '/healthz', method = 'GET') =>
  page.evaluate(([to, how]) => fetch(to!, { method: how! }).then(({ status }) => status, String), [path, method])

const FAILED = 'TypeError: Failed to fetch'

const hour = (page: Page) => page.evaluate(() => Date.now())

describe('a page that complains', () => {
  test('of what its policy forbids is told on, with what it was', async ({ site, page, context }) => {
    const said = page.waitForEvent('console', (message) => message.text().includes('forbids'))
    await page.goto(site.embed('<p style="color: red">Red</p>'))
    await said
    expect(() => refuseComplaints(context)).toThrow(/style-src-attr forbids inline/)
    expectComplaint(page, /style-src/)
  })

  test('of markup that a script sets without a trusted type is told on', async ({ site, page, context }) => {
    await page.goto(site.embed(''))
    const said = page.waitForEvent('console', (message) => message.text().includes('forbids'))
    const set = page.evaluate(() => (document.body.innerHTML = '<p>Untrusted</p>'))
    await expect(set).rejects.toThrow('TrustedHTML')
    await said
    expect(() => refuseComplaints(context)).toThrow(/require-trusted-types-for forbids trusted-types-sink .*Untrusted/)
    expectComplaint(page, /TrustedHTML|trusted-types/)
  })

  test('of an error that nobody caught is told on', async ({ site, page, context }) => {
    await page.goto(site.embed(''))
    const thrown = page.waitForEvent('pageerror')
    await page.evaluate(() => void setTimeout(() => Promise.reject(new Error('Nobody caught this'))))
    await thrown
    expect(() => refuseComplaints(context)).toThrow('Nobody caught this')
    expectComplaint(page, /Nobody caught this/)
  })

  test('of an answer that is no success is told on, until that is expected', async ({ site, page, context }) => {
    await page.goto(site.embed(''))
    const said = page.waitForEvent('console')
    await ask(page, '/nowhere')
    await said
    expect(() => refuseComplaints(context)).toThrow(/404.*nowhere/)
    expectComplaint(page, /404.*nowhere/)
    expect(() => refuseComplaints(context)).not.toThrow()
  })
})

describe('a page is accessible', () => {
  test('when there is nothing to find', async ({ site, page }) => {
    await page.goto(site.embed('<p>Nothing to object to.</p>'))
    await expectAccessible(page, { where: 'A plain page' })
  })

  test('and not when there is, in a shadow tree and while time stands still', async ({ site, page }) => {
    const unnamed = '<div><template shadowrootmode="open"><button></button><button>x</button></template></div>'
    await stopTime(site, page)
    await page.goto(site.embed(unnamed))
    const checked = expectAccessible(page, { where: 'The page' })
    await expect(checked).rejects.toThrow(/^The page is not accessible:\nbutton-name: [^]* {2}div › button:nth-child/)
  })

  test('and not when its targets are too small and too close', async ({ site, page }) => {
    const buttons = '<div><template shadowrootmode="open"><button>x</button><button>x</button></template></div>'
    await page.goto(site.embed(buttons))
    await expect(expectAccessible(page, { where: 'The page' })).rejects.toThrow('target-size: ')
  })
})

describe('the network', () => {
  test('refuses what is to be refused, and then no more', async ({ site, page }) => {
    await page.goto(site.embed(''))
    const before = site.host.log.length
    await refuse(page, '**/nowhere')
    expect(await ask(page, '/nowhere')).toBe(FAILED)
    expect(site.host.log.length).toBe(before)
    expect(await ask(page)).toBe(200)
  })

  test('loses the answer to what the server has done', async ({ site, page }) => {
    const quiz = await site.publish()
    await page.goto(site.embed(''))
    await loseAnswer(page, '**/attempts')
    const start = `/v1/quizzes/${quiz}/attempts`
    expect(await ask(page, start, 'POST')).toBe(FAILED)
    expect(await ask(page, start, 'POST')).toBe(201)
    const listed = await site.host.client.call('GET', `/v1/quizzes/${quiz}/attempts`, STAFF)
    expect(listed.body.attempts.length).toBe(2)
  })

  test('holds an answer until it is released', async ({ site, page }) => {
    await page.goto(site.embed(''))
    const held = await hold(page, '**/healthz')
    let answer: unknown = null
    const asked = ask(page).then((status) => (answer = status))
    await held.answered
    expect(answer).toBeNull()
    held.release()
    expect(await asked).toBe(200)
  })

  test('is gone for a while, in every tab', async ({ site, page, context }) => {
    const tab = await context.newPage()
    for (const each of [page, tab]) await each.goto(site.embed(''))
    await goOffline(page)
    expect([await ask(page), await ask(tab)]).toEqual([FAILED, FAILED])
    await goOnline(page)
    expect([await ask(page), await ask(tab)]).toEqual([200, 200])
  })
})

describe('time', () => {
  test('stands still until it is let go on, in a second tab and after a reload too', async ({
    site,
    page,
    context,
  }) => {
    await stopTime(site, page)
    await page.goto(site.embed(''))
    const start = site.clock.now
    expect(await hour(page)).toBe(start)
    await advance(site, page, 90_500)
    expect([site.clock.now, await hour(page)]).toEqual([start + 90_500, start + 90_500])
    await page.reload()
    const tab = await context.newPage()
    await tab.goto(site.embed(''))
    expect([await hour(page), await hour(tab)]).toEqual([site.clock.now, site.clock.now])
  })

  test('is the same for the server and for a timer that falls due, to a second', async ({ site, page }) => {
    const attempt = await startFor(site.host, await site.publish(), 'ada')
    await stopTime(site, page)
    await page.goto(site.embed(''))
    const asked = page.evaluate(
      ({ path, token }) =>
        new Promise<{ at: number; serverTime: string }>((resolve) => {
          setTimeout(async () => {
            const at = Date.now()
            const answer = await fetch(path, { headers: { Authorization: `Bearer ${token}` } })
            const { attempt: now } = await answer.json()
            resolve({ at, serverTime: now.serverTime })
          }, 59_250)
        }),
      { path: `/v1/attempts/${attempt.id}`, token: attempt.token },
    )
    await advance(site, page, 60_000)
    const { at, serverTime } = await asked
    expect(at).toBe(site.clock.now - 750)
    expect(Math.abs(Date.parse(serverTime) - at)).toBeLessThanOrEqual(1000)
  })

  test('jumps while the lid is closed: a timer fires once at the end', async ({ site, page }) => {
    await stopTime(site, page)
    await page.goto(site.embed(''))
    const start = site.clock.now
    await page.evaluate(() => {
      const fired: number[] = []
      Object.assign(window, { fired })
      setInterval(() => fired.push(Date.now()), 1000)
    })
    await closeLid(site, page, 600_000)
    expect(await page.evaluate(() => (window as unknown as { fired: number[] }).fired)).toEqual([start + 600_000])
    expect(site.clock.now).toBe(start + 600_000)
  })
})
