import { attempts } from './attempts.ts'
import { languages } from './languages.ts'
import { pages } from './pages.ts'
import { questionStates } from './questions.ts'
import type { State } from './stage.ts'

/** Everything that can be seen of the player and its pages, by a name that says what. */
export const STATES: Readonly<Record<string, State>> = { ...pages, ...attempts, ...questionStates, ...languages }
