import { expect } from 'vitest'
import { ROOT_KEY } from '../../host.ts'
import { type ModelQuestion, optionsOf, PROMPTS } from '../questions.ts'
import { type Action, chooser, type Chooser } from '../step.ts'
import { documentOf, type Expected, REUSED, type World } from '../world.ts'
import { headersOf, keyFor } from './keys.ts'

interface PublishRequest {
  readonly questions: readonly ModelQuestion[]
  readonly key: string | null
}

/** Publishes the quiz with another key, other points or other names; or as it is. */
export const publish: Action<PublishRequest> = {
  name: 'publish',
  make(world, picks) {
    const choose = chooser(picks)
    const { questions } = world.revisions[world.current]!
    const change = choose.oneIn(8) ? (question: ModelQuestion) => question : changeOf(choose)
    return { questions: questions.map(change), key: keyFor('publish', picks) }
  },
  call: (world, { questions, key }) => [
    'PUT',
    `/v1/quizzes/${world.quiz}`,
    { token: ROOT_KEY, body: documentOf(world, questions), ...headersOf(key) },
  ],
  expect(world, { questions, key }) {
    const place = `publish ${key}`
    const asked = JSON.stringify(questions)
    const known = key === null ? undefined : world.keys.get(place)
    if (known) return known.asked === asked ? published(world, known.subject, known.outcome === 'made') : REUSED
    const isNew = JSON.stringify(world.revisions[world.current]?.questions) !== asked
    if (isNew) world.current = world.revisions.push({ id: '', questions }) - 1
    world.archived = false
    if (key !== null) world.keys.set(place, { asked, outcome: isNew ? 'made' : 'noted', subject: world.current })
    return published(world, world.current, isNew)
  },
}

function published(world: World, number: number, created: boolean): Expected {
  return {
    status: created ? 201 : 200,
    check({ body }) {
      const revision = world.revisions[number]!
      if (revision.id === '') revision.id = body.revision
      expect(body).toEqual({ quiz: world.quiz, revision: revision.id, number: number + 1, created })
    },
  }
}

function changeOf(choose: Chooser): (question: ModelQuestion) => ModelQuestion {
  const kind = choose.number(4)
  const names = choose.some(['single', 'multiple', 'pairs', 'left', 'other'])
  const points = choose.of([1000, 500, 3000, 1234])
  const suffix = choose.of(['', '-x', '-y'])
  return (question) => {
    if (kind === 0) return { ...question, points }
    if (!names.includes(question.name)) return question
    if (kind === 1)
      return { ...question, id: `${question.name}${suffix}`, suffix: choose.oneIn(2) ? suffix : question.suffix }
    return { ...question, right: anotherKey(question, choose), version: question.version + 1 }
  }
}

export function anotherKey(question: ModelQuestion, { of, some }: Chooser): readonly string[] {
  const options = optionsOf(question)
  if (question.kind === 'single-choice') return [of(options)]
  if (question.kind === 'matching') return PROMPTS.map((prompt) => `${prompt}>${of(options)}`)
  const right = some(options)
  return right.length > 0 ? right : options.slice(0, 1)
}
