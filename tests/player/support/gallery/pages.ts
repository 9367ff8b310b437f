import { en, verify as words } from '../../../../player/strings/en.ts'
import { expectComplaint } from '../complaints.ts'
import { hold, refuse } from '../network.ts'
import { gallery, single, truth } from './document.ts'
import { begin, introduce, press, type Stage, type State } from './stage.ts'

/** The pages of a server, and what the player shows before an attempt is begun. */

const RIGHT = { responses: { truth: { choice: 'false' } }, isFinished: true }

async function verified({ page, site }: Stage, change: (receipt: string) => string): Promise<void> {
  const { receipt } = await begin(site, gallery({}, [truth]), RIGHT)
  await page.goto(`${site.origin}/verify#receipt=${change(receipt!)}`)
  await page.getByRole('status').getByRole('heading').waitFor()
}

export const pages: Readonly<Record<string, State>> = {
  async quizzes({ page, site }) {
    await site.publish(gallery({ timeLimitSeconds: 5400 }))
    await page.goto(site.origin)
  },
  async problem({ page, site }) {
    await page.goto(`${site.origin}/problems/no-tries-left`)
  },
  async verify({ page, site }) {
    await page.goto(`${site.origin}/verify`)
    await page.getByRole('button', { name: words.submit }).waitFor()
  },
  async 'verify, nothing given'(stage) {
    await pages['verify']!(stage)
    await press(stage.page, words.submit)
    await stage.page.getByRole('status').getByRole('heading').waitFor()
  },
  'verify, genuine': (stage) => verified(stage, (receipt) => receipt),
  'verify, not genuine': (stage) => verified(stage, (receipt) => receipt.replace(/.{4}$/, 'AAAA')),
  async course({ page, site }) {
    await page.goto(site.course)
    await page.getByRole('button', { name: en.intro.start }).waitFor()
  },

  intro: (stage) => introduce(stage, gallery({ tries: 3, timeLimitSeconds: 5400 })),
  'intro, with certainty': (stage) => introduce(stage, gallery({ certainty: true, feedback: 'deferred' }, [single])),
  async 'intro, starting'(stage) {
    await introduce(stage, gallery())
    await hold(stage.page, '**/attempts')
    await press(stage.page, en.intro.start)
    await stage.page.getByRole('button', { name: en.intro.starting }).waitFor()
  },
  async 'intro, not open yet'(stage) {
    await introduce(stage, gallery({ opensAt: '2030-01-01T08:00:00Z' }))
    expectComplaint(stage.page, /409/)
    await press(stage.page, en.intro.start)
    await stage.page.getByRole('alert').waitFor()
  },
  async loading({ page, site }) {
    await hold(page, '**/v1/quizzes/*')
    await page.goto(`${site.origin}/play/${await site.publish(gallery())}`)
    await page.getByText(en.intro.loading).waitFor()
  },
  async 'loading, without a connection'({ page, site }) {
    await refuse(page, '**/v1/quizzes/*', 10)
    await page.goto(`${site.origin}/play/${await site.publish(gallery())}`)
    await page.getByText(en.problem.offlineLoading).waitFor()
  },
  async 'no such quiz'({ page, site }) {
    expectComplaint(page, /404/)
    await page.goto(`${site.origin}/play/nothing`)
    await page.getByRole('alert').waitFor()
  },
  async 'broken link'({ page, site }) {
    await page.goto(`${site.origin}/play/quiz#token=half`)
    await page.getByRole('alert').waitFor()
  },
  async slots({ page, site }) {
    const quiz = await site.publish(gallery({}, [truth]))
    await page.goto(
      site.embed(`<answerkey-quiz quiz="${quiz}">
        <p slot="header">Take your time.</p>
        <p slot="footer">Ask in the <a href="/">forum</a>.</p>
      </answerkey-quiz>`),
    )
    await press(page, en.intro.start)
    await page.getByRole('progressbar').waitFor()
  },
}
