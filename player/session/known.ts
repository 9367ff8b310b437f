import type { Attempt, Question, QuizSummary, Result, Resumed, Started } from '../contract.ts'

/** An attempt as the server last told it. */
export interface Known {
  readonly quiz: QuizSummary
  readonly attempt: Attempt
  readonly questions: readonly Question[]
  /** One a question. */
  readonly results: ReadonlyMap<string, Result>
  readonly receipt: string | null
}

export function knownFromStart({ attempt, quiz, questions }: Started): Known {
  return {
    quiz,
    attempt,
    questions,
    results: new Map(questions.map((each) => [each.id, unanswered(each, attempt)])),
    receipt: null,
  }
}

export function knownFromResume({ attempt, quiz, questions, results, receipt }: Resumed): Known {
  return { quiz, attempt, questions, results: byQuestion(results), receipt }
}

/** The same after an answer that says how the attempt stands, and what became of some questions or of all. */
export function updated(known: Known, attempt: Attempt, results: readonly Result[], receipt = known.receipt): Known {
  return { ...known, attempt, results: new Map([...known.results, ...byQuestion(results)]), receipt }
}

function byQuestion(results: readonly Result[]): Map<string, Result> {
  return new Map(results.map((result) => [result.question, result]))
}

/** A start tells how many tries there are, and no results yet. */
function unanswered(question: Question, attempt: Attempt): Result {
  const triesLeft = attempt.questions?.find(({ id }) => id === question.id)?.triesLeft ?? null
  return {
    question: question.id,
    response: null,
    certainty: null,
    status: 'unanswered',
    score: null,
    maxScore: question.points,
    try: null,
    triesLeft,
    duplicate: false,
    refused: null,
    feedback: null,
    hint: null,
    explanation: null,
    answer: null,
    comment: null,
  }
}

/** Whether verdicts are shown during the attempt: then a response is a try, else the last one that is saved counts. */
export function givesVerdicts({ quiz }: Known): boolean {
  return quiz.policy.review.during.includes('verdict')
}

/** Whether nothing more can be answered here. */
export function isClosed(known: Known, question: string): boolean {
  if (known.attempt.status === 'finished') return true
  const result = known.results.get(question)
  return givesVerdicts(known) && (result?.status === 'correct' || result?.triesLeft === 0)
}
