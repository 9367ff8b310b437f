import { canary, canaryNumber } from './canaries.ts'
import { type Json, multipleChoice, quizDocument, secrets, singleChoice, trueFalse } from './quiz-document.ts'

/** One builder a type. Whatever learners may not see is a canary, as far as it is a text or a number. */

function built(id: string, type: string, members: Json, change: Json): Json {
  return { id, section: 'one', type, prompt: `Prompt of \`${id}\``, ...members, ...secrets(id), ...change }
}

/** Entries in the author's order, each with feedback of its own: the canary's place is the list's name and the id. */
export function entries(question: string, list: string, ids: string): Json[] {
  return [...ids].map((id) => ({
    id,
    text: `Entry **${id}** of ${list}`,
    feedback: canary(question, `${list}-${id}`),
  }))
}

/** Items w to z, which the author wrote as z, y, w, x; the right order is x, w, z, y. Worth four points. */
export function ordering(id: string, change: Json = {}): Json {
  const members = { points: 4, items: entries(id, 'items', 'zywx'), key: { order: [...'xwzy'] } }
  return built(id, 'ordering', members, change)
}

/** Items of which w comes before all others, and y after all others. Worth four points. */
export function partialOrdering(id: string, change: Json = {}): Json {
  return ordering(id, { key: { dependsOn: { x: ['w'], z: ['w'], y: ['z', 'x'] } }, ...change })
}

/** Prompts n, l, m and options 1 to 4; n and m go with 2, l with 4. Worth three points. */
export function matching(id: string, change: Json = {}): Json {
  const members = {
    points: 3,
    prompts: entries(id, 'prompts', 'nlm'),
    options: entries(id, 'options', '4213'),
    key: { pairs: { m: '2', n: '2', l: '4' } },
  }
  return built(id, 'matching', members, change)
}

/** One number is right, whatever lies between two negative ones half right. Worth two points. */
export function numeric(id: string, change: Json = {}): Json {
  const key = {
    answers: [
      { value: canaryNumber(id, 'value'), tolerance: { absolute: `0.${canaryNumber(id, 'tolerance')}` } },
      { range: { min: `-${canaryNumber(id, 'min')}`, max: '-1' }, fraction: 0.5 },
    ],
  }
  return built(id, 'numeric', { points: 2, decimalComma: true, key }, change)
}

/** The same number, in one of three units; those who give it in kB get half. Worth two points. */
export function withUnits(id: string, change: Json = {}): Json {
  const key = {
    answers: [{ value: canaryNumber(id, 'value'), tolerance: { relative: '0.001' } }],
    units: { crate: canaryNumber(id, 'factor'), kB: { factor: '1000', fraction: '1/2' }, B: 1 },
  }
  return built(id, 'numeric', { points: 2, units: ['crate', 'kB', 'B'], key }, change)
}

/** A text is right, a wildcard half, a pattern a quarter; and there is a word on one that is wrong. Worth four points. */
export function shortText(id: string, change: Json = {}): Json {
  const answers = [
    { text: canary(id, 'text'), feedback: canary(id, 'text-feedback') },
    { wildcard: `${canary(id, 'wildcard')}*`, fraction: 0.5, feedback: canary(id, 'wildcard-feedback') },
    { pattern: `podman|${canary(id, 'pattern')}`, fraction: '1/4', feedback: canary(id, 'pattern-feedback') },
    { text: 'vm', fraction: 0, feedback: canary(id, 'wrong-feedback') },
  ]
  const samples = [{ response: { text: canary(id, 'sample') }, fraction: 0 }]
  return built(id, 'short-text', { points: 4, maxLength: 200, key: { answers }, samples }, change)
}

/** A blank of each kind: `tool` weighs 2, `many` and `kind` 1. Worth four points. */
export function cloze(id: string, change: Json = {}): Json {
  const members = {
    points: 4,
    prompt: 'With {{tool}} you run {{many}} containers of the {{kind}} kind.',
    blanks: [
      { id: 'tool', type: 'short-text', maxLength: 200 },
      { id: 'many', type: 'numeric', decimalComma: true },
      { id: 'kind', type: 'single-choice', options: entries(id, 'kinds', 'kij') },
    ],
    key: {
      blanks: {
        tool: {
          answers: [
            { text: canary(id, 'text'), feedback: canary(id, 'text-feedback') },
            { pattern: `podman|${canary(id, 'pattern')}`, fraction: 0.5, feedback: canary(id, 'pattern-feedback') },
          ],
          weight: 2,
        },
        many: { answers: [{ value: canaryNumber(id, 'value') }] },
        kind: { weights: { i: 1, j: 0.5 } },
      },
    },
  }
  return built(id, 'cloze', members, change)
}

/** A person grades. What would earn everything is in a sample. Worth five points. */
export function essay(id: string, change: Json = {}): Json {
  const samples = [
    { response: { text: canary(id, 'half-sample') }, fraction: 0.5 },
    { response: { text: canary(id, 'sample') }, fraction: 1 },
  ]
  return built(id, 'essay', { points: 5, key: {}, samples }, change)
}

/** A quiz with one question of every type at least, worth 33 points. */
export function everyType(policy: Json = {}, change: Json = {}): Json {
  return quizDocument({
    title: 'Every type',
    policy,
    questions: [
      singleChoice('single'),
      multipleChoice('multiple'),
      trueFalse('truth'),
      ordering('order'),
      partialOrdering('steps'),
      matching('match'),
      numeric('number'),
      withUnits('size'),
      shortText('words'),
      cloze('cloze'),
      essay('essay'),
    ],
    ...change,
  })
}
