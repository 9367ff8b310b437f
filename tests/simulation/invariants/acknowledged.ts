import { hold } from '../broken.ts'
import { canonicalJson } from '../canonical.ts'
import type { Seen } from '../watch.ts'
import type { Sent } from '../send.ts'
import type { World } from '../world.ts'

/** What clients have been told that it was done has been done once, and nothing that nobody has asked for. */
export function checkAcknowledged(world: World): void {
  const byAttempt = Map.groupBy(
    world.sent.filter(({ attempt }) => attempt !== undefined),
    ({ attempt }) => attempt!,
  )
  for (const seen of world.watch.attempts.values()) {
    const sent = byAttempt.get(seen.id) ?? []
    checkResponses(world, seen, sent)
    checkWords(world, seen, sent)
    checkEnd(world, seen, sent)
  }
  checkStarts(world)
}

const isResponses = ({ path }: Sent) => path.endsWith('/responses')
const textOf = (body: any) => canonicalJson(body.responses)

/** By what they say: as many events as requests that were acknowledged, or more where an outcome is unknown. */
function checkResponses(world: World, seen: Seen, sent: readonly Sent[]): void {
  const requests = Map.groupBy(sent.filter(isResponses), ({ body }) => textOf(body))
  const events = Map.groupBy(
    seen.log.filter(({ type }) => type === 'responded'),
    ({ body }) => textOf(body),
  )
  for (const text of new Set([...requests.keys(), ...events.keys()])) {
    const asked = requests.get(text) ?? []
    const inOneCall = world.sent.filter(({ path, body }) => path.endsWith('/submissions') && textOf(body) === text)
    const done = new Set(events.get(text)?.map(({ id }) => id)).size
    const acknowledged = asked.filter(({ replies }) =>
      replies.some(({ status, body }) => status === 200 && counts(body)),
    )
    const describe = () => `${seen.id}: ${text} is there ${done} times, ${acknowledged.length} of ${asked.length}`
    hold(acknowledged.length <= done, 'an acknowledged response is never lost (G3)', describe)
    hold(done <= asked.length + inOneCall.length, 'a response is never counted twice (G3)', describe)
  }
}

const counts = ({ results }: any) => results.some(({ duplicate, refused }: any) => !duplicate && refused === null)

/** Each has a reason of its own. */
function checkWords({ sent: all }: World, { id, log }: Seen, sent: readonly Sent[]): void {
  const words = log.filter(({ body }) => body.reason !== undefined)
  const events = Map.groupBy(words, ({ body }) => body.reason as string)
  for (const [reason, said] of events) {
    const ids = new Set(said.map((event) => event.id))
    hold(ids.size === 1, 'a word of staff is said once', () => `${id}: ${JSON.stringify(said)}`)
    const isAsked = all.some(({ body }) => (body as any)?.reason === reason)
    hold(isAsked, 'nothing is said that nobody has asked for', () => `${id}: ${JSON.stringify(said)}`)
  }
  for (const { body, replies, number, what } of sent) {
    const reason = (body as any)?.reason
    if (reason === undefined || !replies.some(({ status }) => status === 200)) continue
    hold(events.has(reason), 'an acknowledged word of staff is never lost', () => `${id}: ${number} ${what}`)
  }
}

/** An attempt ends when its learner asks for it, or when its time is up. */
function checkEnd(
  { sent: all, quizzes }: World,
  { id, quiz, log, deadline, endedAfter }: Seen,
  sent: readonly Sent[],
): void {
  const end = log.find(({ type }) => type === 'finished')
  if (!end) return
  const { graceSeconds } = quizzes.find((each) => each.id === quiz)!.rules
  const before = log.filter(({ type, seq }) => type === 'extended' && seq < end.seq)
  const last = before.length === 0 ? deadline : before.at(-1)!.body.deadline
  const isLate = last !== null && end.at > last + graceSeconds * 1000
  const isOneCall = quiz === 'drill' && end.seq === 2 && all.some(({ path }) => path.endsWith('/submissions'))
  const mayEnd =
    isLate || isOneCall || sent.some(({ path, number }) => path.endsWith('/finish') && number < endedAfter!)
  hold(mayEnd, 'an attempt ends when it is asked for, or when its time is up', () => `${id}: ${JSON.stringify(log)}`)
}

/** No more attempts than were asked for; one that has been erased may be asked for again. */
function checkStarts({ watch, sent }: World): void {
  const begun = Map.groupBy(watch.attempts.values(), ({ quiz, learner }) => `${quiz} ${learner}`)
  for (const [who, theirs] of begun) {
    const [quiz, learner] = who.split(' ')
    const asked = sent.filter(
      ({ path, method, body }) =>
        method === 'POST' &&
        (path === `/v1/quizzes/${quiz}/attempts` || path === `/v1/quizzes/${quiz}/submissions`) &&
        String((body as any).learner?.id ?? null) === learner,
    )
    const anew = theirs.some(({ erased }) => erased)
    const most = asked.reduce((sum, { times }) => sum + (anew ? times : 1), 0)
    hold(theirs.length <= most, 'a request begins one attempt', () => `${who}: ${theirs.length} of ${most}`)
  }
}
