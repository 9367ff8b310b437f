/** Everything that the player says, in English. A language is one more file of this shape, and a line in `strings.ts`. */
export const en = {
  /** What a quiz is, before it is begun. */
  intro: {
    loading: 'Loading the quiz…',
    start: 'Start',
    starting: 'Starting…',
    facts: 'About this quiz',
    questions: (count: number) => (count === 1 ? '1 question' : `${count} questions`),
    points: (points: string) => `${points} points`,
    passMark: (percent: string) => `${percent} to pass`,
    timeLimit: (time: string) => `${time}, from the start`,
    immediate: 'Each answer is checked and explained at once',
    deferred: 'Answers are saved as you go, and shown at the end',
    tries: (tries: number) => (tries === 1 ? 'One try a question' : `${tries} tries a question`),
    unlimitedTries: 'As many tries as you like',
    certainty: 'You say how sure you are: it multiplies what you win, and what you lose',
    closes: (time: string) => `Closes ${time}`,
    resumable: 'You can leave and come back in this browser',
  },

  /** What leads through an attempt. */
  quiz: {
    progress: 'Progress',
    answered: (answered: number, total: number) => `${answered} of ${total} answered`,
    outline: 'Questions',
    question: (number: number, total: number) => `Question ${number} of ${total}`,
    shortQuestion: (number: number) => `Question ${number}`,
    points: (points: string) => (points === '1' ? '1 point' : `${points} points`),
    previous: 'Previous',
    next: 'Next',
    nextQuestion: 'Next question',
    check: 'Check answer',
    checkAgain: 'Check again',
    checking: 'Checking…',
    waiting: 'It is sent as soon as the connection is back.',
    saving: 'Saving…',
    saved: 'Saved',
    unsaved: 'Not saved yet',
    chooseFirst: 'Choose an answer first.',
    certaintyFirst: 'Say first how sure you are.',
    code: 'Code',
    toFinish: 'Finish…',
    toOverview: 'Overview',
  },

  certainty: {
    question: 'How sure are you?',
    levels: { 1: 'Not very', 2: 'Fairly', 3: 'Very' },
  },

  time: {
    left: 'Time left',
    remaining: (time: string) => `${time} left`,
    days: (days: number) => (days === 1 ? '1 day' : `${days} days`),
    hours: (hours: number) => (hours === 1 ? '1 hour' : `${hours} hours`),
    minutes: (minutes: number) => (minutes === 1 ? '1 minute' : `${minutes} minutes`),
    seconds: (seconds: number) => (seconds === 1 ? '1 second' : `${seconds} seconds`),
    up: 'Time is up',
  },

  status: {
    unanswered: 'not answered',
    answered: 'answered',
    correct: 'correct',
    'partially-correct': 'partly correct',
    incorrect: 'incorrect',
    pending: 'to be graded by a person',
    draft: 'chosen, not sent',
    current: 'current',
  },

  result: {
    answered: 'Answered',
    correct: 'Correct',
    'partially-correct': 'Partly correct',
    incorrect: 'Not correct',
    pending: 'A person will grade this',
    unanswered: 'Not answered',
    score: (score: string, max: string) => `${score} of ${max} ${max === '1' ? 'point' : 'points'}`,
    triesLeft: (tries: number) => (tries === 1 ? 'One try left' : `${tries} tries left`),
    tryAgain: 'Change your answer and try again.',
    duplicate: 'You gave this answer before: it cost no try.',
    late: 'This answer arrived after the end, and does not count.',
    hint: 'Hint',
    hints: 'Hints',
    explanation: 'Explanation',
    comment: 'Comment of the grader',
  },

  finish: {
    title: 'Hand in your answers?',
    allAnswered: 'Every question is answered.',
    unanswered: (count: number) =>
      count === 1 ? 'One question is not answered.' : `${count} questions are not answered.`,
    unsent: (count: number) =>
      count === 1
        ? 'At one question an answer is chosen but not checked: it does not count.'
        : `At ${count} questions an answer is chosen but not checked: they do not count.`,
    final: 'After that nothing can be changed.',
    confirm: 'Hand in',
    cancel: 'Go on answering',
    working: 'Handing in…',
  },

  review: {
    passed: 'Passed',
    failed: 'Not passed',
    done: 'Handed in',
    timeUp: 'Time was up: what you had answered was handed in.',
    score: (score: string, max: string) => `${score} of ${max} points`,
    passMark: (points: string) => `Pass mark: ${points}`,
    hidden: 'Results are not shown for this quiz.',
    later: 'Results are shown when the quiz has closed.',
    pending: (count: number) =>
      count === 1
        ? 'One answer is still to be graded by a person.'
        : `${count} answers are still to be graded by a person.`,
    sections: 'By section',
    section: 'Section',
    points: 'Points',
    questions: 'Look at each question',
    calibration: 'How sure you were',
    certainty: 'You were',
    given: 'Answers',
    right: 'Right',
    best: 'Would have paid best',
    receipt: 'Receipt',
    receiptText: 'Signed by the server: whoever gets it can verify what you reached.',
    download: 'Download the receipt',
    verify: 'Verify it',
    again: 'Take it again',
  },

  problem: {
    title: 'This does not work',
    offline: 'No connection. What you answer is kept here, and sent as soon as it is back.',
    offlineLoading: 'No connection to the server. It is tried again by itself.',
    retry: 'Try again',
    restart: 'Start again',
    noQuiz: 'There is no such quiz, or it is begun on the page of your course.',
    ended: 'This attempt can no longer be continued from here.',
    badToken: 'The link of this attempt is not complete.',
    notOpen: 'The quiz is not open yet.',
    notOpenUntil: (time: string) => `The quiz opens ${time}.`,
    closed: 'The quiz is closed.',
    noAttemptsLeft: 'You have no attempts left.',
    full: 'This attempt takes no more answers.',
    malformed: 'This answer could not be read. Please look at it again.',
    other: 'The server refused this.',
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
