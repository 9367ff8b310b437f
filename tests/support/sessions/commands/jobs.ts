import { expect } from 'vitest'
import { ROOT_KEY } from '../../host.ts'
import type { Rule } from '../attempt.ts'
import { addJob, checkJob, type Extension, type Job, type Regrading, ruleFor } from '../jobs.ts'
import { namesOf } from '../questions.ts'
import { type Action, chooser, type Chooser } from '../step.ts'
import { type Expected, INVALID, REUSED, standing, type World } from '../world.ts'
import { headersOf, keyFor } from './keys.ts'
import { someExtension } from './staff-words.ts'

/** The jobs: an extension for all, and regrades; they wait for whoever carries them on, or begin at once. */

interface JobRequest {
  readonly key: string | null
}

function beginJob(world: World, place: string | null, asked: string, does: () => Job['does'] | null): Expected {
  const known = place === null ? undefined : world.keys.get(place)
  if (known && known.asked !== asked) return REUSED
  const made = known ? null : does()
  if (!known && !made) return INVALID
  const job = known ? world.jobs[known.subject]! : addJob(world, made!)
  if (place !== null) world.keys.set(place, { asked, outcome: 'made', subject: job.number })
  const { attempts } = job
  return {
    status: 202,
    check({ body, headers }) {
      if (job.id === '') job.id = body.id
      expect(body.id).toBe(job.id)
      expect(body.attempts).toBe(attempts)
      expect(headers.get('Location')).toContain(job.id)
    },
  }
}

export const extendAll: Action<JobRequest & { readonly extension: Extension }> = {
  name: 'extend all',
  make: (_world, picks) => ({ extension: someExtension(chooser(picks)), key: keyFor('extend', picks) }),
  call: ({ quiz }, { extension, key }) => [
    'POST',
    `/v1/quizzes/${quiz}/extensions`,
    { token: ROOT_KEY, body: { ...extension, reason: 'The power was out' }, ...headersOf(key) },
  ],
  expect: (world, { extension, key }) =>
    beginJob(world, key && `extend ${key}`, JSON.stringify(extension), () => ({ kind: 'extension', extension })),
}

interface RegradeRequest extends JobRequest {
  readonly regrading: Regrading
  readonly dryRun: boolean
}

const RULES: readonly Rule[] = ['new-key', 'new-key', 'best-of-both', 'best-of-both', 'full-credit', 'drop-question']

export const regrade: Action<RegradeRequest> = {
  name: 'regrade',
  make(world, picks) {
    const choose = chooser(picks)
    if (standing(world).length === 0) return null
    return { regrading: someRegrading(world, choose), dryRun: choose.oneIn(4), key: keyFor('regrade', picks) }
  },
  call({ quiz, revisions }, { regrading, dryRun, key }) {
    const { target, rule, questions, map } = regrading
    const body = {
      revision: revisions[target]!.id,
      rule,
      ...(questions && { questions }),
      map,
      dryRun,
      reason: 'A wrong key',
    }
    return ['POST', `/v1/quizzes/${quiz}/regrades`, { token: ROOT_KEY, body, ...headersOf(key) }]
  },
  expect: (world, { regrading, dryRun, key }) =>
    beginJob(world, key && `regrade ${key}`, JSON.stringify([regrading, dryRun]), () => {
      const revisions = pinned(world)
      return isDecided(world, regrading) ? { kind: 'regrade', regrading, dryRun, revisions } : null
    }),
}

const pinned = (world: World): number[] => [...new Set(standing(world).map(({ revision }) => revision))]
const servedIn = (world: World) => pinned(world).map((number) => world.revisions[number]!.questions)

function someRegrading(world: World, { of, oneIn, some, number }: Chooser): Regrading {
  const target = oneIn(3) ? world.current : number(world.revisions.length)
  const ids = [...new Set(servedIn(world).flatMap((questions) => questions.map(({ id }) => id)))]
  const chosen = some(ids)
  const each = Object.fromEntries(chosen.map((id) => [id, of(RULES)]))
  const rule = chosen.length > 0 && oneIn(3) ? each : of(RULES)
  const questions = chosen.length > 0 && oneIn(4) ? chosen : null
  return { target, rule, questions, map: oneIn(10) ? {} : fullMap(world, target) }
}

/** By question what its names have become in the target, where they have. */
function fullMap(world: World, target: number): Regrading['map'] {
  const map: Record<string, Record<string, string>> = {}
  for (const served of servedIn(world).flat()) {
    const there = world.revisions[target]!.questions.find(({ name }) => name === served.name)!
    const names = namesOf(served).map((name) => [`${name}${served.suffix}`, `${name}${there.suffix}`])
    const renamed = [[served.id, there.id], ...names].filter(([before, now]) => before !== now)
    if (renamed.length > 0) map[served.id] = { ...map[served.id], ...Object.fromEntries(renamed) }
  }
  return map
}

/** What a name of a question is called in the target. */
function becomes({ map }: Regrading, id: string, name: string): string {
  return map[id]?.[name] ?? name
}

/** Whether it is clear from the names what has become of everything that is to be regraded. */
function isDecided(world: World, regrading: Regrading): boolean {
  const target = world.revisions[regrading.target]!.questions
  return servedIn(world).every((served) => {
    const isFound = served.every((question) => {
      const rule = ruleFor(regrading, question.id)
      if (rule !== 'new-key' && rule !== 'best-of-both') return true
      const there = target.find(({ id }) => id === becomes(regrading, question.id, question.id))
      const names = namesOf(question)
      return (
        there !== undefined &&
        names.every((name) => becomes(regrading, question.id, `${name}${question.suffix}`) === `${name}${there.suffix}`)
      )
    })
    const found = new Set(served.map(({ id }) => becomes(regrading, id, id)))
    const appeared = target.filter(({ id }) => !found.has(id)).map(({ id }) => ruleFor(regrading, id))
    return isFound && appeared.every((rule) => rule === null || rule === 'drop-question')
  })
}

export const readJob: Action<{ readonly job: number }> = {
  name: 'read job',
  make: ({ jobs }, picks) => (jobs.length === 0 ? null : { job: chooser(picks).of(jobs).number }),
  call({ quiz, jobs }, { job: number }) {
    const { id, does } = jobs[number]!
    const list = does.kind === 'regrade' ? 'regrades' : 'extensions'
    return ['GET', `/v1/quizzes/${quiz}/${list}/${id}`, { token: ROOT_KEY }]
  },
  expect(world, { job: number }) {
    const job = world.jobs[number]!
    return { status: 200, check: ({ body }) => checkJob(world, job, body) }
  },
}
