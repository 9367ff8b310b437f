import { describe, expect, it } from 'vitest'
import { checkRegrade } from '../../src/grading/check-regrade.ts'
import type { Regrading, RegradeRule } from '../../src/grading/regrading.ts'
import { cloze, entries, essay, matching, numeric, ordering, shortText, withUnits } from '../support/every-type.ts'
import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { gradedQuiz } from './graded-quiz.ts'

const quizOf = (questions: Json[]) => gradedQuiz(quizDocument({ questions })).quiz

/** What is wrong with a regrade, each as its pointer, its code and its sentence. */
function problems(served: Json[] | Json[][], target: Json[], change: Partial<Regrading> = {}): string[] {
  const regrading: Regrading = { revision: 'rev_one', rule: 'new-key', questions: null, map: {}, ...change }
  const versions = (Array.isArray(served[0]) ? served : [served]) as Json[][]
  return checkRegrade(regrading, quizOf(target), versions.map(quizOf)).map(
    ({ path, code, detail }) => `/${path.join('/')} ${code}: ${detail}`,
  )
}

const OTHERWISE = 'or give the question full-credit or drop-question.'
const vanished = (question: string, list: string, name: string) =>
  `/map/${question}/${name} inconsistent: "${name}" in ${list} vanished: map it to what it is now, ${OTHERWISE}`
const appeared = (question: string, list: string, name: string) =>
  `/map/${question} inconsistent: "${name}" in ${list} appeared: map what it was before, give the question a rule by its name if nobody could choose it, ${OTHERWISE}`
const appearedInOrder = (question: string, list: string, name: string) =>
  `/map/${question} inconsistent: "${name}" in ${list} appeared: map what it was before, ${OTHERWISE}`
const merged = (question: string, list: string, name: string) =>
  `/map/${question}/${name} inconsistent: "${name}" in ${list} has become the same as another: only choices can.`
const questionVanished = (id: string) =>
  `/map/${id} inconsistent: The question "${id}" vanished: map it to its new id, ${OTHERWISE}`
const questionAppeared = (id: string) =>
  `/questions inconsistent: The question "${id}" appeared: name the questions to regrade, map the one that it was before, or drop it.`
const otherResponses = (id: string) =>
  `/map/${id} inconsistent: The question "${id}" took other responses than its new version: fit that, ${OTHERWISE}`
const unknown = (pointer: string) =>
  `${pointer} unknown-id: Nothing has this name, in the target or in what was served.`

const NO_KEY: readonly RegradeRule[] = ['full-credit', 'drop-question']

/** Versions of one question, what is said of them, what decides it, and whether a rule by name does, too. */
const CHANGES: {
  name: string
  served: Json
  target: Json
  said: string[]
  map?: Record<string, string>
  byName: string[]
}[] = [
  {
    name: 'an option that was renamed',
    served: singleChoice('q', { ids: 'abc' }),
    target: singleChoice('q', { ids: 'bcd' }),
    said: [vanished('q', 'options', 'a'), appeared('q', 'options', 'd')],
    map: { a: 'd' },
    byName: [vanished('q', 'options', 'a')],
  },
  {
    name: 'an option that vanished',
    served: multipleChoice('q'),
    target: { ...multipleChoice('q'), options: entries('q', 'options', 'pqrs') },
    said: [vanished('q', 'options', 't')],
    map: { t: 's' },
    byName: [vanished('q', 'options', 't')],
  },
  {
    name: 'an option that appeared',
    served: singleChoice('q', { ids: 'abc' }),
    target: singleChoice('q', { ids: 'abcd' }),
    said: [appeared('q', 'options', 'd')],
    byName: [],
  },
  {
    name: 'two options that changed places with a third name',
    served: singleChoice('q', { ids: 'abc' }),
    target: singleChoice('q', { ids: 'bax' }),
    said: [vanished('q', 'options', 'c'), appeared('q', 'options', 'x')],
    map: { a: 'b', b: 'a', c: 'x' },
    byName: [vanished('q', 'options', 'c')],
  },
  {
    name: 'an item that was renamed',
    served: ordering('q'),
    target: ordering('q', { items: entries('q', 'items', 'vzyw'), key: { order: [...'vwzy'] } }),
    said: [vanished('q', 'items', 'x'), appearedInOrder('q', 'items', 'v')],
    map: { x: 'v' },
    byName: [vanished('q', 'items', 'x'), appearedInOrder('q', 'items', 'v')],
  },
  {
    name: 'an item that appeared, which no rule by name lets stand',
    served: ordering('q'),
    target: ordering('q', { items: entries('q', 'items', 'zywxv'), key: { order: [...'xwzyv'] } }),
    said: [appearedInOrder('q', 'items', 'v')],
    byName: [appearedInOrder('q', 'items', 'v')],
  },
  {
    name: 'an item that vanished',
    served: ordering('q'),
    target: ordering('q', { items: entries('q', 'items', 'zyw'), key: { order: [...'wzy'] } }),
    said: [vanished('q', 'items', 'x')],
    byName: [vanished('q', 'items', 'x')],
  },
  {
    name: 'a prompt that was renamed',
    served: matching('q'),
    target: matching('q', {
      prompts: entries('q', 'prompts', 'nko'),
      key: { pairs: { n: '2', k: '4', o: '2' } },
    }),
    said: [
      vanished('q', 'prompts', 'l'),
      vanished('q', 'prompts', 'm'),
      appeared('q', 'prompts', 'k'),
      appeared('q', 'prompts', 'o'),
    ],
    map: { l: 'k', m: 'o' },
    byName: [vanished('q', 'prompts', 'l'), vanished('q', 'prompts', 'm')],
  },
  {
    name: 'matching options that merged',
    served: matching('q'),
    target: matching('q', { options: entries('q', 'options', '421') }),
    said: [vanished('q', 'options', '3')],
    map: { 3: '1' },
    byName: [vanished('q', 'options', '3')],
  },
  {
    name: 'a blank that was renamed, with an option in another',
    served: cloze('q'),
    target: cloze('q', {
      prompt: 'With {{engine}} you run {{many}} containers of the {{kind}} kind.',
      blanks: [
        { id: 'engine', type: 'short-text', maxLength: 200 },
        { id: 'many', type: 'numeric', decimalComma: true },
        { id: 'kind', type: 'single-choice', options: entries('q', 'kinds', 'kih') },
      ],
      key: {
        blanks: { engine: { answers: [{ text: 'docker' }] }, many: { answers: [{ value: 5 }] }, kind: { choice: 'i' } },
      },
    }),
    said: [
      vanished('q', 'blanks', 'tool'),
      appeared('q', 'blanks', 'engine'),
      vanished('q', 'blanks/kind/options', 'j'),
      appeared('q', 'blanks/kind/options', 'h'),
    ],
    map: { tool: 'engine', j: 'h' },
    byName: [vanished('q', 'blanks', 'tool'), vanished('q', 'blanks/kind/options', 'j')],
  },
  {
    name: 'a unit that was renamed, and one that appeared',
    served: withUnits('q'),
    target: withUnits('q', {
      units: ['crate', 'kB', 'byte', 'MB'],
      key: { answers: [{ value: 5 }], units: { crate: 7, kB: 1000, byte: 1, MB: 1_000_000 } },
    }),
    said: [vanished('q', 'units', 'B'), appeared('q', 'units', 'byte'), appeared('q', 'units', 'MB')],
    byName: [vanished('q', 'units', 'B')],
  },
]

/** Numbers in blanks. */
const gaps = (...ids: string[]) =>
  cloze('q', {
    prompt: ids.map((id) => `{{${id}}}`).join(' '),
    blanks: ids.map((id) => ({ id, type: 'numeric' })),
    key: { blanks: Object.fromEntries(ids.map((id) => [id, { answers: [{ value: 5 }] }])) },
  })

describe('a question that is regraded by a key', () => {
  for (const { name, served, target, said, map, byName } of CHANGES) {
    it(`has to be told what became of ${name}`, () => {
      expect(problems([served], [target])).toEqual(said)
      expect(problems([served], [target], { rule: 'best-of-both' })).toEqual(said)
      expect(problems([served], [target], { questions: ['q'] })).toEqual(said)
      expect(problems([served], [target], { rule: { q: 'new-key' } })).toEqual(byName)
      expect(map ? problems([served], [target], { map: { q: map } }) : []).toEqual([])
      for (const rule of NO_KEY) expect(problems([served], [target], { rule })).toEqual([])
    })
  }

  it('is what it was with its lists in another order', () => {
    const served = [singleChoice('one', { ids: 'abc' }), ordering('two'), matching('three'), withUnits('four')]
    const target = [
      singleChoice('one', { ids: 'cab' }),
      ordering('two', { items: entries('two', 'items', 'wxyz') }),
      matching('three', {
        prompts: entries('three', 'prompts', 'mln'),
        options: entries('three', 'options', '1234'),
      }),
      withUnits('four', { units: ['B', 'crate', 'kB'] }),
    ]
    expect(problems(served, target.toReversed())).toEqual([])
  })

  it('can have two options become one, but no two items, prompts or blanks', () => {
    const fewer = ordering('q', { items: entries('q', 'items', 'zyw'), key: { order: [...'wzy'] } })
    expect(problems([ordering('q')], [fewer], { map: { q: { x: 'w' } } })).toEqual([merged('q', 'items', 'x')])
    const prompts = matching('q', { prompts: entries('q', 'prompts', 'nl'), key: { pairs: { n: '2', l: '4' } } })
    expect(problems([matching('q')], [prompts], { map: { q: { m: 'n' } } })).toEqual([merged('q', 'prompts', 'm')])
    const fewerGaps = problems([gaps('one', 'two')], [gaps('one')], { map: { q: { two: 'one' } } })
    expect(fewerGaps).toEqual([merged('q', 'blanks', 'two')])
  })

  it.each([
    { name: 'another type', served: trueFalse('q'), target: singleChoice('q') },
    {
      name: 'another type of the same lists',
      served: singleChoice('q', { ids: 'pqrst', key: 'p' }),
      target: multipleChoice('q'),
    },
    { name: 'a shorter text', served: shortText('q'), target: shortText('q', { maxLength: 199 }) },
    { name: 'a limit where there was none', served: essay('q'), target: essay('q', { maxLength: 9999 }) },
    { name: 'no decimal comma any more', served: numeric('q'), target: numeric('q', { decimalComma: undefined }) },
    { name: 'units that came', served: numeric('q', { decimalComma: undefined }), target: withUnits('q') },
    { name: 'units that went', served: withUnits('q'), target: numeric('q', { decimalComma: undefined }) },
    {
      name: 'a blank of another type',
      served: cloze('q'),
      target: cloze('q', {
        blanks: (cloze('q')['blanks'] as Json[]).toSpliced(1, 1, { id: 'many', type: 'short-text' }),
        key: {
          blanks: {
            tool: { answers: [{ text: 'docker' }] },
            many: { answers: [{ text: 'five' }] },
            kind: { choice: 'i' },
          },
        },
      }),
    },
    {
      name: 'a blank that takes less',
      served: cloze('q'),
      target: cloze('q', {
        blanks: (cloze('q')['blanks'] as Json[]).toSpliced(0, 1, { id: 'tool', type: 'short-text', maxLength: 100 }),
      }),
    },
  ])('has to take the same responses: not with $name', ({ served, target }) => {
    expect(problems([served], [target])).toEqual([otherResponses('q')])
    expect(problems([served], [target], { rule: { q: 'best-of-both' } })).toEqual([otherResponses('q')])
    for (const rule of NO_KEY) expect(problems([served], [target], { rule })).toEqual([])
  })

  it('may take longer texts than it did, and texts without a limit', () => {
    for (const maxLength of [201, undefined]) {
      expect(problems([shortText('q')], [shortText('q', { maxLength })])).toEqual([])
    }
    expect(problems([numeric('q', { decimalComma: undefined })], [numeric('q', { decimalComma: false })])).toEqual([])
  })
})

describe('a question', () => {
  const [one, two] = [singleChoice('one'), trueFalse('two')]

  it('that vanished is named, until it is mapped, left out, or needs no key', () => {
    expect(problems([one, two], [one])).toEqual([questionVanished('two')])
    expect(problems([one, two], [one], { questions: ['one'] })).toEqual([])
    expect(problems([one, two], [one], { rule: { one: 'new-key' } })).toEqual([])
    expect(problems([one, two], [one], { rule: { one: 'new-key', two: 'drop-question' } })).toEqual([])
    expect(problems([one, two], [one], { rule: 'full-credit' })).toEqual([])
  })

  it('that was renamed has vanished and appeared, until its own id is mapped', () => {
    const renamed = trueFalse('deux')
    expect(problems([one, two], [one, renamed])).toEqual([questionVanished('two'), questionAppeared('deux')])
    expect(problems([one, two], [one, renamed], { map: { two: { two: 'deux' } } })).toEqual([])
    expect(problems([one, two], [one, renamed], { map: { two: { two: 'trois' } } })).toEqual([
      questionVanished('two'),
      questionAppeared('deux'),
    ])
  })

  it('that appeared is named under every rule that would give it something', () => {
    for (const rule of ['new-key', 'best-of-both', 'full-credit'] as const) {
      expect(problems([one], [one, two], { rule })).toEqual([questionAppeared('two')])
      expect(problems([one], [one, two], { rule: { one: 'new-key', two: rule } })).toEqual([questionAppeared('two')])
    }
    expect(problems([one], [one, two], { rule: 'drop-question' })).toEqual([])
    expect(problems([one], [one, two], { questions: ['one'] })).toEqual([])
    expect(problems([one], [one, two], { rule: { one: 'new-key' } })).toEqual([])
  })

  it('that some attempts were served and others not is regraded where it was, when it is asked for by its name', () => {
    const versions = [[one], [one, two]]
    const target = [one, trueFalse('two', { key: 'false' })]
    expect(problems(versions, target)).toEqual([questionAppeared('two')])
    expect(problems(versions, target, { questions: ['two'] })).toEqual([])
    expect(problems(versions, target, { rule: { two: 'new-key' } })).toEqual([])
  })

  it('is looked at in every version that attempts are pinned to, and said once', () => {
    const versions = [[singleChoice('q', { ids: 'abc' })], [singleChoice('q', { ids: 'abd' })]]
    const target = [singleChoice('q', { ids: 'abe' })]
    expect(problems(versions, target)).toEqual([
      vanished('q', 'options', 'c'),
      appeared('q', 'options', 'e'),
      vanished('q', 'options', 'd'),
    ])
    expect(problems(versions, target, { map: { q: { c: 'e', d: 'e' } } })).toEqual([])
  })

  it('with an option of its own name can be renamed without it', () => {
    const served = singleChoice('a', { ids: 'abc' })
    const target = singleChoice('z', { ids: 'abc' })
    expect(problems([served], [target], { map: { a: { a: 'z' } } })).toEqual([])
  })

  it('of an attempt at the target itself leaves nothing open, whatever the map says', () => {
    const { quiz } = gradedQuiz(quizDocument({ questions: [singleChoice('q', { ids: 'abc' })] }))
    const map = { q: { a: 'z', q: 'gone' } }
    expect(checkRegrade({ revision: 'r', rule: 'new-key', questions: null, map }, quiz, [quiz])).toEqual([])
  })
})

const ASKED = [singleChoice('one'), trueFalse('two')]
const at = (change: Partial<Regrading>) => problems(ASKED, ASKED, change)

describe('a name that nothing has', () => {
  const ids = ['three', 'constructor', 'toString', 'hasOwnProperty']

  it.each(ids)('%s, is told where it stands', (id) => {
    expect(at({ rule: { one: 'new-key', [id]: 'new-key' } })).toEqual([unknown(`/rule/${id}`)])
    expect(at({ questions: ['one', id] })).toEqual([unknown('/questions/1')])
    expect(at({ map: { [id]: { a: 'b' } } })).toEqual([unknown(`/map/${id}`)])
    expect(at({ map: { one: { [id]: 'b' } } })).toEqual([unknown(`/map/one/${id}`)])
    expect(at({ map: { one: { a: id } } })).toEqual([vanished('one', 'options', 'a'), appeared('one', 'options', 'a')])
  })

  it('is no name of what the target alone has, in a map, nor what a true or false is called', () => {
    expect(problems(ASKED, [...ASKED, singleChoice('new')], { map: { new: { a: 'b' } }, questions: ['one'] })).toEqual([
      unknown('/map/new'),
    ])
    expect(at({ map: { two: { true: 'false' } } })).toEqual([unknown('/map/two/true')])
  })
})

describe('a regrade that says less than it seems to is refused', () => {
  it('without a rule, with a question that has none, or that is named twice', () => {
    expect(at({ rule: {} })).toEqual(['/rule inconsistent: Expected a rule for a question at least.'])
    expect(at({ rule: { one: 'new-key' }, questions: ['one', 'two'] })).toEqual([
      '/questions/1 inconsistent: The question has no rule.',
    ])
    expect(at({ questions: ['one', 'two', 'one'] })).toEqual(['/questions/2 duplicate: The question is named twice.'])
  })

  it('and questions that are called like what every object has are questions like others', () => {
    const odd = [singleChoice('constructor'), trueFalse('toString')]
    const rules = Object.fromEntries<RegradeRule>([
      ['constructor', 'new-key'],
      ['toString', 'full-credit'],
    ])
    expect(problems(odd, odd, { rule: rules })).toEqual([])
    expect(problems(odd, odd, { map: { constructor: { a: 'b', b: 'a' } } })).toEqual([])
    expect(
      problems(odd, [singleChoice('valueOf'), odd[1]!], { map: { constructor: { constructor: 'valueOf' } } }),
    ).toEqual([])
  })
})

it('two questions that would become one are told, and a rule that needs no key decides', () => {
  const served = [singleChoice('q1'), singleChoice('q2')]
  const map = { q1: { q1: 'q' }, q2: { q2: 'q' } }
  const joined = '/map/q2 inconsistent: The question "q2" has become the same as another: drop one of them.'
  expect(problems(served, [singleChoice('q')], { map })).toEqual([joined])
  const rule = { q1: 'new-key', q2: 'drop-question' } as const
  expect(problems(served, [singleChoice('q')], { map, rule })).toEqual([])
})
