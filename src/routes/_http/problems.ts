import type { ErrorCode } from '../../errors.ts'

interface ProblemKind {
  readonly status: number
  readonly title: string
  /** For the page of the code: what happened, and what to do. */
  readonly meaning: string
  readonly remedy: string
}

/** The one table of failures as HTTP tells them. `/problems/{code}` renders it, and so does the API description. */
export const PROBLEMS: Readonly<Record<ErrorCode, ProblemKind>> = {
  'invalid-json': {
    status: 400,
    title: 'Not JSON',
    meaning: 'The body is not well-formed JSON, or not UTF-8.',
    remedy: 'Send the body through a JSON serialiser. Nothing was recorded.',
  },
  unauthorized: {
    status: 401,
    title: 'Not authorised',
    meaning:
      'The Authorization header is missing, or what it holds is neither a valid API key nor a valid progress token.',
    remedy:
      'Send "Authorization: Bearer …" with the token of the last answer, or leave the header out on public quiz reads.',
  },
  'token-expired': {
    status: 401,
    title: 'Token expired',
    meaning: 'A progress token is good for 30 days from the answer that brought it.',
    remedy:
      'Start a new attempt. For a named learner staff start again, which returns the active attempt with a new token.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    meaning: 'Whoever calls is known, and may not do this.',
    remedy: 'Answer and finish with the progress token of the attempt; use a key with the scope that the call names.',
  },
  'start-required': {
    status: 403,
    title: 'Start an attempt first',
    meaning: 'The quiz has a time limit or draws its questions, so they are given out by a start alone.',
    remedy: 'POST to /v1/quizzes/{quiz}/attempts.',
  },
  'learner-not-allowed': {
    status: 403,
    title: 'A learner can be named by staff alone',
    meaning:
      'A request without an API key names a learner or sends metadata. Anyone could then answer in anyone’s name.',
    remedy: 'Start the attempt from your backend with an API key, and give the learner the token.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    meaning: 'There is nothing here, or it is not yours: the answer is the same for both.',
    remedy: 'Check the id, and the token or key that goes with it.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    meaning: 'The path exists, and does not take this method.',
    remedy: 'The Allow header names the methods that it takes.',
  },
  'attempt-finished': {
    status: 409,
    title: 'The attempt is over',
    meaning: 'The attempt was finished, or its time is up. Nothing of the request counts.',
    remedy: 'Read the attempt for its outcome; "results" shows each question as it stands.',
  },
  'no-tries-left': {
    status: 409,
    title: 'No tries left',
    meaning: 'The question was answered right, or its tries are used up. Nothing of the request counts.',
    remedy: 'Go on with another question; "results" shows each question as it stands.',
  },
  'no-attempts-left': {
    status: 409,
    title: 'No attempts left',
    meaning: 'The learner has used up the attempts that the quiz allows.',
    remedy: 'Nothing was started. Ask whoever runs the quiz.',
  },
  'attempt-active': {
    status: 409,
    title: 'An attempt is active',
    meaning: 'The learner has an attempt at this quiz that is not finished, so there can be no other.',
    remedy: 'Finish the active attempt, or go on with it: a start returns it.',
  },
  'quiz-not-open': {
    status: 409,
    title: 'The quiz is not open yet',
    meaning: 'The quiz has a time from which it can be taken, and it lies ahead.',
    remedy: 'Come back at the time that the policy names as opensAt.',
  },
  'quiz-closed': {
    status: 409,
    title: 'The quiz is closed',
    meaning: 'The quiz is archived or past its end, and takes no new attempts. Those that run go on.',
    remedy: 'Publish an archived quiz again to bring it back, and one past its end with a later closesAt.',
  },
  'revision-changed': {
    status: 412,
    title: 'The quiz has changed',
    meaning: 'If-Match or If-None-Match names another state than the quiz is in: someone published in between.',
    remedy: 'Read the current revision, decide again, and send its ETag.',
  },
  'body-too-large': {
    status: 413,
    title: 'Body too large',
    meaning: 'A learner’s body may have 64 kB, a request for a regrade 256 kB, a quiz document 1 MB.',
    remedy: 'Send fewer responses at once, or split the quiz.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Only JSON',
    meaning: 'The call needs a body, and takes JSON alone.',
    remedy: 'Send "Content-Type: application/json".',
  },
  'invalid-input': {
    status: 422,
    title: 'Invalid input',
    meaning: 'Something in the request has the wrong shape, or names what is not there. Nothing was recorded.',
    remedy: 'Each entry of "errors" has a JSON pointer into the body, and says what is expected there.',
  },
  'not-supported': {
    status: 422,
    title: 'Not supported yet',
    meaning:
      'The input is part of the contract, and this server does not have it. It is refused rather than accepted and ignored.',
    remedy: 'Leave it at its default; "errors" names the places.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'Idempotency-Key reused',
    meaning: 'The same key came with another body before.',
    remedy: 'Make a new key for each new request, and keep it for retries of that one.',
  },
  'quiz-too-large': {
    status: 422,
    title: 'The quiz is too large',
    meaning: 'After rendering, the public part or the answer key is larger than 1.8 MB.',
    remedy: 'Split the quiz, or shorten its texts.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    meaning: 'The caller sent more requests than the limit allows.',
    remedy: 'Wait as long as Retry-After says.',
  },
  'attempt-log-full': {
    status: 429,
    title: 'The attempt is full',
    meaning: 'The attempt has taken 2,000 requests, or 4,000,000 characters of them, and holds no more.',
    remedy: 'Finish it: that is always possible.',
  },
  unavailable: {
    status: 503,
    title: 'Not available now',
    meaning:
      'The database did not answer as it should. Nothing is half-done: the request took effect whole, or not at all.',
    remedy: 'Send the same request again after Retry-After, with the same Idempotency-Key where one was sent.',
  },
}
