import { AnswerkeyQuiz } from './answerkey-quiz.ts'

/** The entry of /player.js: a page that loads it twice gets the element once. */
if (!customElements.get('answerkey-quiz')) customElements.define('answerkey-quiz', AnswerkeyQuiz)
