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
  points: (score: number, maxScore: number) => `${score} of ${maxScore} points`,
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
