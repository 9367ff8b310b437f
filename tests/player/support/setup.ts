import type { TestProject } from 'vitest/node'
import { buildAssets } from '../../../scripts/_assets.ts'
import { chromiumForTests } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where Chromium is, or null. */
    chromium: string | null
  }
}

/** Once before all suites of the player: builds what they load, and looks for the browser that loads it. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', chromiumForTests(process.env, console.warn))
  await buildAssets()
}
