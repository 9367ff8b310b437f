import type { Json } from './quiz-document.ts'

/** What each question is sent: something that earns nothing, and then something that earns half. */
export const WRONG_AND_HALF: Readonly<Record<string, readonly [Json, Json]>> = {
  picks: [{ choices: ['c'] }, { choices: ['a'] }],
  order: [{ order: [...'yzwx'] }, { order: [...'xwyz'] }],
  match: [{ pairs: { l: '1' } }, { pairs: { m: '2' } }],
  number: [{ number: 5 }, { number: '-1.5' }],
  size: [
    { number: 5, unit: 'kB' },
    { number: '1', unit: 'kB' },
  ],
  words: [{ text: 'VM' }, { text: 'pod' }],
  gaps: [{ blanks: { one: 'x', two: 'j' } }, { blanks: { one: 'docker', two: 'j' } }],
}

/**
 * Two quizzes in which all of that earns the same, though their keys are not the same in anything that it does not touch:
 * in how they are written, in which answer accepts what, and in the words on entries and on answers.
 */
export function alike(): Json[] {
  return [document('Some words', (one) => one), document('Other words, and more of them', (_one, other) => other)]
}

function document(word: string, either: (one: unknown, other: unknown) => unknown): Json {
  const listed = (ids: string): Json[] =>
    [...ids].map((id) => ({ id, text: `The entry ${id}`, feedback: `${word} on ${id}` }))
  const question = (id: string, type: string, key: unknown, members: Json = {}): Json => ({
    id,
    type,
    section: 'one',
    points: 4,
    prompt: 'Here is {{one}} and {{two}}.',
    feedback: { incorrect: 'No.', partiallyCorrect: 'In part.', correct: word },
    hints: ['One hint', 'Another hint'],
    explanation: word.repeat(30),
    key,
    ...members,
  })
  return {
    title: 'Alike',
    access: 'public',
    sections: [{ id: 'one', title: 'One' }],
    policy: { tries: 9 },
    questions: [
      question('picks', 'multiple-choice', either({ choices: ['a', 'b'] }, { choices: ['d', 'a'] }), {
        options: listed('abcd'),
      }),
      question('order', 'ordering', either({ order: [...'xwzy'] }, { order: [...'wxyz'] }), { items: listed('wxyz') }),
      question(
        'match',
        'matching',
        { pairs: either({ l: '4', m: '2' }, { l: '3', m: '2' }) },
        {
          prompts: listed('lm'),
          options: listed('1234'),
        },
      ),
      question(
        'number',
        'numeric',
        either(
          { answers: [{ value: '268435456' }, { range: { min: -2, max: 0 }, fraction: 0.5 }] },
          { answers: [{ value: 7 }, { value: '-1.5', tolerance: { relative: '0.1' }, fraction: '1/2' }] },
        ),
      ),
      question(
        'size',
        'numeric',
        either(
          { answers: [{ value: 1000 }], units: { kB: { factor: 1000, fraction: 0.5 }, B: 1 } },
          { answers: [{ value: 1, fraction: 0.5 }, { value: 8 }], units: { kB: 1, B: 3 } },
        ),
        { units: ['kB', 'B'] },
      ),
      question(
        'words',
        'short-text',
        either(
          { answers: [{ text: 'docker' }, { wildcard: 'p*', fraction: 0.5, feedback: 'A word.' }] },
          {
            answers: [
              { text: 'k8s' },
              { text: 'pod', fraction: '1/2' },
              { text: 'vm', fraction: 0, feedback: 'More.' },
            ],
          },
        ),
      ),
      question(
        'gaps',
        'cloze',
        {
          blanks: {
            one: either({ answers: [{ text: 'docker', feedback: 'A word.' }] }, { answers: [{ pattern: 'd.+' }] }),
            two: either({ choice: 'i' }, { weights: { i: 1, k: 0.5 } }),
          },
        },
        {
          blanks: [
            { id: 'one', type: 'short-text' },
            { id: 'two', type: 'single-choice', options: listed('ijk') },
          ],
        },
      ),
      question('essay', 'essay', {}, { samples: [{ response: { text: word }, fraction: 1 }] }),
    ],
  }
}
