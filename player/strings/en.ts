/** Everything that the player says in English. A language is one more file of this shape, and a line in `strings.ts`. */
export const en = {
  /** What stands beside the quiz and leads through it. */
  quiz: {
    loading: 'Loading the quiz…',
  },
  /** What the controls of the question types say. */
  controls: {
    chosen: 'Your answer',
    chosenRight: 'Your answer, right',
    chosenPartly: 'Your answer, partly right',
    chosenWrong: 'Your answer, not right',
    right: 'Right answer',
    rightAnswer: 'Right answer:',
    fullAnswer: 'An answer that earns everything:',
    rightOrder: 'Right order:',
    true: 'True',
    false: 'False',
    moveUp: (item: string) => `Move up: ${item}`,
    moveDown: (item: string) => `Move down: ${item}`,
    moved: (item: string, place: number, count: number) => `${item}, now ${place} of ${count}`,
    keepOrder: 'Keep this order',
    orderKept: 'This order is your answer',
    choose: 'Choose…',
    options: 'Options',
    number: 'Number',
    unit: 'Unit',
    writeNumber: 'A number such as 42, 0.5 or 1e-3',
    writeNumberWithComma: 'A number such as 42, 0,5 or 1e-3',
    notNumber: 'This is not a number yet.',
    characters: (count: number, limit: number) => `${count} of ${limit} characters`,
    tooLong: (count: number, limit: number) => `Too long: ${count} of ${limit} characters`,
    unreadable: 'This text holds characters that cannot be sent.',
    blank: (place: number, count: number) => `Blank ${place} of ${count}`,
  },
}

export type Strings = typeof en
