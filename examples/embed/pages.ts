import { readFileSync } from 'node:fs'
import { Hono } from 'hono'

/** What a page's own policy has to admit for the player, where the page has one. */
const coursePolicy = (answerkey: string) =>
  [
    "default-src 'none'",
    "style-src 'self'",
    `script-src 'self' ${answerkey}`,
    `connect-src ${answerkey}`,
    "img-src 'self' https: data:",
    "require-trusted-types-for 'script'",
    'trusted-types answerkey lit-html',
  ].join('; ')

/** A course site: files as they stand, which name the Answerkey that was started instead of that of the example. */
export function createPages(answerkey: string): Hono {
  const app = new Hono()
  const read = (name: string) =>
    readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll('http://localhost:8787', answerkey)
  app.get('/', (c) => {
    c.header('Content-Security-Policy', coursePolicy(answerkey))
    return c.html(read('course.html'))
  })
  app.get('/fetch-only.html', (c) => c.html(read('fetch-only.html')))
  app.get('/course.css', (c) => c.body(read('course.css'), 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.get('/course.js', (c) => c.body(read('course.js'), 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  return app
}
