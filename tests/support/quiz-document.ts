/** A small quiz of the three choice types; `change` replaces top-level members. */
export function quizDocument(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: 'Three questions',
    access: 'public',
    sections: [{ id: 'one', title: 'One' }],
    questions: [
      {
        id: 'single',
        section: 'one',
        type: 'single-choice',
        points: 1,
        prompt: 'Pick **b**.',
        options: [
          { id: 'a', text: 'A', feedback: 'Not a.' },
          { id: 'b', text: 'B', feedback: 'Yes, b.' },
          { id: 'c', text: 'C' },
        ],
        key: { choice: 'b' },
        explanation: 'Because b.',
      },
      {
        id: 'multiple',
        section: 'one',
        type: 'multiple-choice',
        points: 3,
        prompt: 'Pick p, q and r.',
        options: ['p', 'q', 'r', 's', 't'].map((id) => ({ id, text: id.toUpperCase() })),
        key: { choices: ['p', 'q', 'r'] },
        explanation: 'Because p, q and r.',
      },
      {
        id: 'truth',
        section: 'one',
        type: 'true-false',
        prompt: 'It holds.',
        key: { choice: 'true' },
        explanation: 'It does.',
      },
    ],
    ...change,
  }
}
