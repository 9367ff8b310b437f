/** `npm run example:embed`: Answerkey on Node, and beside it a course site of another origin, until Ctrl-C. */
import { serve } from '@hono/node-server'
import { createPages } from './pages.ts'

const port = process.env['COURSE_PORT'] || '8791'
await import('../../scripts/start-node.ts')
const pages = createPages(process.env['PUBLIC_URL']!)
serve({ fetch: pages.fetch, port: Number(port), hostname: 'localhost' }, () =>
  console.log(`The course is on http://localhost:${port}\n`),
)
