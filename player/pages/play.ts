import type { QuizSummary } from '../contract.ts'

/** The page of one quiz, around the player. */
const player = document.querySelector('answerkey-quiz')

/** What the tab is playing, as long as it is open. */
const REMEMBERED = `answerkey-token ${location.pathname}`

/** The right to go on with an attempt comes behind the `#`, which no server sees, and is not left in the address bar. */
function takeToken(): void {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token) {
    history.replaceState(history.state, '', location.pathname + location.search)
    sessionStorage.setItem(REMEMBERED, token)
  }
  const known = token ?? sessionStorage.getItem(REMEMBERED)
  if (known) player?.setAttribute('token', known)
}

takeToken()
window.addEventListener('hashchange', takeToken)
player?.addEventListener('answerkey-loaded', (event) => {
  const { quiz } = (event as CustomEvent<{ quiz: QuizSummary }>).detail
  document.title = quiz.title
  const heading = document.querySelector('h1')!
  heading.lang = quiz.language
  heading.textContent = quiz.title
})
