/** Everything that the player says in English. A language is one more file of this shape, and a line in `strings.ts`. */
export const en = {
  /** What stands beside the quiz and leads through it. */
  quiz: {
    loading: 'Loading the quiz…',
  },
  /** What the controls of the question types say. */
  controls: {
    chosen: 'Your answer',
    right: 'Right answer',
    true: 'True',
    false: 'False',
  },
}

export type Strings = typeof en
