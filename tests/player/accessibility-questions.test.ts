import { holdForAll } from './support/gallery/hold.ts'
import { questionStates } from './support/gallery/questions.ts'

/** Every type of question, from empty to closed. */
holdForAll(questionStates)
