import { describe, expect } from 'vitest'
import { en } from '../../../player/strings/en.ts'
import { createPages } from '../../../examples/embed/pages.ts'
import { quizDocument } from '../../support/quiz-document.ts'
import { STAFF } from '../../support/staff-words.ts'
import { expectComplaint } from '../support/complaints.ts'
import { expectDescribed } from '../support/described.ts'
import { heardBy, listenForEvents } from '../support/events.ts'
import { learnerAt } from '../support/learner.ts'
import { startQuiz } from '../support/open.ts'
import { test } from '../support/player-test.ts'
import { policyOfPages } from '../support/policy.ts'
import { serveHere } from '../support/serve.ts'
import { attemptsAt, choicesAt } from '../support/staff-view.ts'
import { advance, stopTime } from '../support/time.ts'

/** A page has the player as docs/player.md says, wherever the page is and whatever else is on it. */

const elementOf = (quiz: string, more = '', inside = '') =>
  `<answerkey-quiz quiz="${quiz}" ${more}>${inside}</answerkey-quiz>`

/** In the shadow tree of a component of the page. */
const inShadow = (element: string) => `<section><template shadowrootmode="open">${element}</template></section>`

describe('on a page of another origin', () => {
  test('the player asks the server that it comes from, or the one that is named', async ({ site, elsewhere, page }) => {
    for (const api of ['', `api="${site.origin}"`, `api="${site.origin}/"`]) {
      const quiz = await site.publish()
      await page.goto(elsewhere.embed(elementOf(quiz, api)))
      const learner = learnerAt(page)
      await learner.start()
      await learner.answer('Option b of single')
      await learner.verdict(en.result.correct).waitFor()
      await page.reload()
      await learner.handIn()
      await learner.outcome.waitFor()
      expect(await choicesAt(site, quiz)).toEqual(['single: b'])
      const link = page.getByRole('link', { name: en.review.verify })
      expect(await link.getAttribute('href')).toMatch(new RegExp(`^${site.origin}/verify#receipt=[\\w.-]+$`))
    }
  })

  test('a server that does not answer is told', async ({ elsewhere, page, site }) => {
    const quiz = await site.publish()
    const nobody = await serveHere(() => () => new Response(null))
    await nobody.close()
    expectComplaint(page, /net::ERR_CONNECTION_REFUSED/)
    await page.goto(elsewhere.embed(elementOf(quiz, `api="${nobody.origin}"`), { policy: policyOf(nobody.origin) }))
    await page.getByText(en.problem.offlineLoading).waitFor()

    function policyOf(other: string): string {
      return policyOfPages(site.origin).replace('connect-src ', `connect-src ${other} `)
    }
  })
})

describe('the events', () => {
  test('hold objects of the contract, once each, and leave every shadow root', async ({ site, page }) => {
    await listenForEvents(page)
    const quiz = await site.publish()
    await page.goto(site.embed(inShadow(elementOf(quiz))))
    const learner = learnerAt(page)
    await learner.start()
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    await learner.handIn()
    await learner.outcome.waitFor()

    const heard = await heardBy(page)
    expect(heard.map(({ type, detail }) => [type, Object.keys(detail)])).toEqual([
      ['answerkey-loaded', ['quiz']],
      ['answerkey-answered', ['attempt', 'result']],
      ['answerkey-finished', ['attempt', 'receipt']],
    ])
    const [loaded, answered, finished] = heard.map(({ detail }) => detail)
    expectDescribed('QuizSummary', loaded.quiz)
    expectDescribed('Attempt', answered.attempt)
    expectDescribed('Result', answered.result)
    expectDescribed('Attempt', finished.attempt)
    expect(loaded.quiz.id).toBe(quiz)
    expect([answered.attempt.answeredCount, answered.result.question, answered.result.status]).toEqual([
      1,
      'single',
      'correct',
    ])
    expect([finished.attempt.status, finished.attempt.passed]).toEqual(['finished', false])
    expect(finished.receipt).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(heard.every(({ composed }) => composed)).toBe(true)
  })

  test('are told to listeners that throw, and nothing comes of it', async ({ site, page }) => {
    expectComplaint(page, /The page is broken/)
    const quiz = await site.publish()
    await page.goto(site.embed(elementOf(quiz)))
    await page.evaluate(() => {
      for (const type of ['loaded', 'answered', 'finished']) {
        document.addEventListener(`answerkey-${type}`, () => {
          throw new Error('The page is broken')
        })
      }
    })
    const learner = learnerAt(page)
    await learner.start()
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    await learner.handIn()
    await learner.outcome.waitFor()
  })
})

describe('the focus', () => {
  test('stays where it is on the page, whatever happens in the quiz', async ({ site, page }) => {
    await stopTime(site, page)
    const quiz = await site.publish(quizDocument({ policy: { timeLimitSeconds: 60 } }))
    await page.goto(site.embed(`${elementOf(quiz)}<label>Notes <input /></label>`))
    const learner = learnerAt(page)
    const notes = page.getByRole('textbox', { name: 'Notes' })
    const isInNotes = () => notes.evaluate((input) => input.matches(':focus'))
    await notes.focus()
    await learner.startButton.evaluate((button: HTMLElement) => button.click())
    await learner.question(1).waitFor()
    await learner.option('Option b of single').evaluate((option: HTMLElement) => option.click())
    await learner.checkButton.evaluate((button: HTMLElement) => button.click())
    await learner.verdict(en.result.correct).waitFor()
    expect(await isInNotes()).toBe(true)
    const asked = page.waitForResponse((response) => response.request().method() === 'GET')
    await advance(site, page, 56_000)
    await asked
    await advance(site, page, 4000)
    await learner.outcome.waitFor()
    expect(await isInNotes()).toBe(true)
  })

  test('goes to the verdict of who answers, in somebody else’s shadow tree too', async ({ site, page }) => {
    for (const surround of [(element: string) => element, inShadow]) {
      const quiz = await site.publish(quizDocument({ policy: { tries: 3 } }))
      await page.goto(site.embed(surround(elementOf(quiz))))
      const learner = learnerAt(page)
      await learner.start()
      await learner.answer('Option a of single')
      const verdict = learner.verdict(en.result.incorrect)
      await verdict.waitFor()
      await expect.poll(() => verdict.evaluate((heading) => heading.matches(':focus'))).toBe(true)
    }
  })
})

describe('the look', () => {
  test('is the page’s where the page says so: properties, parts, slots, colour scheme', async ({ site, page }) => {
    const quiz = await site.publish()
    const slots = '<p slot="header">Take your time.</p><p slot="footer">Ask in the forum.</p><p>Nowhere.</p>'
    await page.goto(site.embed(elementOf(quiz, '', slots)))
    const learner = learnerAt(page)
    await learner.startButton.waitFor()
    const colours = () =>
      learner.startButton.evaluate((button) => {
        const { backgroundColor, color, fontFamily, borderTopLeftRadius } = getComputedStyle(button)
        return { backgroundColor, color, fontFamily, borderTopLeftRadius }
      })
    const addStyle = (css: string) =>
      page.evaluate((text) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(text)
        document.adoptedStyleSheets.push(sheet)
      }, css)
    await addStyle(
      'answerkey-quiz { --answerkey-accent: rgb(1, 2, 3); --answerkey-on-accent: rgb(250, 251, 252); --answerkey-font: fantasy; --answerkey-radius: 0px }',
    )
    expect(await colours()).toEqual({
      backgroundColor: 'rgb(1, 2, 3)',
      color: 'rgb(250, 251, 252)',
      fontFamily: 'fantasy',
      borderTopLeftRadius: '0px',
    })
    await addStyle('answerkey-quiz::part(primary-button) { background-color: rgb(4, 5, 6) }')
    expect((await colours()).backgroundColor).toBe('rgb(4, 5, 6)')

    const top = (text: string) => page.getByText(text).evaluate((element) => element.getBoundingClientRect().top)
    expect(await top('Take your time.')).toBeLessThan(await top('Start'))
    expect(await top('Start')).toBeLessThan(await top('Ask in the forum.'))
    expect(await page.getByText('Nowhere.').isVisible()).toBe(false)
  })

  test('is light unless the page says otherwise', async ({ site, openContext }) => {
    const quiz = await site.publish()
    const context = await openContext({ colorScheme: 'dark' })
    const page = await context.newPage()
    await page.goto(site.embed(elementOf(quiz), { head: `<script type="module" src="/player.js"></script>` }))
    const title = page.getByRole('heading', { name: 'Three questions' })
    const lightness = () =>
      title.evaluate((heading) => {
        const canvas = new OffscreenCanvas(1, 1).getContext('2d')!
        canvas.fillStyle = getComputedStyle(heading).color
        canvas.fillRect(0, 0, 1, 1)
        return canvas.getImageData(0, 0, 1, 1).data[1]!
      })
    const say = (scheme: string) =>
      page.evaluate((value) => (document.documentElement.style.colorScheme = value), scheme)
    await say('normal')
    expect(await lightness()).toBeLessThan(100)
    await say('light dark')
    expect(await lightness()).toBeGreaterThan(150)
    await say('light')
    await page.locator('answerkey-quiz').evaluate((element) => (element.style.colorScheme = 'dark'))
    expect(await lightness()).toBeGreaterThan(150)
  })
})

describe('a script', () => {
  test('that is loaded twice, also under another address, defines one element', async ({ site, page }) => {
    const tags = ['/player.js', '/player.js', '/player.js?again'].map(
      (src) => `<script type="module" src="${src}"></script>`,
    )
    const quiz = await site.publish()
    const policy = policyOfPages().replace(/;[^;]*trusted-types-for[^;]*;[^;]*$/, '')
    await page.goto(site.embed(elementOf(quiz), { head: tags.join('\n'), policy }))
    const learner = learnerAt(page)
    await learner.start()
    await learner.question(1).waitFor()
    expect(await attemptsAt(site, quiz)).toHaveLength(1)
  })

  test('has its place beside a page that uses Lit itself, where the policy admits both', async ({ site, page }) => {
    const quiz = await site.publish()
    const policy = `${policyOfPages()} 'allow-duplicates'`
    await page.addInitScript(`trustedTypes.createPolicy('lit-html', { createHTML: (html) => html })`)
    await page.goto(site.embed(elementOf(quiz), { policy }))
    const learner = learnerAt(page)
    await learner.start()
    await learner.question(1).waitFor()
  })
})

describe('the examples', () => {
  const devops = quizDocument({ title: 'DevOps', policy: { passingScore: 0.2 } })

  test('a course has the quiz on its page, under a policy of its own, and follows what happens', async ({
    site,
    page,
    onTestFinished,
  }) => {
    await site.host.client.call('PUT', '/v1/quizzes/devops-deep-dive', { ...STAFF, body: devops })
    expectComplaint(page, /404.*favicon/)
    const course = await serveHere(() => createPages(site.origin).fetch)
    onTestFinished(() => course.close())
    await page.goto(course.origin)
    const learner = learnerAt(page.locator('answerkey-quiz'))
    await page.getByText('Take your time, and keep the guide at hand.').waitFor()
    await learner.start()
    await learner.answer('Option b of single')
    await page.getByText('Week 3: 1 of 3 questions are answered.').waitFor()
    await learner.handIn()
    await page.getByText('Week 3 is done.').waitFor()
  })

  test('a page does with nothing but fetch', async ({ site, page, onTestFinished }) => {
    await site.host.client.call('PUT', '/v1/quizzes/devops-deep-dive', { ...STAFF, body: devops })
    expectComplaint(page, /404.*favicon/)
    const course = await serveHere(() => createPages(site.origin).fetch)
    onTestFinished(() => course.close())
    await page.goto(`${course.origin}/fetch-only.html`)
    await page.getByRole('radio', { name: 'Option b of single' }).check()
    await page.getByRole('button', { name: 'Answer' }).click()
    await page.getByRole('heading', { name: 'correct' }).waitFor()
  })
})

test('an attempt that is begun says which quiz it is of, once', async ({ site, page }) => {
  await listenForEvents(page)
  const { learner } = await startQuiz(site, page)
  await learner.question(1).waitFor()
  expect((await heardBy(page)).map(({ type }) => type)).toEqual(['answerkey-loaded'])
})
