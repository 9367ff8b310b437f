import type { QuizSummary } from '../../content/summary.ts'
import { html, raw } from 'hono/html'

/** A quiz on the page of quizzes. The description is what the renderer of authors' Markdown made: see `content/markdown.ts`. */
export function quizCard(quiz: QuizSummary, now: number) {
  const { id, title, description, language } = quiz
  return html`<article class="card">
    <div lang="${language}">
      <h2>${title}</h2>
      ${raw(description.html)}
    </div>
    <p class="facts">${factsOf(quiz, now).join(' · ')}</p>
    <p><a href="/play/${id}" class="button" aria-label="Take the quiz: ${title}">Take the quiz</a></p>
  </article>`
}

function factsOf({ questionCount, maxScore, policy }: QuizSummary, now: number): string[] {
  const { timeLimitSeconds, opensAt, closesAt } = policy
  return [
    counted(questionCount, 'question'),
    counted(maxScore, 'point'),
    ...(timeLimitSeconds === null ? [] : [duration(timeLimitSeconds)]),
    ...(opensAt !== null && now < Date.parse(opensAt) ? [`opens on ${moment(opensAt)}`] : []),
    ...(closesAt === null ? [] : [`${now < Date.parse(closesAt) ? 'closes' : 'closed'} on ${moment(closesAt)}`]),
  ]
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** 5400 is "1 hour 30 minutes". */
function duration(seconds: number): string {
  const parts: [count: number, noun: string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ]
  const told = parts.filter(([count]) => count > 0)
  return told.map(([count, noun]) => counted(count, noun)).join(' ')
}

/** Whoever reads it may be anywhere: in UTC, which is named. */
function moment(time: string): string {
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `${format.format(new Date(time))} UTC`
}
