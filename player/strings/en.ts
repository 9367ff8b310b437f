const points = (count: string) => (count === '1' ? '1 point' : `${count} points`)
const score = (reached: string, max: string) => `${reached} of ${points(max)}`
const grouped = (count: number) => count.toLocaleString('en')

/** Everything that the player says, in English. A language is one more file of this shape, and a line in `strings.ts`. */
export const en = {
  /** What a quiz is, before it is begun. */
  intro: {
    loading: 'Loading the quiz…',
    start: 'Start',
    starting: 'Starting…',
    facts: 'About this quiz',
    questions: (count: number) => (count === 1 ? '1 question' : `${count} questions`),
    points,
    passMark: (percent: string) => `${percent} to pass`,
    timeLimit: (time: string) => `${time}, from the start`,
    immediate: 'Each answer is checked and explained at once',
    deferred: 'Answers are saved as you go, and shown at the end',
    tries: (tries: number) => (tries === 1 ? 'One try a question' : `${tries} tries a question`),
    unlimitedTries: 'As many tries as you like',
    certainty: 'You say how sure you are: it multiplies what you win, and what you lose',
    opens: (time: string) => `Opens ${time}`,
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
    points,
    previous: 'Previous',
    next: 'Next',
    nextQuestion: 'Next question',
    check: 'Check answer',
    checkAgain: 'Check again',
    checking: 'Checking…',
    saving: 'Saving…',
    saved: 'Saved',
    unsaved: 'Not saved: this is not complete yet.',
    savedBefore: 'What was saved before still counts.',
    missing: {
      answer: 'Give an answer first.',
      order: 'Move what is not in its place, or keep this order, first.',
      change: 'This is what you answered: change it first.',
      certainty: 'Say first how sure you are.',
      malformed: 'This answer is not complete yet.',
    },
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
  },

  result: {
    answered: 'Answered',
    correct: 'Correct',
    'partially-correct': 'Partly correct',
    incorrect: 'Not correct',
    pending: 'A person will grade this',
    unanswered: 'Not answered',
    score,
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
    score,
    passMark: (mark: string) => `Pass mark: ${mark}`,
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
    lost: 'The connection is lost.',
    back: 'The connection is back.',
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
    /** They stand among what the author wrote, which may be in another language. */
    lang: 'en',
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
    characters: (count: number, limit: number) => `${grouped(count)} of ${grouped(limit)} characters`,
    tooLong: (count: number, limit: number) => `Too long: ${grouped(count)} of ${grouped(limit)} characters`,
    unreadable: 'This text holds characters that cannot be sent.',
    blank: (place: number, count: number) => `Blank ${place} of ${count}`,
  },
}

export type Strings = typeof en

/** What the page says that verifies a receipt: by itself, so that a player comes without it. */
export const verify = {
  title: 'Verify a receipt',
  introduction:
    'A receipt says what came of an attempt at a quiz, signed by the server that graded it. It is verified here, in your browser, ' +
    'and is sent nowhere.',
  receipt: 'The receipt',
  file: 'Or its file, which you can also drop on this page',
  submit: 'Verify',
  busy: 'Verifying…',
  genuine: 'This receipt is genuine.',
  signedBy: (issuer: string) => `It is signed by ${issuer}, and nothing in it was changed since.`,
  superseded: (seq: number) =>
    `A receipt says how things stood when it was signed. A later one for the same attempt has a higher number than ${seq}, and ` +
    'holds in place of this one.',
  facts: {
    quiz: 'Quiz',
    learner: 'Learner',
    score: 'Score',
    result: 'Result',
    final: 'Final',
    started: 'Started',
    finished: 'Finished',
    seq: 'Number',
    attempt: 'Attempt',
    revision: 'Revision',
  },
  anonymous: 'not named',
  named: (name: string, id: string) => `${name} (${id})`,
  points: (reached: number, max: number) => score(reached.toLocaleString('en'), max.toLocaleString('en')),
  passed: 'passed',
  notPassed: 'not passed',
  undecided: 'not decided yet',
  final: 'yes',
  notFinal: 'no: a person has still to grade a part of it',
  faults: {
    empty: {
      title: 'There is nothing to verify yet.',
      meaning: 'Paste a receipt, or choose its file.',
    },
    incomplete: {
      title: 'This is not a whole receipt.',
      meaning:
        'A receipt is one long line of letters and digits with two dots in it. A part of this one is missing, or it is ' +
        'something else: copy it again from its first character to its last.',
    },
    'progress-token': {
      title: 'This is a progress token, not a receipt.',
      meaning:
        'Whoever has it can go on with the attempt, so show it to nobody while the attempt runs. The receipt comes when the attempt is finished.',
    },
    'other-kind': {
      title: 'This is not a receipt.',
      meaning: 'It has the form of a signed text, but it does not say that it is a receipt, or is not signed as one.',
    },
    'unknown-key': {
      title: 'This receipt is not known to be from this server.',
      meaning:
        'It is signed with a key that this server does not have. It may be from another server, where it can be verified, or be forged.',
    },
    tampered: {
      title: 'This receipt is not genuine.',
      meaning:
        'The signature does not fit what the receipt says: something in it was changed, or somebody else signed it. Do not believe it.',
    },
    'other-issuer': {
      title: 'This receipt was made out by another server.',
      meaning:
        'It is signed with a key that this server has too, but it names another address: that of a trial, or one that the server ' +
        'had before.',
    },
    unreachable: {
      title: 'The public keys cannot be read now.',
      meaning: 'Without them nothing can be said of the receipt. See whether you are connected, and try again.',
    },
    insecure: {
      title: 'This browser does not verify signatures on this page.',
      meaning: 'It does so only where a page is reached by https.',
    },
  },
}

export type VerifyStrings = typeof verify
