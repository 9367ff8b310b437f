import type { QuizSummary } from '../contract.ts'

/** The page of one quiz, around the player. */
const player = document.querySelector('answerkey-quiz')

/** What the tab is playing, as long as it is open. */
const REMEMBERED = `answerkey-token ${location.pathname}`

/** The right to go on with an attempt comes behind the `#`, which no server sees, and is not left in the address bar. */
function takeToken(): void {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token) history.replaceState(history.state, '', location.pathname + location.search)
  const known = remember(token)
  if (known) player?.setAttribute('token', known)
}

/** Where storage is forbidden, it is the page's alone. */
function remember(token: string | null): string | null {
  try {
    if (token) sessionStorage.setItem(REMEMBERED, token)
    return token ?? sessionStorage.getItem(REMEMBERED)
  } catch {
    return token
  }
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
