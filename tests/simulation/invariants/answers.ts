import { isDeepStrictEqual } from 'node:util'
import { decodeJwt } from '../../support/jwt.ts'
import { reply as replyTo, type Reply as ModelReply } from '../../support/sessions/attempt.ts'
import {
  attemptView,
  type Moment,
  progress,
  questionViews,
  receiptOf,
  replyViews,
  resultViews,
} from '../../support/sessions/view.ts'
import { type Model, toSaid } from '../model.ts'
import type { Reply, Sent } from '../send.ts'
import type { World } from '../world.ts'

/** Something that was answered about an attempt. */
export interface Answer extends Reply {
  readonly sent: Sent
}

export function answersAbout({ sent: all }: World): Map<string, Answer[]> {
  const answers = new Map<string, Answer[]>()
  for (const sent of all) {
    for (const reply of sent.replies) {
      const about = reply.body?.attempt?.id ?? (reply.body?.results ? sent.attempt : undefined)
      if (about === undefined) continue
      const known = answers.get(about)
      if (known) known.push({ ...reply, sent })
      else answers.set(about, [{ ...reply, sent }])
    }
  }
  return answers
}

/** Whether the answer could be given to its viewer by an attempt that stands as the model does. */
export function isTrue(world: World, model: Model, answer: Answer): boolean {
  const { from, to, sent, began, now } = answer
  if (model.lines.length < from || model.lines.length > to) return false
  // A quiz that closes meanwhile has closed, or not yet: when it was folded, nobody knows.
  return [now, began].some((at) => isTrueAt(model, answer, { now: at, began: world.began, viewer: sent.viewer }))
}

function isTrueAt(model: Model, answer: Answer, moment: Moment): boolean {
  const { attempt } = model
  const { body } = answer
  const { attempt: shown, results, token, receipt } = body
  if (shown) {
    const { questions, quiz: _, revision: __, ...view } = shown
    const said = { ...attemptView(attempt, moment), serverTime: shown.serverTime }
    if (!isDeepStrictEqual(view, said)) return false
    if (questions && !isDeepStrictEqual(questions, questionViews(attempt, moment))) return false
  }
  if (token && !isDeepStrictEqual(decodeJwt(token).payload['progress'], progress(attempt, moment))) return false
  if (receipt !== undefined && !isDeepStrictEqual(claimsOf(receipt), receiptOf(attempt, moment))) return false
  return results === undefined || areTrue(model, answer, moment)
}

function areTrue(model: Model, { body, sent }: Answer, moment: Moment): boolean {
  const { attempt } = model
  const shown = plain(body.results)
  if (sent.path.endsWith('/responses')) {
    return repliesTo(model, sent).some((replies) => isDeepStrictEqual(shown, replyViews(attempt, replies, moment)))
  }
  const all = plain(resultViews(attempt, moment))
  const named = (sent.body as any)?.question
  if (/\/(?:grades|overrides)$/.test(sent.path)) {
    const index = attempt.asked.findIndex(({ served }) => served.id === named)
    return isDeepStrictEqual(shown, index === -1 ? [] : [all[index]])
  }
  return isDeepStrictEqual(shown, all)
}

/** What a request may have come to: by an event that holds it; or by none, where the attempt was over. */
function repliesTo({ attempt, lines }: Model, { body }: Sent): (readonly ModelReply[])[] {
  const { responses } = body as { responses: any[] }
  const logged = lines.filter(
    ({ event, counted }) => counted && event.type === 'responded' && isDeepStrictEqual(event.body.responses, responses),
  )
  const unlogged = () =>
    responses.map(({ question: name, response, certainty }) =>
      replyTo(attempt, { name, said: toSaid(response), certainty }, Infinity),
    )
  return [...logged.map(({ replies }) => replies), ...(attempt.finished ? [unlogged()] : [])]
}

/** As the model shows them. What is right of the question that is kept secret is shown to staff alone: the model has no word for it. */
function plain(results: any): any[] {
  return results.map(({ explanation, comment, answer, ...result }: any) => ({
    ...result,
    explanation: explanation?.markdown ?? explanation,
    comment: comment?.markdown ?? comment,
    answer: result.question === 'secret' ? null : answer?.choices ? { choices: answer.choices.toSorted() } : answer,
  }))
}

function claimsOf(receipt: string | null): unknown {
  if (receipt === null) return null
  const { iss: _, aud: __, iat: ___, quiz: ____, revision: _____, ...claims } = decodeJwt(receipt).payload
  return claims
}
