import type { Request } from 'playwright-core'
import { Validator } from '@cfworker/json-schema'
import { expect } from 'vitest'
import description from '../../../openapi.json' with { type: 'json' }
import { en } from '../../../player/strings/en.ts'
import { learnerAt } from '../support/learner.ts'
import { loseAnswer } from '../support/network.ts'
import { test } from '../support/player-test.ts'
import { choicesAt } from '../support/staff-view.ts'

/** The player has no way to the server that other programs do not have. */

interface Described {
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly schema: { readonly pattern?: string }
  }[]
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } }
}

const { paths, components } = description as unknown as {
  paths: Record<string, Record<string, Described>>
  components: object
}

/** What browsers send with every request, by the Fetch standard and for compression, languages and hints. */
const BROWSERS_OWN =
  /^(:|sec-|accept-|user-agent$|host$|connection$|content-length$|origin$|cache-control$|pragma$|if-none-match$|priority$)/

/** The description of a call; throws where there is none. */
function describedCall(method: string, url: URL): Described {
  const found = Object.entries(paths).find(([path]) => {
    const pattern = path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')
    return new RegExp(`^${pattern}$`).test(url.pathname)
  })
  const call = found?.[1][method.toLowerCase()]
  if (!call || url.search !== '') throw new Error(`${method} ${url.href} is no call of the contract.`)
  return call
}

async function holdToContract(request: Request): Promise<void> {
  const call = describedCall(request.method(), new URL(request.url()))
  const headers = Object.keys(await request.allHeaders()).filter((name) => !BROWSERS_OWN.test(name))
  const described = (call.parameters ?? []).filter((each) => each.in === 'header').map(({ name }) => name.toLowerCase())
  const own = headers.filter((name) => !['accept', 'authorization', 'content-type', ...described].includes(name))
  expect(own, `${request.method()} ${request.url()}`).toEqual([])
  const body = request.postDataJSON() as unknown
  if (body === null) return
  const schema = { ...call.requestBody!.content['application/json'].schema, components }
  expect(new Validator(schema, '2020-12', false).validate(body).errors).toEqual([])
}

const under = (name: string) => expect.stringMatching(new RegExp(`^/v1/attempts/att_[\\w-]+/${name}$`))

for (const where of ['of its own', 'of another']) {
  test(`on a page ${where} origin a quiz takes the calls of the contract alone, without cookies and referrers`, async ({
    site,
    elsewhere,
    page,
    context,
  }) => {
    await context.addCookies([{ name: 'session', value: 'secret', url: site.origin }])
    const requests: Request[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.startsWith('/v1/')) requests.push(request)
    })
    const quiz = await site.publish()
    const host = where === 'of its own' ? site : elsewhere
    await page.goto(`${host.embed(`<answerkey-quiz quiz="${quiz}"></answerkey-quiz>`)}?secret=1`)
    const learner = learnerAt(page)
    await learner.start()
    await loseAnswer(page, '**/responses')
    await learner.answer('Option b of single')
    await learner.verdict(en.result.correct).waitFor()
    await page.reload()
    await learner.handIn()
    await learner.outcome.waitFor()

    const calls = requests.filter((request) => request.method() !== 'OPTIONS')
    const attempt = expect.stringMatching(/^\/v1\/attempts\/att_[\w-]+$/)
    expect(calls.map((call) => [call.method(), new URL(call.url()).pathname])).toEqual([
      ['GET', `/v1/quizzes/${quiz}`],
      ['POST', `/v1/quizzes/${quiz}/attempts`],
      ['POST', under('responses')],
      ['POST', under('responses')],
      ['GET', attempt],
      ['POST', under('finish')],
    ])
    for (const call of calls) await holdToContract(call)
    const sent = await Promise.all(calls.map((call) => call.allHeaders()))
    expect(sent.map(({ authorization }) => authorization !== undefined)).toEqual([false, false, true, true, true, true])
    const keys = sent.map((headers) => headers['idempotency-key'])
    expect(keys.map((key) => key !== undefined)).toEqual([false, true, true, true, false, false])
    expect(keys[2]).toBe(keys[3])
    expect(keys[1]).not.toBe(keys[2])
    expect(await choicesAt(site, quiz)).toEqual(['single: b'])
  })
}
