import { createPages } from '../../../../examples/embed/pages.ts'
import { publish } from '../../../support/actions.ts'
import { ROOT_KEY } from '../../../support/host.ts'
import { test as base } from '../player-test.ts'
import { serveHere } from '../serve.ts'
import { gallery } from './document.ts'
import type { Stage } from './stage.ts'

/** `test` with a `stage` to bring states about on: a desktop on which nothing moves. */
export const test = base
  .extend('course', { scope: 'file' }, async ({ site }, { onCleanup }) => {
    await publish(site.host, gallery(), 'devops-deep-dive')
    const course = await serveHere(() => createPages(site.origin).fetch)
    onCleanup(() => course.close())
    return course.origin
  })
  .extend('stage', async ({ site, course, openContext }): Promise<Stage> => {
    const context = await openContext({ viewport: DESKTOP, reducedMotion: 'reduce' })
    return { page: await context.newPage(), site: { ...site, adminKey: ROOT_KEY, course } }
  })

export const DESKTOP = { width: 1200, height: 800 }
export const NARROW = { width: 320, height: 640 }
