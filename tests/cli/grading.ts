import { folderOf, terminal } from './terminal.ts'

/** A question with ids that can be read, and a word for a part of it. */
export const CHOICES = `---
section: one
type: multiple-choice
points: 2
samples:
  - choose: [1, 3]
    earns: 1
---

Which?

- [x] Alpha {#a}
  > It is,
  > and it *stays*.
- [ ] Bravo {#b}
  > It is not.
- [x] Charlie {#c}
  > It is.
- [ ] Delta {#d}
  > It is not, either.

## Feedback

### Partially correct

Nearly.

## Explanation

Because.
`

/** Grades a response to a question, in a folder where there is nothing else. */
export function grade(question: string, response: string, ...flags: string[]) {
  const cwd = folderOf({ '07-which.md': question })
  return terminal(['grade', '07-which.md', '--response', response, ...flags], { cwd })
}
