import { attempts } from './support/gallery/attempts.ts'
import { holdForAll } from './support/gallery/hold.ts'
import { languages } from './support/gallery/languages.ts'
import { pages } from './support/gallery/pages.ts'

/** The pages, and whatever an attempt leads through; the types of question are in a file of their own. */
holdForAll({ ...pages, ...attempts, ...languages })
